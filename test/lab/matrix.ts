import type { RunRecord } from '../../src/record.js'
import type { Fault } from './faults/fault.js'
import { type Grade, gradeVerdict } from './grade.js'

/** Who looks: all rights, sudo without a password, none. */
export const users = ['root', 'ops', 'guest'] as const

export type Records = ReadonlyMap<(typeof users)[number], RunRecord>

const grades: readonly Grade[] = ['right', 'consequence', 'unknown', 'wrong']

/** What was said of one host to one user. */
interface Cell {
  fault: Fault
  user: string
  verdict: string
  grade: Grade
}

/**
 * The confusion matrix in Markdown: for every root cause that the lab can provoke, which verdicts its hosts got from each
 * user, and the shares of them that are right, a consequence, unknown and wrong.
 */
export function formatMatrix(faults: readonly Fault[], records: Records): string {
  const cells = readCells(faults, records)
  const truths = [...new Set(cells.map(({ fault }) => truthOf(fault)))]
  return [
    `| what is true | hosts | ${users.map((user) => `as ${user}`).join(' | ')} |`,
    `|---|--:|${users.map(() => '---|').join('')}`,
    ...truths.map((truth) => formatRow(truth, cells)),
    '',
    `| share of verdicts | ${grades.join(' | ')} |`,
    `|---|${grades.map(() => '--:|').join('')}`,
    ...users.map((user) => formatShares(user, cells)),
  ].join('\n')
}

function readCells(faults: readonly Fault[], records: Records): Cell[] {
  return users.flatMap((user) =>
    faults
      .filter(({ login }) => login === undefined)
      .flatMap((fault) => {
        const host = records.get(user)?.hosts.find(({ name }) => name === fault.name)
        if (!host) return []
        const verdict = host.causes[0]?.id ?? (host.status === 'healthy' ? 'healthy' : 'unknown')
        return [{ fault, user, verdict, grade: gradeVerdict(fault, host) }]
      }),
  )
}

function truthOf({ cause }: Fault): string {
  return cause ?? 'healthy'
}

function formatRow(truth: string, cells: readonly Cell[]): string {
  const own = cells.filter(({ fault }) => truthOf(fault) === truth)
  const hosts = new Set(own.map(({ fault }) => fault.name)).size
  const verdicts = users.map((user) => formatVerdicts(own.filter((cell) => cell.user === user)))
  return `| ${truth} | ${hosts} | ${verdicts.join(' | ')} |`
}

/** `✔`, `✔ 2, no-listener`, `**✖ proxy-port-mismatch**`: right ones are not named again, wrong ones cannot be missed. */
function formatVerdicts(cells: readonly Cell[]): string {
  const words = cells.map(({ verdict, grade }) =>
    grade === 'right' ? '✔' : grade === 'wrong' ? `**✖ ${verdict}**` : verdict,
  )
  const counts = [...new Set(words)].map((word) => ({ word, count: words.filter((each) => each === word).length }))
  return counts.map(({ word, count }) => (count > 1 && counts.length > 1 ? `${word} ${count}` : word)).join(', ')
}

function formatShares(user: string, cells: readonly Cell[]): string {
  const own = cells.filter((cell) => cell.user === user)
  const shares = grades.map((grade) => {
    const count = own.filter((cell) => cell.grade === grade).length
    return `${count} (${Math.round((count / own.length) * 100)} %)`
  })
  return `| as ${user}, ${own.length} hosts | ${shares.join(' | ')} |`
}
