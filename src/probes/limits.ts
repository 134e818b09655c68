import { z } from 'zod'
import { knownValue } from '../fact.js'
import { sh } from '../shell.js'
import { countersSchema, parseCounters, readCounters } from './counters.js'
import { defineProbe, type Section } from './define.js'
import host from './host.js'
import { KeyLines } from './key-lines.js'
import {
  peerSchema,
  readClosed,
  readGroups,
  readPeers,
  readTasks,
  taskGroupSchema,
  taskLimitSchema,
} from './limits/read.js'
import pm2 from './pm2.js'
import processes from './processes.js'

const limitsFactsSchema = z.object({
  /** The kernel's counters once more, some moments after those of `host`. */
  counters: countersSchema.nullable(),
  /** Connections that the packet filter keeps track of; null where it keeps track of none. */
  conntrack: z.object({ count: z.number(), max: z.number() }).nullable(),
  /** The ports that outgoing connections take, both included. */
  localPorts: z.object({ low: z.number(), high: z.number() }).nullable(),
  /** The most that a program may ask for as its backlog. */
  somaxconn: z.number().nullable(),
  /** Share of the time in which some task waited for a processor; null where the kernel keeps no pressure figures. */
  cpuPressure: z.object({ avg10: z.number(), avg60: z.number(), avg300: z.number() }).nullable(),
  /** Share of the last minute in which every task waited for memory. */
  memoryPressure60: z.number().nullable(),
  /** Where most connections from one of these ports go to, the most first; at most 20. */
  peers: z.array(peerSchema),
  /** Ports at which this host has ended connections in the last minute (TIME_WAIT): what listens there is alive. */
  closedAt: z.array(z.object({ port: z.number(), count: z.number() })),
  /** How many tasks (processes and their threads) the owners of web processes have, and may have. */
  tasks: z.array(taskLimitSchema),
  /** The control groups of web processes, and those above them, that limit the number of tasks. */
  groups: z.array(taskGroupSchema),
})

export type LimitsFacts = z.infer<typeof limitsFactsSchema>

/** More web processes than this share their owners and groups. */
const mostPids = 40

const readLimits = sh`
limits_read() {
  printf 'ports %s\nsomaxconn %s\n' "$(cat /proc/sys/net/ipv4/ip_local_port_range)" "$(cat /proc/sys/net/core/somaxconn)"
  printf 'tracked %s\ntracked-most %s\n' "$(cat /proc/sys/net/netfilter/nf_conntrack_count)" "$(cat /proc/sys/net/netfilter/nf_conntrack_max)"
  part pressure-cpu
  cat /proc/pressure/cpu
  part pressure-memory
  cat /proc/pressure/memory
  part peers
  # Ports in hexadecimal are of one length, so that they compare as words.
  limits_range=$(awk '{ printf "%04X %04X", $1, $2 }' /proc/sys/net/ipv4/ip_local_port_range)
  cat /proc/net/tcp /proc/net/tcp6 | awk -v low="\${limits_range% *}" -v high="\${limits_range#* }" '
    $4 !~ /^0[1-9B]$/ || $3 ~ /:0000$/ { next }
    { port = substr($2, length($2) - 3); isOutgoing = port "" >= low "" && port "" <= high "" }
    isOutgoing { all[$3]++; if ($4 == "06") waiting[$3]++ }
    !isOutgoing && $4 == "06" { closed[port]++ }
    END {
      for (peer in all) if (all[peer] > 1) print "peer", peer, all[peer], waiting[peer] + 0
      for (port in closed) print "closed", port, closed[port]
    }' | sort -k 1,1 -k 3,3nr | awk 'n[$1]++ < 20'
  part tasks
  for limits_pid; do
    printf 'limit %s %s %s\n' "$limits_pid" "$(awk '$1 == "Uid:" { print $2 }' "/proc/$limits_pid/status")" \
      "$(awk '/^Max processes/ { print $3 }' "/proc/$limits_pid/limits")"
  done
  grep -h -E '^(Uid|Threads):' /proc/[0-9]*/status | awk '
    $1 == "Uid:" { uid = $2 } $1 == "Threads:" { tasks[uid] += $2 } END { for (uid in tasks) print "count", uid, tasks[uid] }'
  part groups
  for limits_pid; do limits_groups "$limits_pid"; done | sort -u
}
# The group of a process and those above it, as far as they are to be seen here.
limits_groups() {
  for limits_root in "/sys/fs/cgroup/pids $(sed -n 's/^[0-9]*:pids://p' "/proc/$1/cgroup")" "/sys/fs/cgroup $(sed -n 's/^0:://p' "/proc/$1/cgroup")"; do
    limits_path=\${limits_root#* }
    limits_root=\${limits_root%% *}
    while [ -n "$limits_path" ] && [ "$limits_path" != / ]; do
      [ ! -r "$limits_root$limits_path/pids.max" ] ||
        printf '%s %s %s\n' "$(cat "$limits_root$limits_path/pids.current")" "$(cat "$limits_root$limits_path/pids.max")" "$limits_path"
      limits_path=\${limits_path%/*}
    done
  done
}
`

export default defineProbe({
  name: 'limits',
  title: "the kernel's limits",
  needs: { host, pm2, processes },
  elevated: true,
  library: readLimits,
  script: ({ pm2, processes }) => {
    const daemons = knownValue(pm2)?.daemons.flatMap(({ pid }) => (pid === null ? [] : [pid])) ?? []
    const web = knownValue(processes)?.processes.filter(({ args }) => args !== '') ?? []
    const pids = [...new Set([...daemons, ...web.map(({ pid }) => pid)])].slice(0, mostPids)
    return sh`
      limits_read ${pids}
      ${readCounters}
    `
  },
  alone: sh`
    limits_read
    ${readCounters}
  `,
  facts: limitsFactsSchema,
  parse: parseLimits,
})

function parseLimits(section: Section): LimitsFacts {
  const { text, parts } = section
  const lines = new KeyLines(text)
  const part = (kind: string) => parts.find((each) => each.kind === kind)?.text ?? ''
  // sample: ports 32768	60999
  const [low, high] = (lines.first('ports') ?? '').trim().split(/\s+/).map(Number)
  const [count, max] = [lines.number('tracked'), lines.number('tracked-most')]
  const cpu = readPressure(part('pressure-cpu'), 'some')
  return {
    counters: parseCounters(section) ?? null,
    conntrack: count === null || max === null ? null : { count, max },
    localPorts: low === undefined || high === undefined ? null : { low, high },
    somaxconn: lines.number('somaxconn'),
    cpuPressure: cpu ?? null,
    memoryPressure60: readPressure(part('pressure-memory'), 'full')?.avg60 ?? null,
    peers: readPeers(part('peers')),
    closedAt: readClosed(part('peers')),
    tasks: readTasks(part('tasks')),
    groups: readGroups(part('groups')),
  }
}

function readPressure(text: string, kind: 'some' | 'full') {
  // sample: some avg10=39.98 avg60=11.33 avg300=6.88 total=4212007088
  const match = new RegExp(`^${kind} avg10=([\\d.]+) avg60=([\\d.]+) avg300=([\\d.]+)`, 'm').exec(text)
  if (!match) return undefined
  const [avg10 = 0, avg60 = 0, avg300 = 0] = match.slice(1).map(Number)
  return { avg10, avg60, avg300 }
}
