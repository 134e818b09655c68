import { groupBy } from '../group-by.js'
import { t } from '../language/language.js'
import type { HostRecord, RunRecord } from '../record.js'
import { drawBlindSpots } from './blind-spots.js'
import { drawClusters } from './cluster-block.js'
import { drawCommonCauses } from './common-causes.js'
import { drawNotes } from './host-block.js'
import { drawUnverified } from './host-keys.js'
import { drawLastLine } from './last-line.js'
import { listNames } from './list-names.js'
import { drawOutliers } from './outliers.js'
import { createStyle, type Style } from './style.js'
import { renderTable } from './table.js'
import type { TableLook } from './table-options.js'
import { drawTransports } from './transports.js'

/**
 * The report that a person reads: the comparison table, what several hosts fail at alike, a block for every cluster of
 * hosts that are not healthy, in what hosts differ from their like, what is worth knowing of the others, what could not be
 * seen, and, last, how the fleet is in one line. Ends with a line feed.
 */
export function renderReport(record: RunRecord, options: TableLook): string {
  const style = createStyle(options)
  const sections = [
    renderTable(record, options),
    drawCommonCauses(record, style).join('\n'),
    ...drawClusters(record, style),
    drawOutliers(record, style).join('\n'),
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
  return groups.length === 0 ? [] : [style.paint('strong', t`Noticed`), ...groups]
}
