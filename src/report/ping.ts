import { formatSeconds } from '../compare/columns.js'
import type { PingedHop, PingedHost, PingRecord } from '../ping.js'
import type { ReachFailure } from '../record.js'
import { measure, wrapWords } from './fit.js'
import { groupBy } from './group.js'
import { drawUnverified } from './host-keys.js'
import { createStyle, type Ink, type Mark, type Style, type TextOptions } from './style.js'
import { drawTransports } from './transports.js'

const looks: Record<PingedHost['status'], { mark: Mark; ink: Ink; words: string }> = {
  reached: { mark: 'good', ink: 'good', words: 'logged in' },
  unreachable: { mark: 'away', ink: 'bad', words: 'unreachable' },
  'not-checked': { mark: 'unsure', ink: 'unsure', words: 'not checked' },
}

/**
 * How far it was to each host: a row for each server on the way, with the time of each step, then why some were not
 * reached, and how many were. Behind a jump host, CONNECT is the opening of the channel. Ends with a line feed.
 */
export function renderPing(record: PingRecord, options: TextOptions): string {
  const style = createStyle(options)
  const sections = [
    alignColumns([
      heading.map((word) => style.paint('dim', word)),
      ...record.hosts.flatMap((host) => toRows(host, style)),
    ]),
    ...explainFailures(record.hosts, style),
    drawTransports(record.hosts, style),
    drawUnverified(record, style),
    [drawLastLine(record, style)],
  ]
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

const heading = ['HOST', 'SERVER', 'RESOLVE', 'CONNECT', 'BANNER', 'HANDSHAKE', 'AUTH', 'RESULT']
const isNumeric = (column: number) => column >= 2 && column <= 6

/** The result stands in the row of the host itself, the last one. */
function toRows({ name, hops, status, failure }: PingedHost, style: Style): string[][] {
  const { mark, ink, words } = looks[status]
  const result = style.paint(ink, `${style.mark(mark)} ${words}${failure ? `: ${failure.reason}` : ''}`)
  return hops.map((hop, index) => [
    name,
    hop.hop,
    ...listTimes(hop),
    index === hops.length - 1 ? result : style.paint('dim', 'jump host'),
  ])
}

function listTimes({ phases: { resolve, connect, channel, banner, handshake, auth } }: PingedHop): string[] {
  return [resolve, connect ?? channel, banner, handshake, auth].map((ms) =>
    ms === undefined ? '-' : `${ms.toFixed(1)} ms`,
  )
}

function alignColumns(rows: readonly string[][]): string[] {
  const widths = heading.map((_, column) => Math.max(...rows.map((row) => measure(row[column] ?? ''))))
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const space = ' '.repeat((widths[column] ?? 0) - measure(cell))
        return isNumeric(column) ? space + cell : cell + space
      })
      .join('  ')
      .trimEnd(),
  )
}

/** What is the same of several hosts is told once. */
function explainFailures(hosts: readonly PingedHost[], style: Style): string[][] {
  const failed = hosts.flatMap(({ name, failure }) => (failure ? [{ name, failure }] : []))
  return groupBy(failed, ({ failure }) => `${failure.message}\n${failure.mend}`).map((group) => {
    const [{ failure }] = group
    return explainFailure(group.map(({ name }) => name).join(', '), failure, style)
  })
}

function explainFailure(names: string, { message, mend }: ReachFailure, style: Style): string[] {
  const { mark, ink } = looks.unreachable
  const [first = '', ...rest] = wrapWords(`${style.mark(mark)} ${names}`, style.width - 2)
  const why = wrapWords(style.spell(message), style.width - 2)
  return [
    style.paint(ink, first),
    ...rest.map((line) => style.paint(ink, `  ${line}`)),
    ...why.map((line) => `  ${line}`),
    ...(mend === null ? [] : [`  ${style.paint('strong', mend)}`]),
  ]
}

/** `3 hosts: 2 reached, 1 unreachable — in 0.4 s` */
function drawLastLine({ hosts, elapsedMs, interrupted }: PingRecord, style: Style): string {
  const counts = (['unreachable', 'not-checked', 'reached'] as const)
    .map((status) => ({ status, count: hosts.filter((host) => host.status === status).length }))
    .filter(({ count }) => count > 0)
    .map(({ status, count }) => `${count} ${status === 'reached' ? status : looks[status].words}`)
  const fleet = `${hosts.length} ${hosts.length === 1 ? 'host' : 'hosts'}`
  const end = `${interrupted ? 'interrupted after' : 'in'} ${formatSeconds(elapsedMs)}`
  return `${fleet}: ${counts.join(', ')} ${style.spell('—')} ${end}`
}
