import { z } from 'zod'
import type { KernelLine } from './line.js'

export const oomKillSchema = z.object({
  /** Epoch milliseconds. */
  atMs: z.number().nullable(),
  pid: z.number().nullable(),
  /** The kernel's name of what was killed, at most 15 characters. */
  name: z.string(),
  /** `host` = memory of the whole machine ran out; `cgroup` = the limit of a container or unit was reached. */
  scope: z.enum(['host', 'cgroup']),
  text: z.string(),
})

export const firewallBlockSchema = z.object({
  /** The last time, epoch milliseconds. */
  atMs: z.number().nullable(),
  port: z.number(),
  source: z.string(),
  count: z.number(),
})

export const reachedLimitSchema = z.object({
  /** `conntrack` = the table of connections; `tasks` = the number of processes and threads of a control group. */
  limit: z.enum(['conntrack', 'tasks']),
  /** The control group, of `tasks`. */
  group: z.string().nullable(),
  /** The last time, epoch milliseconds. */
  atMs: z.number().nullable(),
  count: z.number(),
  /** The newest line. */
  text: z.string(),
})

type ReachedLimit = z.infer<typeof reachedLimitSchema>
type OomKill = z.infer<typeof oomKillSchema>
type FirewallBlock = z.infer<typeof firewallBlockSchema>

/**
 * The processes that were killed for want of memory. Kernels before 4.19 tell a kill in two lines, `Out of memory: Kill
 * process` and `Killed process`; both are one. systemd-oomd kills whole units and says so without the kernel.
 */
export function readOomKills(lines: readonly KernelLine[]): OomKill[] {
  const kills: OomKill[] = []
  for (const { atMs, text } of lines) {
    const kill = readKernelKill(text) ?? readOomdKill(text)
    if (!kill) continue
    const last = kills.at(-1)
    if (kill.pid !== null && last?.pid === kill.pid && last.name === kill.name && isNear(last.atMs, atMs)) continue
    kills.push({ atMs, ...kill, text })
  }
  return kills
}

function isNear(aMs: number | null, bMs: number | null): boolean {
  return aMs === null || bMs === null || Math.abs(aMs - bMs) < 10_000
}

function readKernelKill(text: string): Pick<OomKill, 'pid' | 'name' | 'scope'> | undefined {
  // sample: Memory cgroup out of memory: Killed process 812 (next-server (v1) total-vm:1234kB, anon-rss:…
  const match = /(memory cgroup )?out of memory.*?: kill(?:ed)? process (\d+) \((.*?)\)(?:,| total-vm| score|$)/i.exec(
    text,
  )
  if (match) return { pid: Number(match[2]), name: match[3] ?? '', scope: match[1] ? 'cgroup' : 'host' }
  // sample: Killed process 812 (node) total-vm:1234kB, anon-rss:… (its first line may have been lost)
  const [, pid, name = ''] = /\bKilled process (\d+) \((.*?)\)(?:,| total-vm|$)/.exec(text) ?? []
  return pid === undefined ? undefined : { pid: Number(pid), name, scope: 'host' }
}

function readOomdKill(text: string): Pick<OomKill, 'pid' | 'name' | 'scope'> | undefined {
  // sample: Killed /system.slice/pm2-deploy.service due to memory pressure for /system.slice being 91.20% > 50.00%
  const [, cgroup] = /\bKilled (\/\S+) due to (?:memory|swap)/.exec(text) ?? []
  return cgroup === undefined ? undefined : { pid: null, name: cgroup.split('/').at(-1) ?? cgroup, scope: 'cgroup' }
}

/** Dropped packets to TCP ports of this host (OUT is empty), by port and source. */
export function readBlocks(lines: readonly KernelLine[]): FirewallBlock[] {
  const blocks = new Map<string, FirewallBlock>()
  for (const { atMs, text } of lines) {
    // sample: [UFW BLOCK] IN=eth0 OUT= MAC=… SRC=203.0.113.9 DST=192.0.2.2 LEN=60 … PROTO=TCP SPT=40112 DPT=3000 WINDOW=…
    const [, fields = ''] = /\b(IN=\S+ OUT= .*)/.exec(text) ?? []
    const find = (name: string) => fields.split(` ${name}=`)[1]?.split(' ')[0]
    const [source, port] = [find('SRC'), find('DPT')]
    if (source === undefined || find('PROTO') !== 'TCP' || !/^\d+$/.test(port ?? '')) continue
    const count = (blocks.get(`${port} ${source}`)?.count ?? 0) + 1
    blocks.set(`${port} ${source}`, { atMs, port: Number(port), source, count })
  }
  return [...blocks.values()]
}

/** What the kernel could not do because a limit was reached, by the limit. */
export function readReachedLimits(lines: readonly KernelLine[]): ReachedLimit[] {
  const limits = new Map<string, ReachedLimit>()
  for (const { atMs, text } of lines) {
    // sample: nf_conntrack: nf_conntrack: table full, dropping packet
    const isConntrack = /conntrack: table full\b/.test(text)
    // sample: cgroup: fork rejected by pids controller in /system.slice/pm2-deploy.service
    const group = /fork rejected by pids controller in (\S+)/.exec(text)?.[1] ?? null
    if (!isConntrack && group === null) continue
    const key = group ?? 'conntrack'
    const count = (limits.get(key)?.count ?? 0) + 1
    limits.set(key, { limit: isConntrack ? 'conntrack' : 'tasks', group, atMs, count, text })
  }
  return [...limits.values()]
}
