import { z } from 'zod'
import { ParseError } from '../errors.js'
import { sh } from '../shell.js'
import { countersSchema, parseCounters, readCounters } from './counters.js'
import { defineProbe, type Section } from './define.js'
import { KeyLines } from './key-lines.js'
import { readUtcOffset } from './log-time.js'
import { readIpv6 } from './proc-net.js'

const hostFactsSchema = z.object({
  hostname: z.string(),
  /** As its vendor writes it: `Debian GNU/Linux 12 (bookworm)`. */
  distribution: z.string().nullable(),
  /** `Linux 6.1.0-28-amd64`. */
  kernel: z.string(),
  /** The name of process 1: `systemd`, `init`, in a container whatever it runs. */
  init: z.string(),
  /** The host's own clock, epoch milliseconds. */
  nowMs: z.number(),
  /** Minutes to add to UTC for the host's local time, which its logs are written in. */
  utcOffsetMinutes: z.number(),
  uptimeSeconds: z.number(),
  cores: z.number(),
  load1: z.number(),
  load5: z.number(),
  load15: z.number(),
  memoryTotalBytes: z.number(),
  memoryAvailableBytes: z.number(),
  swapTotalBytes: z.number(),
  swapFreeBytes: z.number(),
  /** Share of the last 10 seconds in which every task waited for memory; null where the kernel keeps no pressure figures. */
  memoryPressurePercent: z.number().nullable(),
  /** The host's own IPv4 and IPv6 addresses, loopback included. */
  addresses: z.array(z.string()),
  /** What /etc/hosts says `localhost` is, in its order. */
  localhost: z.array(z.string()),
  /** What the kernel had counted in the first round; `limits` reads it again in the second. */
  counters: countersSchema.exactOptional(),
})

export type HostFacts = z.infer<typeof hostFactsSchema>

/** Everything is read from /proc and /etc: the same on every distribution, in a container, with no tool installed. */
const script = sh`
  printf 'hostname %s\nkernel %s\nclock %s\n' "$(uname -n)" "$(uname -sr)" "$(date '+%s %z')"
  printf 'init %s\n' "$(cat /proc/1/comm)"
  printf 'cores %s\n' "$(nproc || grep -c '^processor' /proc/cpuinfo)"
  printf 'uptime %s\nload %s\n' "$(cat /proc/uptime)" "$(cat /proc/loadavg)"
  for f in /etc/os-release /usr/lib/os-release /etc/redhat-release; do
    [ -f "$f" ] || continue
    part release "$f"
    head -c 4096 "$f"
    break
  done
  part memory
  grep -E '^(Mem|Swap|Buffers|Cached)' /proc/meminfo
  part pressure
  cat /proc/pressure/memory
  part ipv4
  awk '/32 host LOCAL/ && !seen[last]++ { print last } { last = $2 }' /proc/net/fib_trie
  part ipv6
  awk '{ print $1 }' /proc/net/if_inet6
  part localhost
  awk '{ sub(/#.*/, "") } { for (i = 2; i <= NF; i++) if ($i == "localhost") { print $1; next } }' /etc/hosts
  ${readCounters}
`

export default defineProbe({
  name: 'host',
  title: 'the host itself',
  needs: {},
  script: () => script,
  facts: hostFactsSchema,
  parse: parseHost,
})

function parseHost(section: Section): HostFacts {
  const { text, parts } = section
  const counters = parseCounters(section)
  const lines = new KeyLines(text)
  const line = (key: string) => lines.first(key) ?? ''
  const part = (kind: string) => parts.find((each) => each.kind === kind)?.text ?? ''
  const [clock = '', zone = ''] = line('clock').split(' ')
  const [load1, load5, load15] = line('load').split(' ').map(Number)
  return {
    hostname: line('hostname'),
    distribution: readRelease(part('release')),
    kernel: line('kernel'),
    init: line('init') || 'unknown',
    nowMs: readNumber(clock, 'the clock') * 1000,
    utcOffsetMinutes: readUtcOffset(zone),
    uptimeSeconds: readNumber(line('uptime').split(' ')[0] ?? '', 'the uptime'),
    cores: lines.number('cores') ?? 1,
    ...{ load1: load1 ?? 0, load5: load5 ?? 0, load15: load15 ?? 0 },
    ...readMemory(part('memory')),
    memoryPressurePercent: readPressure(part('pressure')),
    addresses: [...readLines(part('ipv4')), ...readLines(part('ipv6')).map(readIpv6)],
    localhost: readLines(part('localhost')),
    ...(counters && { counters }),
  }
}

function readNumber(text: string, what: string): number {
  if (!/^\d+(\.\d+)?$/.test(text)) throw new ParseError(`${what} is no number`, text)
  return Number(text)
}

/** The PRETTY_NAME of os-release, or the one line of an old release file. */
function readRelease(text: string): string | null {
  // sample: PRETTY_NAME="Ubuntu 24.04.1 LTS"
  const pretty = /^PRETTY_NAME=["']?(.*?)["']?$/m.exec(text)?.[1]
  return pretty ?? (text.includes('=') ? null : (readLines(text)[0] ?? null))
}

function readMemory(text: string) {
  const find = (key: string) => {
    // sample: MemAvailable:    3411584 kB
    const kibibytes = new RegExp(`^${key}:\\s+(\\d+) kB`, 'm').exec(text)?.[1]
    return kibibytes === undefined ? undefined : Number(kibibytes) * 1024
  }
  const total = find('MemTotal')
  if (total === undefined) throw new ParseError('no MemTotal in /proc/meminfo', text.split('\n')[0])
  return {
    memoryTotalBytes: total,
    // Kernels before 3.14 do not estimate it.
    memoryAvailableBytes:
      find('MemAvailable') ?? (find('MemFree') ?? 0) + (find('Buffers') ?? 0) + (find('Cached') ?? 0),
    swapTotalBytes: find('SwapTotal') ?? 0,
    swapFreeBytes: find('SwapFree') ?? 0,
  }
}

function readPressure(text: string): number | null {
  // sample: full avg10=12.34 avg60=3.20 avg300=0.80 total=1234567
  const percent = /^full avg10=([\d.]+)/m.exec(text)?.[1]
  return percent === undefined ? null : Number(percent)
}

function readLines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '')
}
