import { hostname, userInfo } from 'node:os'
import { t } from '../language/language.js'
import type { Environment } from './account.js'
import { HostObstacle } from './host-obstacle.js'
import type { SshWords } from './ssh-settings.js'

/** What the tokens and paths of ssh_config are read with: the name as it was looked up, and whose machine this is. */
export interface SshReadContext {
  name: string
  cwd: string
  /** The home folder in the system's list of users, which ssh goes by; not `HOME`. */
  sshHome: string
  env: Environment
}

/** What ssh knows besides, and fleetdx does not work out: hashes, and what only a connection can tell. */
const SSH_ALONE = /%[CjfHIKtT]/

/** The first token of a text that only ssh itself can expand, if there is one. */
export function findSshToken(text: string): string | undefined {
  return SSH_ALONE.exec(text.replaceAll('%%', ''))?.[0]
}

/** ssh_config(5), TOKENS. What ssh has expanded already holds none any more. Throws HostObstacle for an unknown one. */
export function expandTokens(
  text: string,
  words: SshWords,
  { name, sshHome }: SshReadContext,
  guard = (value: string) => value,
): string {
  const word = (keyword: string) => words.get(keyword)?.[0] ?? ''
  const values: Record<string, () => string> = {
    '%': () => '%',
    d: () => sshHome,
    h: () => word('hostname'),
    i: () => String(userInfo().uid),
    k: () => word('hostkeyalias') || name,
    L: () => hostname().replace(/\..*/, ''),
    l: () => hostname(),
    n: () => name,
    p: () => word('port'),
    r: () => word('user'),
    u: () => userInfo().username,
  }
  return text.replace(/%(.|$)/g, (token, letter: string) => {
    const value = values[letter]
    if (value) return guard(value())
    const mend = t`mend that line of ssh_config; %% stands for a percent sign`
    throw new HostObstacle(t`ssh_config says '${text}' for '${name}', and no version of ssh knows ${token}`, mend)
  })
}

/** `${NAME}` is a variable of the environment. */
export function expandVariables(text: string, env: Environment): string {
  return text.replace(/\$\{(\w+)\}/g, (_, variable: string) => env[variable] ?? '')
}

/** A user or a host may come from a list that somebody else wrote, and must not become a command of this machine. */
export function refuseShellWords(value: string): string {
  // sample: web-1.example.com, 2001:db8::1, deploy@corp
  if (/^[\p{L}\p{N}_.:@+,%/][\p{L}\p{N}_.:@+,%/-]*$/u.test(value)) return value
  throw new HostObstacle(
    t`'${value}' would be run by a shell, as a part of the ProxyCommand of ssh_config`,
    t`use a name without characters that a shell takes for its own`,
  )
}
