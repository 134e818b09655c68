import { rankHosts, urgency } from '../../compare/rank.js'
import { wordOf } from '../../compare/status-word.js'
import { t } from '../../language/language.js'
import type { RunRecord } from '../../record.js'
import { tellEnd } from '../last-line.js'
import { escapeHtml } from './escape.js'

/** How the fleet is, in a few words: `5 of 8 hosts broken`. */
export function writeHeadline({ hosts, counts }: RunRecord): string {
  const [only] = hosts
  if (!only) return t`No host was looked at`
  const worst = urgency.find((status) => counts[status] > 0) ?? 'healthy'
  if (hosts.length === 1) return `${only.name}: ${wordOf(worst)}`
  if (worst === 'healthy') return t`All ${hosts.length} hosts are healthy`
  return t`${counts[worst]} of ${hosts.length} hosts ${wordOf(worst)}`
}

/** When the run was, how long it took, and by which version. */
export function writeSubline({ startedAt, fleetdxVersion, ...run }: RunRecord): string {
  const when = `${startedAt.slice(0, 19).replace('T', ' ')} UTC`
  return [when, tellEnd(run), `fleetdx ${fleetdxVersion}`].join(' · ')
}

/** What a browser without scripts shows: the hosts that are not healthy, and how many others there are. */
export function writePlainTable(record: RunRecord): string {
  const rows = rankHosts(record.hosts)
    .filter(({ status }) => status !== 'healthy')
    .map(({ name, status, verdict, causes: [root] }) =>
      [name, wordOf(status), verdict, root?.id ?? '', root?.remedy.find(({ command }) => command)?.command ?? '']
        .map((text, index) => (index === 4 ? `<td><code>${escapeHtml(text)}</code>` : `<td>${escapeHtml(text)}`))
        .join(''),
    )
  const heads = [t`Host`, t`Status`, t`Verdict`, t`Cause`, t`first step of the mend`]
  const table = `<table><thead><tr>${heads.map((head) => `<th scope="col">${escapeHtml(head)}`).join('')}</thead><tbody>${rows.map((row) => `<tr>${row}`).join('\n')}</tbody></table>`
  const healthy = escapeHtml(t`Healthy: ${record.counts.healthy} of ${record.hosts.length}`)
  return `<p>${escapeHtml(t`This page tells more with JavaScript; it runs offline and asks no server.`)}</p>${rows.length > 0 ? table : ''}<p>${healthy}</p>`
}
