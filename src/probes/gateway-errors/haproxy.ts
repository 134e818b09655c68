import type { LogLine } from '../gateway/read-log.js'
import { readLogTime } from '../log-time.js'
import { type Message, phases, readErrnoWords, say, sayEmergency, sayErrno } from './line.js'

/** Addresses of servers, `http://127.0.0.1:3000`, by `backend/server`: the log has only the names. */
export type ServerAddresses = ReadonlyMap<string, string>

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** Reads a line that syslog wrote for HAProxy, in its old form or its new one. */
export function readHaproxyLine(
  line: string,
  { nowMs, utcOffsetMinutes }: { nowMs: number; utcOffsetMinutes: number },
  servers: ServerAddresses,
): LogLine | undefined {
  // sample: 2026-11-24T10:27:03.628517+00:00 web1 haproxy[158]: …, Nov 24 10:27:07 web1 haproxy[158]: …
  const [, stamp = '', rest = ''] = /^(\S+|\w{3} [ \d]\d [\d:]{8}) \S+ haproxy\[\d+\]: (.*)$/.exec(line) ?? []
  const atMs = readLogTime(stamp, utcOffsetMinutes) ?? readOldTime(stamp, nowMs, utcOffsetMinutes)
  const message = readHaproxyMessage(rest, servers)
  return message && atMs !== null ? { ...message, atMs, text: line } : undefined
}

/** `Nov 24 10:27:07`: the year is this one, or the last one where that would lie ahead. */
function readOldTime(stamp: string, nowMs: number, utcOffsetMinutes: number): number | null {
  const [, month = '', day, hours, minutes, seconds] = /^(\w{3}) +(\d+) (\d\d):(\d\d):(\d\d)$/.exec(stamp) ?? []
  const index = months.indexOf(month)
  if (index < 0) return null
  const at = (year: number) =>
    Date.UTC(year, index, Number(day), Number(hours), Number(minutes), Number(seconds)) - utcOffsetMinutes * 60_000
  const year = new Date(nowMs).getUTCFullYear()
  return at(year) > nowMs + 24 * 3_600_000 ? at(year - 1) : at(year)
}

export function readHaproxyMessage(text: string, servers: ServerAddresses): Message | undefined {
  return readRequest(text, servers) ?? readDown(text, servers) ?? readAlert(text)
}

/**
 * A request that ended badly, by the two letters of its end: who ended it (S the server, s HAProxy's timeout for it, P
 * HAProxy itself) and when (C connecting, H before the answer's headers, D in its body).
 * https://docs.haproxy.org/2.6/configuration.html#8.5
 */
function readRequest(text: string, servers: ServerAddresses): Message | undefined {
  // sample: 127.0.0.1:36476 [24/Nov/2026:10:27:00.624] web refused/s1 0/0/-1/-1/3003 503 217 - - SC-- 1/1/0/0/3 0/0 "GET / HTTP/1.1"
  const [, backend = '', server = '', flags] =
    /^\S+ \[[^\]]+\] \S+ ([^\s/]+)\/(\S+) [\d/+-]+ (?:-?\d+) \+?\d+ \S+ \S+ ([A-Za-z-]{4}) \d+\//.exec(text) ?? []
  if (flags === undefined) return undefined
  const upstream =
    server === '<NOSRV>' ? `http://${backend}` : (servers.get(`${backend}/${server}`) ?? `http://${backend}/${server}`)
  const end = flags.slice(0, 2)
  if (server === '<NOSRV>' && /^[Ss]/.test(end))
    return say(text, 'no-live-upstreams', { phase: phases.connect, upstream })
  const found = ends[end]
  return found && say(text, found.kind, { phase: found.phase, upstream })
}

const ends: Readonly<Record<string, { kind: Message['kind']; phase: string }>> = {
  // Refused, unreachable, no such socket, no TLS: the log does not tell these apart.
  SC: { kind: 'connect-failed', phase: phases.connect },
  sC: { kind: 'connect-timeout', phase: phases.connect },
  SH: { kind: 'closed-early', phase: phases.header },
  sH: { kind: 'response-timeout', phase: phases.header },
  PH: { kind: 'invalid-response', phase: phases.header },
  SD: { kind: 'closed-early', phase: phases.body },
  sD: { kind: 'response-timeout', phase: phases.body },
}

function readDown(text: string, servers: ServerAddresses): Message | undefined {
  // sample: backend pool has no server available!, proxy web has no server available!
  const [, backend] = /^(?:\w+) '?([^\s']+)'? has no server available!/.exec(text) ?? []
  if (backend !== undefined)
    return say(text, 'no-live-upstreams', { phase: phases.connect, upstream: `http://${backend}` })
  // sample: Server pool/p1 is DOWN, reason: Layer4 connection problem, info: "Connection refused", check duration: 0ms. …
  const [, name = '', reason] = /^(?:Backup )?Server (\S+) is DOWN, reason: ([^,]+)/.exec(text) ?? []
  if (reason === undefined) return undefined
  const details = { upstream: servers.get(name) ?? `http://${name}` }
  if (reason === 'Layer4 connection problem') {
    const { kind, errno } = sayErrno(text, readErrnoWords(text), phases.connect)
    return say(text, kind, { ...details, errno, phase: phases.check })
  }
  return say(text, reasons[reason] ?? 'health-check', { ...details, phase: phases.check })
}

const reasons: Readonly<Record<string, Message['kind']>> = {
  'Layer4 timeout': 'connect-timeout',
  'Layer6 timeout': 'tls',
  'Layer6 invalid response': 'tls',
  'Layer7 timeout': 'response-timeout',
  'Layer7 invalid response': 'invalid-response',
}

function readAlert(text: string): Message | undefined {
  // sample: [ALERT]    (158) : config : parsing [/etc/haproxy/haproxy.cfg:8] : unknown keyword …, [ALERT] 327/102703 (158) : …
  const [, words] = /^\[ALERT\]\s+(?:\S+ )?\(\d+\) : (.*)$/.exec(text) ?? []
  if (words === undefined || /has no server available!/.test(words)) return undefined
  return /config|[Bb]ind|[Ss]tarting|[Pp]arsing|Fatal|\[[^\]]+:\d+\]/.test(words) ? sayEmergency(words) : undefined
}
