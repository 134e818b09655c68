import type { Endpoint, Host } from '../../inventory/host.js'
import { t } from '../../language/language.js'
import { formatHop } from '../connect-failure.js'
import { NoPassword } from './no-password.js'
import { type PasswordUse, runPasswordCommand } from './password-command.js'

export { NoPassword } from './no-password.js'

/** Where a password comes from: it is typed, was read (`name` says from where), or is printed by a command of this machine. */
export type PasswordSource =
  | { kind: 'ask'; ask: AskPassword }
  | { kind: 'given'; name: string; password: string }
  | { kind: 'command'; command: string }

/** Asks a person, without echo; undefined when they give none ; an empty answer is `''`. */
export type AskPassword = (question: { use: PasswordUse; user: string; hop: string }) => Promise<string | undefined>

/**
 * The passwords of a run, shared by all its hosts: each is asked for once, when the first server wants it. None is ever
 * part of a message. The functions resolve to undefined where no source is named, and reject with `NoPassword` where one
 * is but gives nothing, or its password was refused already.
 */
export interface Passwords {
  passwordFor(endpoint: Endpoint): Promise<string | undefined>
  sudoPasswordFor(host: Host): Promise<string | undefined>
  /** Whether and where from, for telling logins apart: `asked`, `fd 3`, `command pass show web`; undefined without a source. */
  sourceOf(use: PasswordUse, endpoint: Endpoint | Host): string | undefined
  /** From now on nobody gets this password for this user any more; `by` is the hop that refused it. */
  refuse(use: PasswordUse, user: string, password: string, by: string): void
  isRefused(use: PasswordUse, user: string, password: string): boolean
}

/** What the command line names; what the inventory names for a host (`passwordCommand`) stands behind it. */
export interface PasswordSources {
  login?: PasswordSource | undefined
  sudo?: PasswordSource | undefined
}

export function createPasswords({ login, sudo }: PasswordSources = {}): Passwords {
  const known = new Map<string, Promise<string | undefined>>()
  const refused = new Map<string, string>()
  const obtain = async (use: PasswordUse, endpoint: Endpoint, source: PasswordSource) => {
    const key = keyOf(use, endpoint.user, source)
    const asked = known.get(key) ?? readSource(use, endpoint, source)
    known.set(key, asked)
    return asked
  }
  const check = (use: PasswordUse, { user }: Endpoint, password: string | undefined) => {
    const by = password === undefined ? undefined : refused.get(identify(use, user, password))
    if (by !== undefined) throw new NoPassword(explainRefused(use, user, by))
    return password
  }
  const passwordFor = async (endpoint: Endpoint) => {
    const source = sourceFor(login, endpoint.passwordCommand)
    return source && check('login', endpoint, await obtain('login', endpoint, source))
  }
  return {
    passwordFor,
    async sudoPasswordFor(host) {
      const source = sourceFor(sudo, host.sudoPasswordCommand)
      if (!source) return undefined
      const password = await obtain('sudo', host, source)
      // As with Ansible, an empty answer means the password of the login.
      return check('sudo', host, password === '' ? await passwordFor(host) : password)
    },
    sourceOf(use, endpoint) {
      const command = use === 'login' ? endpoint.passwordCommand : readSudoCommand(endpoint)
      const source = sourceFor(use === 'login' ? login : sudo, command)
      return source && describeSource(source)
    },
    refuse: (use, user, password, by) => void refused.set(identify(use, user, password), by),
    isRefused: (use, user, password) => refused.has(identify(use, user, password)),
  }
}

function readSudoCommand(endpoint: Endpoint | Host): string | undefined {
  return 'sudoPasswordCommand' in endpoint ? endpoint.sudoPasswordCommand : undefined
}

function sourceFor(named: PasswordSource | undefined, command: string | undefined): PasswordSource | undefined {
  return named ?? (command === undefined ? undefined : { kind: 'command', command })
}

/** A question is about one user; everything else gives the same to everybody. */
function keyOf(use: PasswordUse, user: string, source: PasswordSource): string {
  return source.kind === 'ask' ? `${use} ${user}` : describeSource(source)
}

function describeSource(source: PasswordSource): string {
  if (source.kind === 'ask') return 'asked'
  return source.kind === 'given' ? source.name : `command ${source.command}`
}

async function readSource(use: PasswordUse, endpoint: Endpoint, source: PasswordSource): Promise<string | undefined> {
  const { user } = endpoint
  if (source.kind === 'command') return runPasswordCommand(source.command, use)
  if (source.kind === 'given') return source.password
  const password = await source.ask({ use, user, hop: formatHop(endpoint) })
  if (password === undefined || (password === '' && use === 'login')) throw new NoPassword(explainUngiven(use, user))
  return password
}

function identify(use: PasswordUse, user: string, password: string): string {
  return JSON.stringify([use, user, password])
}

function explainRefused(use: PasswordUse, user: string, by: string): string {
  return use === 'login'
    ? t`the password for ${user} was refused by ${by}`
    : t`the sudo password for ${user} was refused by ${by}`
}

function explainUngiven(use: PasswordUse, user: string): string {
  return use === 'login' ? t`the password for ${user} was not given` : t`the sudo password for ${user} was not given`
}
