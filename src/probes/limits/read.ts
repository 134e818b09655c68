import { z } from 'zod'
import { decodeIpv4, decodeIpv6 } from '../proc-net.js'

export const peerSchema = z.object({
  address: z.string(),
  port: z.number(),
  /** Connections to it in any state. */
  connections: z.number(),
  /** Of them, those that are over and keep their port for a minute (TIME_WAIT). */
  waiting: z.number(),
})

export const taskLimitSchema = z.object({
  uid: z.number(),
  /** Tasks of this user that can be seen. */
  count: z.number(),
  /** The least that one of its web processes may have (`ulimit -u`); null = any number. */
  max: z.number().nullable(),
  /** The process with that limit. */
  pid: z.number(),
})

export const taskGroupSchema = z.object({
  /** `/system.slice/pm2-deploy.service` */
  path: z.string(),
  count: z.number(),
  max: z.number(),
})

/** Lines `peer 0100007F:0BB8 412 400`: an address as in /proc/net/tcp, connections, and those of them in TIME_WAIT. */
export function readPeers(text: string): z.infer<typeof peerSchema>[] {
  // sample: peer 0000000000000000FFFF00000100007F:0BB8 412 400
  const rows = text.matchAll(/^peer ([\dA-F]{8}|[\dA-F]{32}):([\dA-F]{4}) (\d+) (\d+)$/gm)
  return [...rows].map(([, hex = '', port = '', connections, waiting]) => ({
    address: hex.length === 8 ? decodeIpv4(hex) : decodeIpv6(hex).replace(/^::ffff:(?=\d+\.)/, ''),
    port: Number.parseInt(port, 16),
    connections: Number(connections),
    waiting: Number(waiting),
  }))
}

/** Lines `closed 0BB8 12`: a port, and connections that were ended there. */
export function readClosed(text: string): { port: number; count: number }[] {
  return [...text.matchAll(/^closed ([\dA-F]{4}) (\d+)$/gm)].map(([, port = '', count]) => ({
    port: Number.parseInt(port, 16),
    count: Number(count),
  }))
}

/** Lines `limit PID UID MAX|unlimited` and `count UID TASKS`: of each user the least limit. */
export function readTasks(text: string): z.infer<typeof taskLimitSchema>[] {
  const counts = new Map(
    [...text.matchAll(/^count (\d+) (\d+)$/gm)].map(([, uid, count]) => [Number(uid), Number(count)]),
  )
  const least = new Map<number, z.infer<typeof taskLimitSchema>>()
  for (const [, pid, owner, limit] of text.matchAll(/^limit (\d+) (\d+) (\d+|unlimited)$/gm)) {
    const uid = Number(owner)
    const max = limit === 'unlimited' ? null : Number(limit)
    const known = least.get(uid)
    if (known && (known.max ?? Number.POSITIVE_INFINITY) <= (max ?? Number.POSITIVE_INFINITY)) continue
    least.set(uid, { uid, count: counts.get(uid) ?? 0, max, pid: Number(pid) })
  }
  return [...least.values()]
}

/** Lines `CURRENT MAX|max PATH`: the groups that have a limit. */
export function readGroups(text: string): z.infer<typeof taskGroupSchema>[] {
  // sample: 41 4915 /system.slice/pm2-deploy.service
  return [...text.matchAll(/^(\d+) (\d+) (\/.*)$/gm)].map(([, count, max, path = '']) => ({
    path,
    count: Number(count),
    max: Number(max),
  }))
}
