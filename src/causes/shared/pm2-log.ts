import { knownValue } from '../../fact.js'
import type { App } from '../../path/app.js'
import type { Evidence } from '../../path/request-path.js'
import type { Facts } from '../../probes/index.js'
import type { Pm2LogLine } from '../../probes/pm2/schema.js'

/** Words for what pm2.log says of an app, which several causes judge by. */

/** A line of pm2.log, quoted. */
export function logEvidence({ daemon }: App, line: Pm2LogLine | undefined): Evidence[] {
  return line ? [{ source: `${daemon?.home}/pm2.log`, text: line.text }] : []
}

/** The lines of pm2.log since so long ago that a pattern matches, oldest first. A line without a time tells nothing of now. */
export function recentLines({ daemon }: App, facts: Facts, pattern: RegExp, withinMs: number): Pm2LogLine[] {
  return (daemon?.log ?? []).filter(({ atMs, text }) => agoMs(atMs, facts) <= withinMs && pattern.test(text))
}

/** How long ago something was, by the host's clock. */
export function agoMs(atMs: number | null | undefined, facts: Facts): number {
  const nowMs = knownValue(facts.host)?.nowMs
  return atMs == null || nowMs === undefined ? Number.POSITIVE_INFINITY : nowMs - atMs
}
