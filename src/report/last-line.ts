import { formatSeconds } from '../compare/columns.js'
import { urgency } from '../compare/rank.js'
import type { RunRecord } from '../record.js'
import { type Style, statusLooks } from './style.js'

/** How the fleet is: `4 hosts: 1 broken, 1 degraded, 2 healthy — in 3.2 s`. */
export function drawLastLine({ hosts, counts, elapsedMs, interrupted }: RunRecord, style: Style): string {
  const parts = urgency
    .filter((status) => counts[status] > 0)
    .map((status) => style.paint(statusLooks[status].ink, `${counts[status]} ${status}`))
  const count = `${hosts.length} ${hosts.length === 1 ? 'host' : 'hosts'}`
  const end = `${interrupted ? 'interrupted after' : 'in'} ${formatSeconds(elapsedMs)}`
  return `${[count, ...(parts.length > 0 ? [parts.join(', ')] : [])].join(': ')} ${style.spell('—')} ${end}`
}
