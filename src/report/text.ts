import { rankHosts } from '../compare/rank.js'
import type { HostRecord, ReachFailure, RunRecord } from '../record.js'
import { drawBlindSpots } from './blind-spots.js'
import { groupBy, listNames } from './group.js'
import { drawHostBlock, drawNotes } from './host-block.js'
import { drawUnverified } from './host-keys.js'
import { drawLastLine } from './last-line.js'
import { createStyle, type Style, type TextOptions } from './style.js'
import { renderTable } from './table.js'
import { drawTransports } from './transports.js'

/**
 * The report that a person reads: the comparison table, a block for every host that is not healthy, what is worth knowing
 * of the others, what could not be seen, and, last, how the fleet is in one line. Ends with a line feed.
 */
export function renderReport(record: RunRecord, options: TextOptions): string {
  const style = createStyle(options)
  const unhealthy = rankHosts(record.hosts).filter(({ status }) => status !== 'healthy')
  const sections = [
    renderTable(record, options),
    ...drawBlocks(unhealthy, style),
    drawNoticed(record.hosts, style).join('\n'),
    drawBlindSpots(record.hosts, style).join('\n'),
    drawTransports(record.hosts, style).join('\n'),
    drawUnverified(record, style).join('\n'),
    drawLastLine(record, style),
  ]
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`
}

/** What is worth knowing of healthy hosts; the same of several is told once. */
function drawNoticed(hosts: readonly HostRecord[], style: Style): string[] {
  const indent = '    '
  const noticed = hosts.filter(({ status, notes }) => status === 'healthy' && notes.length > 0)
  const draw = (host: HostRecord) => drawNotes(host, style, style.width - indent.length).flat()
  const groups = groupBy(noticed, (host) => draw(host).join('\n')).flatMap((group) => [
    `  ${listNames(group.map(({ name }) => name))}`,
    ...draw(group[0]).map((line) => indent + line),
  ])
  return groups.length === 0 ? [] : [style.paint('strong', 'Noticed'), ...groups]
}

/** A block a host; hosts of which there is the same to say, but for when it happened, share one. */
function drawBlocks(hosts: readonly HostRecord[], style: Style): string[] {
  const draw = (host: HostRecord) => drawHostBlock(host, style).join('\n')
  return groupBy(hosts, (host) => draw({ ...host, name: '', timeline: [] })).map((group) => {
    const [host, ...others] = group
    return draw(others.length === 0 ? host : { ...host, name: nameGroup(group), timeline: [] })
  })
}

/** What one server does to all hosts behind it is told once, and of each of them. */
function nameGroup(group: readonly [HostRecord, ...HostRecord[]]): string {
  const names = group.map(({ name }) => name)
  return isShared(group[0].reason) ? names.join(', ') : listNames(names)
}

function isShared(failure: ReachFailure | null): boolean {
  return failure?.reason === 'jump' || failure?.reason === 'not-tried'
}
