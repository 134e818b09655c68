import { rankHosts } from '../compare/rank.js'
import type { RunRecord } from '../record.js'
import { drawBlindSpots } from './blind-spots.js'
import { drawHostBlock } from './host-block.js'
import { drawLastLine } from './last-line.js'
import { createStyle, type TextOptions } from './style.js'
import { renderTable } from './table.js'

/**
 * The report that a person reads: the comparison table, a block for every host that is not healthy, what could not be
 * seen, and, last, how the fleet is in one line. Ends with a line feed.
 */
export function renderReport(record: RunRecord, options: TextOptions): string {
  const style = createStyle(options)
  const unhealthy = rankHosts(record.hosts).filter(({ status }) => status !== 'healthy')
  const sections = [
    renderTable(record, options),
    ...unhealthy.map((host) => drawHostBlock(host, style).join('\n')),
    drawBlindSpots(record.hosts, style).join('\n'),
    drawLastLine(record, style),
  ]
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`
}
