import { access, constants, readFile, stat } from 'node:fs/promises'
import { UserError } from '../errors.js'
import { t } from '../language/language.js'

/** What a path holds: a folder, a program that is to be run, or text. */
export type Source = { form: 'folder' } | { form: 'program' } | { form: 'text'; text: string }

export function sayHowToStart(): string {
  return t`write at least the two lines 'hosts:' and '  web01:', or name a host: fleetdx check user@host`
}

/** Looks at what an inventory is. Throws UserError for what is not there or cannot be read. */
export async function readSource(file: string): Promise<Source> {
  try {
    if ((await stat(file)).isDirectory()) return { form: 'folder' }
    const bytes = await readFile(file)
    if (isProgram(bytes) && (await isExecutable(file))) return { form: 'program' }
    return { form: 'text', text: bytes.toString().replace(/^\uFEFF/, '') }
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
    if (code === 'ENOENT') {
      throw new UserError(t`there is no inventory file here`, { place: { file }, mend: sayHowToStart(), cause })
    }
    const reason = code === 'EACCES' ? t`permission denied` : String(cause)
    throw new UserError(t`the inventory cannot be read: ${reason}`, { place: { file }, cause })
  }
}

/** Some file systems give the right to execute to every file; only a program begins with #! or holds zeros. */
function isProgram(bytes: Buffer): boolean {
  const head = bytes.subarray(0, 512)
  return head.subarray(0, 2).toString() === '#!' || head.includes(0)
}

function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  )
}
