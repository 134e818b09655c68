import { knownValue } from '../../fact.js'
import { t } from '../../language/language.js'
import { bootedMs } from '../../path/boot.js'
import type { Evidence } from '../../path/request-path.js'
import type { Pm2Daemon } from '../../probes/pm2.js'
import type { Scene } from '../define.js'

/** Logs count whole seconds, and a boot is known by the uptime's. */
const slackMs = 2_000

/**
 * Whether the host has been booted since this pm2 last said anything; undefined where its log or the boot is not known.
 * The catalogue's `host-rebooted` is this: what set off another cause, never a cause itself, so it is evidence only.
 */
export function isRebootedSince(daemon: Pm2Daemon, { facts }: Scene): boolean | undefined {
  const lastMs = daemon.log.findLast(({ atMs }) => atMs !== null)?.atMs
  const bootMs = bootedMs(facts)
  return lastMs == null || bootMs === null ? undefined : lastMs < bootMs - slackMs
}

/** `the host started 12 minutes ago, 5 hours after the last line of pm2.log` */
export function rebootEvidence(daemon: Pm2Daemon, { facts }: Scene): Evidence[] {
  const last = daemon.log.findLast(({ atMs }) => atMs !== null)
  const bootMs = bootedMs(facts)
  const nowMs = knownValue(facts.host)?.nowMs
  if (bootMs === null || nowMs === undefined) return []
  const ago = spell(nowMs - bootMs)
  if (last?.atMs == null || last.atMs >= bootMs) return [{ source: 'uptime', text: t`the host started ${ago} ago` }]
  const later = spell(bootMs - last.atMs)
  return [
    { source: 'uptime', text: t`the host started ${ago} ago, ${later} after the last line of pm2.log` },
    { source: `${daemon.home}/pm2.log`, text: t`last line: ${last.text}` },
  ]
}

function spell(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  if (minutes < 120) return minutes === 1 ? t`${minutes} minute` : t`${minutes} minutes`
  return minutes < 48 * 60 ? t`${Math.round(minutes / 60)} hours` : t`${Math.round(minutes / 60 / 24)} days`
}
