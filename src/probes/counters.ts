import { z } from 'zod'
import { sh } from '../shell.js'
import type { Section } from './define.js'
import { KeyLines } from './key-lines.js'

/**
 * What the kernel counts since it started. One reading says nothing of now; two of them, early and late in a run, give
 * rates, and nobody has to wait for them.
 */
export const countersSchema = z.object({
  /** When it was read: seconds since the kernel started. */
  atSeconds: z.number(),
  /** Time of all processors in ticks, of every kind. */
  cpuTicks: z.number(),
  /** Of it, the time in which they had nothing to do, or waited for a disk. */
  cpuIdleTicks: z.number(),
  /** Of it, the time that the machine below gave to others. */
  cpuStealTicks: z.number(),
  /** Pages read from swap, and written to it; null where the kernel has none. */
  swapInPages: z.number().nullable(),
  swapOutPages: z.number().nullable(),
  /** Connections that were dropped because too many waited to be accepted already, on any port. */
  listenOverflows: z.number().nullable(),
})

export type Counters = z.infer<typeof countersSchema>

/** Prints the part `counters`. */
export const readCounters = sh`
  part counters
  printf 'uptime %s\n' "$(cut -d ' ' -f 1 /proc/uptime)"
  grep '^cpu ' /proc/stat
  grep -E '^pswp(in|out) ' /proc/vmstat
  awk '$1 == "TcpExt:" && !names { names = split($0, name); next }
    $1 == "TcpExt:" { for (i = 2; i <= names; i++) if (name[i] == "ListenOverflows") print name[i], $i }' /proc/net/netstat`

/** Reads that part; undefined where it is missing, as in captures of before, or was cut off. */
export function parseCounters({ parts }: Section): Counters | undefined {
  const lines = new KeyLines(parts.find(({ kind }) => kind === 'counters')?.text ?? '')
  const atSeconds = lines.number('uptime')
  // sample: cpu  74608 2520 24433 1117073 6176 0 1234 88 0 0 (user nice system idle iowait irq softirq steal, then guests, who are in user)
  const ticks = (lines.first('cpu') ?? '').trim().split(/\s+/).slice(0, 8).map(Number)
  const [, , , idle = 0, ioWait = 0, , , steal = 0] = ticks
  if (atSeconds === null || ticks.length < 4 || !ticks.every(Number.isFinite)) return undefined
  return {
    atSeconds,
    cpuTicks: ticks.reduce((sum, each) => sum + each, 0),
    cpuIdleTicks: idle + ioWait,
    cpuStealTicks: steal,
    swapInPages: lines.number('pswpin'),
    swapOutPages: lines.number('pswpout'),
    listenOverflows: lines.number('ListenOverflows'),
  }
}
