import { formatSeconds } from '../compare/columns.js'
import { urgency } from '../compare/rank.js'
import { wordOf } from '../compare/status-word.js'
import { joinWords } from '../language/join-words.js'
import { t } from '../language/language.js'
import type { RunRecord, Status } from '../record.js'
import { type Style, statusLooks } from './style.js'

/** How the fleet is: `4 hosts: 1 broken, 1 degraded, 2 healthy — in 3.2 s`. */
export function drawLastLine(record: RunRecord, style: Style): string {
  const fleet = tellFleet(record, (status, text) => style.paint(statusLooks[status].ink, text))
  return `${fleet} ${style.spell('—')} ${tellEnd(record)}`
}

/** `8 hosts: 5 broken, 1 unreachable, 2 healthy`; hosts whose problems are waived count by their status, and once more. */
export function tellFleet({ hosts, counts }: RunRecord, paint = (_: Status, text: string) => text): string {
  const parts = urgency
    .filter((status) => counts[status] > 0)
    .map((status) => paint(status, t`${counts[status]} ${wordOf(status)}`))
  const waived = hosts.filter(({ isWaived }) => isWaived).length
  const all = waived > 0 ? [...parts, t`${waived} of them waived`] : parts
  return all.length > 0 ? t`${countHosts(hosts.length)}: ${joinWords(all)}` : countHosts(hosts.length)
}

/** `1 host`, `40 hosts` */
export function countHosts(count: number): string {
  return count === 1 ? t`1 host` : t`${count} hosts`
}

/** How long a run took, and whether somebody stopped it. */
export function tellEnd({ elapsedMs, interrupted }: Pick<RunRecord, 'elapsedMs' | 'interrupted'>): string {
  const took = formatSeconds(elapsedMs)
  return interrupted ? t`interrupted after ${took}` : t`in ${took}`
}
