import { ParseError } from '../../errors.js'
import { decodeIpv4, decodeIpv6 } from '../proc-net.js'
import type { Listener } from './listener.js'

/**
 * `ss -ltnpe` of iproute2 3 to 6. Columns: state, waiting connections, backlog, local, peer, then the process and the
 * details of -e. The header differs by version and is not read.
 */
export function readSs(lines: readonly string[]): Listener[] {
  const rows = lines.filter((line) => line.startsWith('LISTEN'))
  const any = readStar(rows)
  return rows.map((line) => {
    const [, queued = '', backlog = '', local = ''] = line.split(/\s+/)
    // sample: users:(("next-server (v",pid=30474,fd=19),("node",pid=30475,fd=19)); before iproute2 3.14 (("nginx",1234,6))
    const owners = [...line.matchAll(/\("((?:[^"\\]|\\.)*)",(?:pid=)?(\d+),(?:fd=)?\d+\)/g)]
    // sample: uid:1000 ino:67371 sk:5 cgroup:/ v6only:0 <-> ; the uid of root is left out
    const [details = '', inode] = / (?:uid:\d+ )?ino:(\d+)/.exec(line) ?? []
    return {
      ...readPlace(local.replace('*:', `${any}:`), line, / v6only:(\d)/.exec(line)?.[1]),
      pids: owners.map((owner) => Number(owner[2])),
      processName: owners[0]?.[1] ?? null,
      uid: inode === undefined ? null : Number(/uid:(\d+)/.exec(details)?.[1] ?? 0),
      queued: readCount(queued),
      backlog: readCount(backlog),
    }
  })
}

/**
 * What `*` stands for: since iproute2 4.15 for IPv6 with IPv4, before it for IPv4 (and IPv6 was `:::80`). Old is a list
 * without one word that only the new form has.
 */
function readStar(rows: readonly string[]): string {
  return rows.some((line) => / (?:0\.0\.0\.0|\[[^\]]*\]):| v6only:/.test(line)) ? '[::]' : '0.0.0.0'
}

/** `netstat -ltnp`, of net-tools and of BusyBox, which calls IPv6 `tcp` too and may print no process column. */
export function readNetstat(lines: readonly string[]): Listener[] {
  const rows = lines.filter((line) => /^tcp.*\sLISTEN\b/.test(line))
  return rows.map((line) => {
    const [, queued = '', , local = ''] = line.split(/\s+/)
    // sample: LISTEN      30474/next-server (
    const [, pid, name] = /LISTEN\s+(\d+)\/(.*)$/.exec(line) ?? []
    return {
      ...readPlace(local, line),
      pids: pid === undefined ? [] : [Number(pid)],
      processName: name?.trim() ?? null,
      ...{ uid: null, queued: readCount(queued), backlog: null },
    }
  })
}

/**
 * Rows of /proc/net/tcp and tcp6 (`0100007F:0BB8 00000000:00000000 1000 67371`: local, queues, uid, inode), with lines
 * `INODE PID` of the sockets whose owners may be seen, and `PID NAME`.
 */
export function readProc(lines: readonly string[], owners: readonly string[], names: readonly string[]): Listener[] {
  const nameOf = new Map(names.map((line) => [Number.parseInt(line, 10), line.replace(/^\d+ /, '')]))
  return lines.map((line) => {
    // sample: 0100007F:0BB8 00000000:00000002 1000 67371
    const [, hex = '', port = '', queued = '', uid, inode] =
      /^((?:[\dA-F]{8}|[\dA-F]{32})):([\dA-F]{4}) [\dA-F]{8}:([\dA-F]{8}) (\d+) (\d+)$/.exec(line) ?? []
    if (inode === undefined) throw new ParseError('no row of /proc/net/tcp', line)
    const address = hex.length === 8 ? decodeIpv4(hex) : `[${decodeIpv6(hex)}]`
    const pids = owners.filter((owner) => owner.startsWith(`${inode} `)).map((owner) => Number(owner.split(' ')[1]))
    return {
      ...readPlace(`${address}:${Number.parseInt(port, 16)}`, line),
      pids,
      processName: nameOf.get(pids[0] ?? -1) ?? null,
      ...{ uid: Number(uid), queued: Number.parseInt(queued, 16), backlog: null },
    }
  })
}

function readCount(text: string): number | null {
  return /^\d+$/.test(text) ? Number(text) : null
}

/**
 * `[fe80::1%eth0]:80`, `:::80`, `127.0.0.53%lo:53`: the port follows the last colon. None is longer than 80 characters:
 * an IPv6 address has 39 at the most, the name of an interface 15.
 */
function readPlace(local: string, line: string, v6Only?: string) {
  // sample: [::ffff:127.0.0.1]:3000
  const [, address = '', port] = /^(?!.{81})\[?(.*?)(?:%[^\]:]*)?\]?(?:%[^:]*)?:(\d+)$/.exec(local) ?? []
  if (port === undefined) throw new ParseError('no address of a listening socket', line)
  return { address, port: Number(port), ...readFamilies(address, v6Only) }
}

function readFamilies(address: string, v6Only: string | undefined): Pick<Listener, 'acceptsIpv4' | 'acceptsIpv6'> {
  if (!address.includes(':')) return { acceptsIpv4: true, acceptsIpv6: false }
  if (address.startsWith('::ffff:')) return { acceptsIpv4: true, acceptsIpv6: false }
  if (address !== '::') return { acceptsIpv4: false, acceptsIpv6: true }
  return { acceptsIpv4: v6Only === undefined ? null : v6Only === '0', acceptsIpv6: true }
}
