import { createReadStream } from 'node:fs'
import { UserError } from '../errors.js'
import { joinBoth } from '../language/join-words.js'
import { t } from '../language/language.js'
import type { CredentialSources } from '../ssh/auth/credentials.js'
import type { AskPassword, PasswordSource } from '../ssh/auth/passwords.js'
import type { AskLine } from './ask-line.js'
import { askPassphrase } from './ask-passphrase.js'
import { askPassword, askPrompt } from './ask-password.js'
import type { CommandIo } from './command-io.js'

/** Where passwords come from, as the command line has it. A password itself is never an option. */
export interface PasswordFlags {
  askPass?: boolean
  passFd?: number
  passCommand?: string
  askSudoPass?: boolean
  sudoPassFd?: number
  sudoPassCommand?: string
}

/** Where keys and passwords come from in a run. Reads the descriptors. Throws UserError. */
export async function readSources(
  flags: PasswordFlags,
  { env }: Pick<CommandIo, 'env'>,
  askLine: AskLine | undefined,
): Promise<CredentialSources> {
  const ask = askLine && askPassword(askLine)
  const { askPass, passFd, passCommand, askSudoPass, sudoPassFd, sudoPassCommand } = flags
  const login = await readSource('', { ask: askPass, fd: passFd, command: passCommand }, ask)
  // One descriptor can be read once.
  const isSame = login?.kind === 'given' && passFd === sudoPassFd
  const ways = { ask: askSudoPass, fd: isSame ? undefined : sudoPassFd, command: sudoPassCommand }
  const sudo = isSame ? login : await readSource('sudo-', ways, ask)
  return {
    env,
    passwords: { login, sudo },
    ...(askLine && { askPassphrase: askPassphrase(askLine), askPrompt: askPrompt(askLine) }),
  }
}

interface Ways {
  ask: boolean | undefined
  fd: number | undefined
  command: string | undefined
}

async function readSource(
  prefix: '' | 'sudo-',
  { ask, fd, command }: Ways,
  askPerson: AskPassword | undefined,
): Promise<PasswordSource | undefined> {
  const [askFlag, fdFlag, commandFlag] = [`--ask-${prefix}pass`, `--${prefix}pass-fd`, `--${prefix}pass-command`]
  const given = [ask && askFlag, fd !== undefined && fdFlag, command !== undefined && commandFlag].filter(
    (flag) => typeof flag === 'string',
  )
  if (given.length > 1) throw new UserError(t`${joinBoth(given)} do not go together`, { mend: t`name one` })
  if (command !== undefined) return { kind: 'command', command }
  if (fd !== undefined) return { kind: 'given', name: `fd ${fd}`, password: await readFirstLine(fd, fdFlag) }
  if (!ask) return undefined
  if (askPerson) return { kind: 'ask', ask: askPerson }
  throw new UserError(t`${askFlag} asks on a terminal, and there is none`, { mend: t`use ${fdFlag} or ${commandFlag}` })
}

const MAX_BYTES = 64 * 1024

async function readFirstLine(fd: number, flag: string): Promise<string> {
  let text = ''
  try {
    for await (const piece of createReadStream('', { fd, autoClose: false, encoding: 'utf8' })) {
      text += piece
      if (text.includes('\n') || text.length > MAX_BYTES) break
    }
  } catch (error) {
    const why = String(error instanceof Error && 'code' in error ? error.code : error)
    throw new UserError(t`${flag} ${fd}: nothing can be read there (${why})`, {
      mend: t`open it: fleetdx … ${flag} ${fd} ${fd}<file`,
    })
  }
  const [line = ''] = text.split(/\r?\n/, 1)
  if (line === '')
    throw new UserError(t`${flag} ${fd}: its first line is empty`, { mend: t`write the password there, as a line` })
  return line
}
