import { knownValue } from '../fact.js'
import { bootedMs } from '../path/boot.js'
import type { Facts } from '../probes/index.js'
import type { Event } from './event.js'

/** Boots, kills for want of memory, and full disks. */
export function hostEvents(facts: Facts): Event[] {
  return [...bootEvents(facts), ...killEvents(facts), ...fullDiskEvents(facts)]
}

function bootEvents(facts: Facts): Event[] {
  const atMs = bootedMs(facts)
  return atMs === null ? [] : [{ atMs, kind: 'boot', text: 'the host started', source: 'uptime' }]
}

function killEvents(facts: Facts): Event[] {
  return (knownValue(facts['kernel-log'])?.oomKills ?? []).flatMap(({ atMs, name, scope }) => {
    const why = scope === 'cgroup' ? 'at its memory limit' : 'as memory ran out'
    return atMs === null
      ? []
      : [{ atMs, kind: 'oom-kill', text: `the kernel killed ${name} ${why}`, source: 'kernel log' }]
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
      return [{ atMs, kind: 'disk-full', text: 'no space left on device', source: path }]
    }),
  )
}
