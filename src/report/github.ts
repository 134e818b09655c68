import { groupBy } from '../group-by.js'
import { t } from '../language/language.js'
import type { RunRecord, Status } from '../record.js'
import { tellFleet } from './last-line.js'
import { explainProblem, listProblems, nameHosts, nameProblem, type Problem, stateOf } from './problems.js'

const levels: Record<Status, 'error' | 'warning' | 'notice'> = {
  broken: 'error',
  degraded: 'warning',
  unreachable: 'warning',
  unknown: 'notice',
  healthy: 'notice',
}

/** GitHub shows ten of each level for a step, and drops the others without a word. */
const mostOfLevel = 10

/**
 * Workflow commands of GitHub Actions: an annotation a problem, with all its hosts; and a line that sums up. Standard
 * output of a step is where they are read.
 */
export function renderGithub(record: RunRecord): string {
  const byLevel = groupBy(listProblems(record), levelOf)
  const shared = record.fleet.commonCauses.map(({ summary, folded }) => formatCommand('notice', summary, folded))
  const lines = [...byLevel.flatMap(annotate), ...shared]
  return `${[...lines, `fleetdx: ${tellFleet(record)}`].join('\n')}\n`
}

function levelOf({ status, isWaived }: Problem): string {
  return isWaived ? 'notice' : levels[status]
}

function annotate(problems: readonly [Problem, ...Problem[]]): string[] {
  const level = levelOf(problems[0])
  const shown = problems.length > mostOfLevel ? problems.slice(0, mostOfLevel - 1) : problems
  const rest = problems.slice(shown.length)
  const lines = shown.map((problem) => formatCommand(level, titleOf(problem), messageOf(problem)))
  if (rest.length === 0) return lines
  return [...lines, formatCommand(level, t`${rest.length} more problems`, rest.map(titleOf).join('\n'))]
}

/** `web[03-05] broken: the Next.js build is missing (next-build-missing)` */
function titleOf(problem: Problem): string {
  return t`${nameHosts(problem)} ${stateOf(problem)}: ${nameProblem(problem)}`
}

function messageOf(problem: Problem): string {
  const { seen, remedy } = explainProblem(problem)
  return [...seen, ...remedy].join('\n') || titleOf(problem)
}

/** As @actions/core writes it (`toolkit/packages/core/src/command.ts`). */
function formatCommand(level: string, title: string, message: string): string {
  return `::${level} title=${escapeProperty(title)}::${escapeData(message)}`
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
