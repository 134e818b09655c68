import { listRound } from '../collect/collect.js'
import type { Host } from '../inventory/host.js'
import { joinWords } from '../language/join-words.js'
import { t } from '../language/language.js'
import { keyPlaceholder, noncePlaceholder, type PlannedRound } from './plan-rounds.js'

/** A host, and the rounds of it that are known: none where its settings keep it from being reached. */
export interface PlannedHost {
  host: Host
  rounds: PlannedRound[]
}

/** All bytes that hosts would be sent, as text: hosts that would get the same are one piece of it. */
export function describePlan(planned: readonly PlannedHost[]): string {
  return [...groupByBytes(planned).values()].map(describeGroup).join('\n')
}

/** A line a round, a hash in front: for a look at whether something changed. */
export function describeHashes(planned: readonly PlannedHost[]): string {
  const rows = planned.flatMap(({ host, rounds }) =>
    rounds.map(({ round, command, sha256 }) => [sha256, host.name, host.user, host.sudo, String(round), command]),
  )
  const table = [['SHA256', 'HOST', 'USER', 'SUDO', 'ROUND', 'COMMAND'], ...rows]
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)))
  const lines = table.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
  return `${lines.join('\n')}\n`
}

/** The same for programs. */
export function toPlanJson(planned: readonly PlannedHost[], fleetdxVersion: string) {
  const hosts = planned.map(({ host: { name, user, sudo }, rounds }) => ({
    ...{ name, user, sudo },
    rounds: rounds.map(({ input, ...round }) => ({ ...round, bytes: Buffer.byteLength(input) })),
  }))
  return { fleetdxVersion, hosts }
}

function groupByBytes(planned: readonly PlannedHost[]): Map<string, [PlannedHost, ...PlannedHost[]]> {
  const groups = new Map<string, [PlannedHost, ...PlannedHost[]]>()
  for (const each of planned) {
    const bytes = each.rounds.map(({ command, input }) => `${command}\n${input}`)
    const key = [each.host.obstacle?.message ?? '', ...bytes].join('\n')
    const group = groups.get(key)
    if (group) group.push(each)
    else groups.set(key, [each])
  }
  return groups
}

function describeGroup([first, ...others]: readonly [PlannedHost, ...PlannedHost[]]): string {
  const { host, rounds } = first
  const hosts = [first, ...others].map((each) => each.host)
  const names = joinWords(hosts.map(({ name, user }) => t`${name} (as ${user})`))
  const modes = joinWords([...new Set(hosts.map(({ sudo }) => sudo))])
  const isWhole = rounds.some(({ round }) => round === 2)
  if (rounds.length === 0) return `${t`# ${names}: nothing, since it cannot be reached: ${host.obstacle?.message}`}\n`
  return `${t`# ${names}; sudo: ${modes}`}
${rounds.map(describeRound).join('')}${isWhole ? '' : aboutSecond(host)}`
}

/** Takes the words of one run out of what a host receives. */
const withoutWords = "sed -E 's/@fleetdx-[0-9a-f]{24}//g; s/^fx_key=[0-9a-f]{32}$/fx_key=/'"

function describeRound({ round, command, input, sha256 }: PlannedRound): string {
  const about = t`#
# Round ${round}. The login shell is given this command:
#   ${command}
# and on standard input the ${Buffer.byteLength(input)} bytes between the next two lines with -----. It stays open until the round is
# done; where sudo wants a password, and there is one to give, that is all that follows. Each run makes new words in
# the place of ${noncePlaceholder} and of fx_key=${keyPlaceholder}. What the host receives can be
# compared:
#   ${withoutWords} | sha256sum
#   ${sha256}`
  return `${about}
-----BEGIN ROUND ${round}-----
${input}-----END ROUND ${round}-----
`
}

function aboutSecond({ name }: Host): string {
  const names = listRound(true).map((probe) => probe.name)
  return `${t`#
# Round 2 is written from what round 1 finds (folders, ports, logs), so its bytes cannot be known before. It asks for
# no more than your own checks and
#   ${names.join(' ')}
# An answer gives it exactly:
#   fleetdx check ${name} --save FOLDER && fleetdx plan ${name} --after FOLDER`}
`
}
