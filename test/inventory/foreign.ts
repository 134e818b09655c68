import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { UserError } from '../../src/errors.js'
import { type Choice, type ChooseOptions, chooseHosts } from '../../src/inventory/choose.js'
import { makeFolder } from '../support/sshd.js'

/** Files of an inventory by their paths; a text that begins with #! is made a program. */
export type Files = Readonly<Record<string, string>>

/** Writes files into a folder of their own, whose path is returned. */
export async function writeFiles(files: Files): Promise<string> {
  const folder = await makeFolder()
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
    if (text.startsWith('#!')) await chmod(join(folder, name), 0o755)
  }
  return folder
}

/** Chooses from the inventory that -i names in a folder, whose own ssh_config is none. */
export function chooseIn(
  folder: string,
  inventory: string | undefined,
  options: Partial<ChooseOptions> = {},
): Promise<Choice> {
  return chooseHosts({
    targets: [],
    ...(inventory !== undefined && { inventory }),
    sshConfigFile: 'none',
    overrides: { user: 'me' },
    env: { ...process.env, HOME: folder },
    cwd: folder,
    stdin: Readable.from([]),
    ...options,
  })
}

/** As `chooseIn`, of files; the folder is left out of what is said. */
export async function choose(files: Files, inventory: string | undefined, options: Partial<ChooseOptions> = {}) {
  const folder = await writeFiles(files)
  const choice = await chooseIn(folder, inventory, { overrides: {}, ...options })
  return { ...choice, folder, notes: choice.notes.map((note) => note.replaceAll(`${folder}/`, '')) }
}

/** What is said against an inventory: `place: message | mend`, without the folder. */
export async function refuse(
  files: Files,
  inventory: string | undefined,
  options: Partial<ChooseOptions> = {},
): Promise<string> {
  const folder = await writeFiles(files)
  try {
    await chooseIn(folder, inventory, options)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const { place, message, mend } = error
    const where = place ? [place.file, place.line, place.column].filter((part) => part !== undefined).join(':') : ''
    return `${where}: ${message}${mend ? ` | ${mend}` : ''}`.replaceAll(`${folder}/`, '').replaceAll(folder, 'FOLDER')
  }
  return 'it is an inventory'
}
