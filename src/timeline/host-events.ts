import { knownValue } from '../fact.js'
import { t } from '../language/language.js'
import { bootedMs } from '../path/boot.js'
import type { Facts } from '../probes/index.js'
import type { Event } from './event.js'

/** Boots, kills for want of memory, and full disks. */
export function hostEvents(facts: Facts): Event[] {
  return [...bootEvents(facts), ...killEvents(facts), ...fullDiskEvents(facts)]
}

function bootEvents(facts: Facts): Event[] {
  const atMs = bootedMs(facts)
  return atMs === null ? [] : [{ atMs, kind: 'boot', text: t`the host started`, source: 'uptime' }]
}

function killEvents(facts: Facts): Event[] {
  return (knownValue(facts['kernel-log'])?.oomKills ?? []).flatMap(({ atMs, name, scope }): Event[] => {
    if (atMs === null) return []
    const text =
      scope === 'cgroup'
        ? t`the kernel killed ${name} at its memory limit`
        : t`the kernel killed ${name} as memory ran out`
    return [{ atMs, kind: 'oom-kill', text, source: t`kernel log` }]
  })
}

// sample: Error: ENOSPC: no space left on device, write; (28: No space left on device)
const noSpace = /ENOSPC: no space left|No space left on device|EDQUOT/

/** An app's line without a time of its own counts only as the last one of its log: that is when the log was written. */
function fullDiskEvents(facts: Facts): Event[] {
  return (knownValue(facts['app-logs'])?.logs ?? []).flatMap(({ path, lines, modifiedMs }) =>
    lines.flatMap((line, index): Event[] => {
      const atMs = line.atMs ?? (index === lines.length - 1 ? modifiedMs : null)
      if (atMs === null || !noSpace.test(line.text)) return []
      return [{ atMs, kind: 'disk-full', text: t`no space left on device`, source: path }]
    }),
  )
}
