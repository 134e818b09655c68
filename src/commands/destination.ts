import { constants, createWriteStream, fstatSync } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { UserError } from '../errors.js'
import { t } from '../language/language.js'
import type { Text } from '../report/formats.js'
import { writeAtomically } from './write-atomically.js'
import { writeText } from './write-text.js'

/** What a report is written to. */
export interface Destination {
  /** Takes pieces before the report is whole; not there where a file appears at once or not at all. */
  write?(piece: string): void
  /** Writes what is left, and is done. Rejects where that cannot be. */
  finish(text: Text): Promise<void>
}

/** Makes sure, as far as that can be known, that a file can be written; `file` is absolute. Throws UserError. */
export async function openDestination(file: string): Promise<Destination> {
  const place = { file }
  const found = await stat(file).catch(() => undefined)
  if (found?.isDirectory()) throw new UserError(t`a report cannot be written here: this is a folder`, { place })
  if (isDevice(file) || (found && !found.isFile())) return openStraight(file)
  const folder = dirname(file)
  const isThere = await stat(folder).then(
    (folder) => folder.isDirectory(),
    () => false,
  )
  if (!isThere) {
    const mend = `mkdir -p ${folder}`
    throw new UserError(t`a report cannot be written here: there is no folder ${folder}`, { place, mend })
  }
  await access(folder, constants.W_OK | constants.X_OK).catch((cause: Error) => {
    throw new UserError(t`a report cannot be written here: ${cause.message}`, { place, cause })
  })
  return { finish: (text) => writeAtomically(file, text) }
}

/** The shell's own redirections, even of files, are written to where they stand. */
function isDevice(file: string): boolean {
  return /^\/(?:dev|proc)\//.test(file)
}

/** A pipe, a device, an open descriptor: nothing that could be put in its place. */
function openStraight(file: string): Destination {
  let stream: Writable | undefined
  let failure: Error | undefined
  const open = () => {
    stream ??= streamTo(file).on('error', (error) => {
      failure ??= error
    })
    return stream
  }
  return {
    write: (piece) => void open().write(piece),
    finish: async (text) => {
      const target = open()
      await writeText(target, text)
      target.end()
      await finished(target).catch(() => {})
      if (failure) throw failure
    },
  }
}

function streamTo(file: string): Writable {
  // sample: /dev/fd/3
  const digits = /^\/(?:dev|proc\/self)\/fd\/(\d+)$/.exec(file)?.[1]
  if (digits === undefined) return createWriteStream(file, { flags: 'a' })
  fstatSync(Number(digits))
  return createWriteStream(file, { fd: Number(digits), autoClose: false })
}
