import { wordOf } from '../compare/status-word.js'
import { groupBy } from '../group-by.js'
import { joinWords } from '../language/join-words.js'
import { t } from '../language/language.js'
import type { PingedHop, PingedHost, PingRecord } from '../ping.js'
import type { ReachFailure } from '../record.js'
import { wrapWords } from './fit.js'
import { drawUnverified } from './host-keys.js'
import { countHosts, tellEnd } from './last-line.js'
import { createStyle, type Ink, type Mark, type Style, type TextOptions } from './style.js'
import { drawRows } from './table.js'
import { chooseColumns, type Slot } from './table-width.js'
import { drawTransports } from './transports.js'

const looks: Record<PingedHost['status'], { mark: Mark; ink: Ink }> = {
  reached: { mark: 'good', ink: 'good' },
  unreachable: { mark: 'away', ink: 'bad' },
  'not-checked': { mark: 'unsure', ink: 'unsure' },
}

function sayResult({ status, failure }: PingedHost): string {
  const words = { reached: t`logged in`, unreachable: wordOf('unreachable'), 'not-checked': t`not checked` }
  return failure ? t`${words[status]}: ${failure.reason}` : words[status]
}

/**
 * How far it was to each host: a row for each server on the way, with the time of each step, then why some were not
 * reached, and how many were. Behind a jump host, CONNECT is the opening of the channel. Ends with a line feed.
 */
export function renderPing(record: PingRecord, options: TextOptions & { wide?: boolean }): string {
  const style = createStyle(options)
  const sections = [
    drawHops(record.hosts, { isWide: options.wide ?? false, style }),
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

/** Servers and results always have their place; where room is short, the steps go that say the least. */
function drawHops(hosts: readonly PingedHost[], { isWide, style }: { isWide: boolean; style: Style }): string[] {
  const rows = hosts.flatMap((host) =>
    host.hops.map((hop, index) => ({ host, hop, isLast: index === host.hops.length - 1 })),
  )
  const column = (
    id: string,
    heading: string,
    priority: number,
    cell: (row: HopRow) => Slot['cells'][number],
    cutsTo?: number,
  ) => ({
    column: { id, heading, priority, ...(cutsTo !== undefined && { cutsTo }) },
    cells: rows.map(cell),
  })
  const step = (
    id: string,
    heading: string,
    priority: number,
    timeOf: (phases: PingedHop['phases']) => number | undefined,
  ) => ({
    ...column(id, heading, priority, ({ hop }) => ({ forms: tellTime(timeOf(hop.phases)), ink: 'plain' })),
    isNumeric: true,
  })
  const slots: Slot[] = [
    column('host', t`HOST`, 4, ({ host }) => ({ forms: [host.name], ink: 'plain' }), 12),
    column('server', t`SERVER`, 1, ({ hop }) => ({ forms: [hop.hop], ink: 'plain' }), 40),
    step('resolve', t`RESOLVE`, 8, ({ resolve }) => resolve),
    step('connect', t`CONNECT`, 5, ({ connect, channel }) => connect ?? channel),
    step('banner', t`BANNER`, 7, ({ banner }) => banner),
    step('handshake', t`HANDSHAKE`, 6, ({ handshake }) => handshake),
    step('auth', t`AUTH`, 5, ({ auth }) => auth),
    column('result', t`RESULT`, 0, (row) => tellResult(row, style), 20),
  ]
  return drawRows(chooseColumns(slots, isWide ? Number.POSITIVE_INFINITY : style.width), style)
}

interface HopRow {
  host: PingedHost
  hop: PingedHop
  /** The result stands in the row of the host itself, the last one. */
  isLast: boolean
}

function tellResult({ host, isLast }: HopRow, style: Style): Slot['cells'][number] {
  if (!isLast) return { forms: [t`jump host`], ink: 'dim' }
  const { mark, ink } = looks[host.status]
  return { forms: [`${style.mark(mark)} ${sayResult(host)}`], ink }
}

function tellTime(ms: number | undefined): string[] {
  return ms === undefined ? ['-'] : [`${ms.toFixed(1)} ms`, `${Math.round(ms)} ms`]
}

/** What is the same of several hosts is told once. */
function explainFailures(hosts: readonly PingedHost[], style: Style): string[][] {
  const failed = hosts.flatMap(({ name, failure }) => (failure ? [{ name, failure }] : []))
  return groupBy(failed, ({ failure }) => `${failure.message}\n${failure.mend}`).map((group) => {
    const [{ failure }] = group
    return explainFailure(joinWords(group.map(({ name }) => name)), failure, style)
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
  const words = { unreachable: wordOf('unreachable'), 'not-checked': t`not checked`, reached: t`reached` }
  const counts = (['unreachable', 'not-checked', 'reached'] as const)
    .map((status) => ({ status, count: hosts.filter((host) => host.status === status).length }))
    .filter(({ count }) => count > 0)
    .map(({ status, count }) => t`${count} ${words[status]}`)
  const end = tellEnd({ elapsedMs, interrupted })
  return `${t`${countHosts(hosts.length)}: ${joinWords(counts)}`} ${style.spell('—')} ${end}`
}
