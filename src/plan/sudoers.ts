import { createHash } from 'node:crypto'
import { rootCommand } from '../collect/script.js'
import type { Host } from '../inventory/host.js'
import { joinWords } from '../language/join-words.js'
import { t } from '../language/language.js'

/** Where the script of the audit account is on a host. */
export const auditFile = '/usr/local/sbin/fleetdx-audit'

/** The lines of sudoers that the hosts' settings need, and what they grant. */
export function describeSudoers(hosts: readonly Host[]): string {
  return describeRights(
    hosts,
    (user) =>
      `${t`# Without NOPASSWD: where fleetdx gives the password (--ask-sudo-pass, sudoPasswordCommand).`}\n${sudoersLine(user)}`,
  )
}

/** The same for doas.conf. */
export function describeDoas(hosts: readonly Host[]): string {
  return describeRights(hosts, doasLine)
}

/** The narrowest line that a check's own use of sudo passes. It still equals root: what runs comes on standard input. */
export function sudoersLine(user: string): string {
  const [program, ...words] = rootCommand
  return `${escapeUser(user)} ALL=(root) NOPASSWD: ${[program, ...words.map(escapeArgument)].join(' ')}`
}

/** The same for doas. */
export function doasLine(user: string): string {
  const [program, ...words] = rootCommand
  return `permit nopass ${quoteDoas(user)} as root cmd ${program} args ${words.map(quoteDoas).join(' ')}`
}

/** Allows a user to run one file as root, without arguments, and only as long as its bytes are these. */
export function auditSudoersLine(account: string, script: string): string {
  return `${account} ALL=(root) NOPASSWD: sha256:${digestOf(script)} ${auditFile} ""`
}

/** doas knows no digests: what keeps the file is its owner. */
export function auditDoasLine(account: string): string {
  return `permit nopass ${account} as root cmd ${auditFile} args`
}

/** As sha256sum prints it. */
export function digestOf(script: string): string {
  return createHash('sha256').update(script).digest('hex')
}

function describeRights(hosts: readonly Host[], line: (user: string) => string): string {
  const users = new Map<string, Host[]>()
  for (const host of hosts) users.set(host.user, [...(users.get(host.user) ?? []), host])
  return [...users].map(([user, own]) => describeUser(user, own, line)).join('\n')
}

function describeUser(user: string, own: readonly Host[], line: (user: string) => string): string {
  const list = (hosts: readonly Host[]) => joinWords(hosts.map(({ name }) => name))
  if (user === 'root') return `${t`# ${list(own)}: root needs no line.`}\n`
  const never = own.filter(({ sudo }) => sudo === 'never')
  const some = own.filter(({ sudo }) => sudo !== 'never')
  const free =
    never.length === 0 ? '' : `${t`# ${list(never)}: sudo is never tried for ${user}, so no line is needed.`}\n`
  if (some.length === 0) return free
  const why = t`# ${list(some)}: what fleetdx runs as root for ${user}, and nothing else. The line equals root all the same, for whoever
# holds ${user}'s key: the script comes on standard input. A key that can do one fixed thing instead:
#   fleetdx plan --forced-command`
  return `${free}${why}\n${line(user)}\n`
}

/** A word of a command's arguments (sudoers(5), "Other special characters and reserved words", and its wildcards). */
function escapeArgument(word: string): string {
  return word.replaceAll(/[\\,:=*?[\]]/g, (sign) => `\\${sign}`)
}

/** sample: EXAMPLE\deploy */
function escapeUser(name: string): string {
  return name.replaceAll(/[\\,:=!()#"]/g, (sign) => `\\${sign}`)
}

function quoteDoas(word: string): string {
  return /^[\w./:-]+$/.test(word) ? word : `"${word.replaceAll(/["\\]/g, (sign) => `\\${sign}`)}"`
}
