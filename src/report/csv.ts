import { stringify } from 'csv-stringify/sync'
import { mainPathOf } from '../compare/host-view.js'
import type { HostRecord, RunRecord } from '../record.js'
import { sanitizeLine } from '../sanitize.js'

/** What a row tells of its host. The names are ids: they stay the same in every language. */
const columns: Readonly<Record<string, (host: HostRecord) => string | number | null | undefined>> = {
  host: ({ name }) => name,
  address: ({ address }) => address,
  port: ({ port }) => port,
  user: ({ user }) => user,
  groups: ({ groups }) => groups.join(' '),
  labels: ({ labels }) =>
    Object.entries(labels)
      .map(([name, value]) => `${name}=${value}`)
      .join(' '),
  status: ({ status }) => status,
  verdict: ({ verdict }) => verdict,
  cause: ({ causes: [root] }) => root?.id,
  cause_title: ({ causes: [root] }) => root?.title,
  layer: ({ causes: [root] }) => root?.layer,
  subject: ({ causes: [root] }) => root?.subject,
  confidence: ({ causes: [root] }) => root?.confidence,
  evidence: ({ causes: [root] }) => root?.evidence[0] && `${root.evidence[0].source}: ${root.evidence[0].text}`,
  remedy: ({ causes: [root], reason }) => root?.remedy.flatMap(({ command }) => command ?? [])[0] ?? reason?.mend,
  other_causes: ({ causes: [, ...others] }) => others.map(({ id }) => id).join(' '),
  unreachable_because: ({ reason }) => reason?.reason,
  app: (host) => mainPathOf(host)?.app,
  server_name: (host) => mainPathOf(host)?.serverName,
  target: (host) => mainPathOf(host)?.target,
  direct_answer: (host) => mainPathOf(host)?.directAnswer,
  gateway_answer: (host) => mainPathOf(host)?.gatewayAnswer,
  outside_answer: (host) => mainPathOf(host)?.outsideAnswer,
  failed_checks: ({ checks }) =>
    checks
      .filter(({ state }) => state === 'fail')
      .map(({ name }) => name)
      .join(' '),
  waived_until: ({ isWaived, waivers }) => (isWaived ? waivers.map(({ until }) => until).sort()[0] : undefined),
  seconds: ({ elapsedMs }) => elapsedMs / 1000,
}

/**
 * A row a host, with its root cause, by RFC 4180. It begins with a byte order mark, without which Excel takes UTF-8 for
 * the code page of its country. A text that a spreadsheet would run as a formula (it begins with = + - @, a tab or a CR)
 * has a ' in front: these texts come from hosts.
 */
export function renderCsv({ hosts }: RunRecord): string {
  const rows = hosts.map((host) => Object.values(columns).map((read) => toCell(read(host))))
  return stringify([Object.keys(columns), ...rows], { record_delimiter: 'windows', escape_formulas: true, bom: true })
}

function toCell(value: string | number | null | undefined): string | number {
  return typeof value === 'string' ? sanitizeLine(value).trim() : (value ?? '')
}
