import { t } from '../language/language.js'
import type { RunRecord } from '../record.js'
import { tellFleet } from './last-line.js'
import { escapeProse, fenceLines, formatCode } from './markdown-text.js'
import { explainProblem, listProblems, nameHosts, type Problem, stateOf } from './problems.js'
import { statusLooks } from './style.js'

/** GitHub takes so many characters in a comment. */
const mostCharacters = 65_536
/** What a comment shows of one problem. */
const mostLines = 12
const mostLineLength = 400
const mostRows = 100

const marks = { good: '✔', bad: '✖', warn: '▲', unsure: '?', away: '⊘' }

/**
 * For a pull request or a chat: how the fleet is, a table of what is wrong, and for each problem what was seen and what to
 * type. CommonMark with GitHub's tables; texts of hosts stand in code, where nobody is mentioned and nothing is linked.
 */
export function renderMarkdown(record: RunRecord): string {
  const problems = listProblems(record)
  const blocks = [
    `**fleetdx: ${escapeProse(tellFleet(record))}** ${escapeProse(describeRun(record))}`,
    ...record.fleet.commonCauses.map(({ summary }) => escapeProse(summary)),
    ...(problems.length > 0 ? [drawTable(problems)] : []),
    ...problems.map(drawProblem),
  ]
  return `${takeWhatFits(blocks).join('\n\n')}\n`
}

/** `(2026-11-24 19:20 UTC, 3.2 s)` */
function describeRun({ startedAt, elapsedMs, interrupted }: RunRecord): string {
  const when = `${startedAt.slice(0, 16).replace('T', ' ')} UTC, ${(elapsedMs / 1000).toFixed(1)} s`
  return interrupted ? t`(${when}, interrupted)` : `(${when})`
}

function drawTable(problems: readonly Problem[]): string {
  const rows = problems
    .slice(0, mostRows)
    .map((problem) => [formatCode(nameHosts(problem)), drawState(problem), drawCause(problem)])
  const more = problems.length - mostRows
  return [
    formatRow([t`Hosts`, t`Status`, t`Cause`]),
    formatRow(['---', '---', '---']),
    ...rows.map(formatRow),
    ...(more > 0 ? [formatRow(['…', '', t`${more} more`])] : []),
  ].join('\n')
}

function formatRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

function drawState(problem: Problem): string {
  return `${marks[statusLooks[problem.status].mark]} ${escapeProse(stateOf(problem))}`
}

function drawCause({ title, id, status }: Problem): string {
  return escapeProse(shorten(title)) + (id === status ? '' : ` (${formatCode(id)})`)
}

function drawProblem(problem: Problem): string {
  const { seen, remedy } = explainProblem(problem)
  return [
    `### ${formatCode(nameHosts(problem))}: ${escapeProse(shorten(problem.title))}`,
    ...(seen.length > 0 ? [fenceLines(seen.slice(0, mostLines).map(shorten), 'text')] : []),
    ...(remedy.length > 0 ? [fenceLines(remedy, 'sh')] : []),
  ].join('\n\n')
}

function shorten(text: string): string {
  return text.length <= mostLineLength ? text : `${text.slice(0, mostLineLength)}…`
}

/** As many blocks as a comment takes, and how many it does not. */
function takeWhatFits(blocks: readonly string[]): string[] {
  const noteLength = 200
  let length = 0
  const kept = blocks.filter((block) => {
    length += block.length + 2
    return length <= mostCharacters - noteLength
  })
  const cut = blocks.length - kept.length
  return cut === 0 ? kept : [...kept, escapeProse(t`${cut} more problems are left out: see another format`)]
}
