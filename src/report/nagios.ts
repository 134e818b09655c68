import { wordOf } from '../compare/status-word.js'
import { pluginStateOf } from '../exit-code.js'
import { groupBy } from '../group-by.js'
import { joinClauses, joinWords } from '../language/join-words.js'
import { t } from '../language/language.js'
import type { RunRecord, Status } from '../record.js'
import { sanitizeLine } from '../sanitize.js'
import { tellFleet } from './last-line.js'
import { explainProblem, listProblems, nameHosts, nameProblem, type Problem, stateOf } from './problems.js'

/** Nagios reads 8 KiB of a plugin (MAX_PLUGIN_OUTPUT_LENGTH), and shows the first line in lists. */
const mostBytes = 8_000
const mostLineBytes = 1_000

/**
 * The output of a Nagios plugin: the state and what decides it in one line, the counts as performance data, then a few
 * lines for each problem. Its exit code is `exitCodeOf(record, 'nagios')`.
 */
export function renderNagios(record: RunRecord): string {
  const problems = listProblems(record)
  const line = `FLEETDX ${pluginStateOf(record)} - ${describeFleet(record, problems)}`
  const shared = record.fleet.commonCauses.map(({ summary }) => sanitizeLine(summary))
  const details = [...shared, ...problems.flatMap(describeProblem)].join('\n')
  const first = `${cutBytes(toPlugin(line), mostLineBytes)} | ${measure(record)}\n`
  return `${first}${cutBytes(toPlugin(details), mostBytes - Buffer.byteLength(first))}`.trimEnd().concat('\n')
}

/** What kept the check from being made, as a plugin tells it. */
export function renderPluginFailure(message: string): string {
  return `FLEETDX UNKNOWN - ${cutBytes(toPlugin(sanitizeLine(message)), mostLineBytes)}\n`
}

/** `3 of 40 hosts broken: web[03-05] (next-build-missing); 1 of 40 hosts unreachable: db1 (auth)` */
function describeFleet(record: RunRecord, problems: readonly Problem[]): string {
  const counting = problems.filter(({ isWaived }) => !isWaived)
  const [only] = record.hosts
  const [problem] = problems
  // OK before what is wrong would be a riddle.
  if (problem && record.hosts.length === 1 && problem.isWaived) return titleOf(problem)
  if (only && record.hosts.length === 1) return t`${only.name}: ${counting.reduce(tellId, sanitizeLine(only.verdict))}`
  if (counting.length === 0) return tellFleet(record)
  const groups = groupBy(counting, ({ status }) => status)
  return joinClauses(groups.map((group) => describeStatus(group, record.hosts.length)))
}

function tellId(text: string, { id, status }: Problem): string {
  return id === status ? text : t`${text} (${id})`
}

function describeStatus(problems: readonly [Problem, ...Problem[]], total: number): string {
  const [{ status }] = problems
  const count = problems.reduce((sum, { hosts }) => sum + hosts.length, 0)
  const parts = problems.map((problem) => tellId(nameHosts(problem), problem))
  return t`${count} of ${total} hosts ${wordOf(status)}: ${joinWords(parts)}`
}

/** `broken=3;;0;0;40`: the value, its range for a warning and for the critical state, the least and the most. Hosts that are waived count as such alone. */
function measure({ hosts, elapsedMs }: RunRecord): string {
  const count = (wanted: Status | 'waived') =>
    hosts.filter(({ status, isWaived }) => wanted === (isWaived ? 'waived' : status)).length
  return [
    `broken=${count('broken')};;0;0;${hosts.length}`,
    `degraded=${count('degraded')};0;;0;${hosts.length}`,
    ...(['unreachable', 'unknown', 'healthy', 'waived'] as const).map(
      (state) => `${state}=${count(state)};;;0;${hosts.length}`,
    ),
    `time=${elapsedMs / 1000}s;;;0`,
  ].join(' ')
}

function describeProblem(problem: Problem): string[] {
  const { seen, remedy } = explainProblem(problem)
  return [titleOf(problem), ...[...seen.slice(0, 3), ...remedy].map((line) => `  ${line}`)]
}

/** `web[03-05]: broken, waived: the Next.js build is missing (next-build-missing)` */
function titleOf(problem: Problem): string {
  return t`${nameHosts(problem)}: ${stateOf(problem)}: ${nameProblem(problem)}`
}

/** A bar would begin performance data. */
function toPlugin(text: string): string {
  return text.replaceAll('|', '¦')
}

function cutBytes(text: string, most: number): string {
  const bytes = Buffer.from(text)
  if (bytes.length <= most) return text
  // A character that was cut in two is decoded as U+FFFD.
  return `${bytes
    .subarray(0, most - 4)
    .toString()
    .replace(/\ufffd$/, '')}…`
}
