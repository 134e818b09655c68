import type { LogLine } from '../gateway/read-log.js'
import { type Message, phases, say, sayEmergency, sayErrno } from './line.js'

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** Reads a line of Apache's error log; undefined for what is none, and for what only repeats the line before. */
export function readApacheLine(line: string, utcOffsetMinutes: number): LogLine | undefined {
  // sample: [Tue Nov 24 10:26:59.278662 2026] [proxy:error] [pid 76:tid 104] (111)Connection refused: AH00957: http: attempt to connect to 127.0.0.1:3000 (127.0.0.1:3000) failed
  const match =
    /^\[\w{3} (\w{3}) +(\d+) (\d\d):(\d\d):(\d\d)(?:\.(\d{3})\d*)? (\d{4})\] \[(\w*):?(\w+)\] \[pid [^\]]*\] (.*)$/.exec(
      line,
    )
  if (!match) return undefined
  const [, month = '', day, hours, minutes, seconds, fraction, year, , level = '', rest = ''] = match
  const isTrouble = ['warn', 'error', 'crit', 'alert', 'emerg'].includes(level)
  const message = isTrouble ? readApacheMessage(rest, level) : undefined
  if (!message) return undefined
  const local = Date.UTC(
    Number(year),
    months.indexOf(month),
    Number(day),
    Number(hours),
    Number(minutes),
    Number(seconds),
    Number(fraction ?? 0),
  )
  return {
    ...message,
    level: message.level === 'emerg' ? 'emerg' : level,
    atMs: local - utcOffsetMinutes * 60_000,
    text: line,
  }
}

/** Codes that follow from a line that has been told. */
const repetitions = new Set(['AH01114', 'AH00959', 'AH01097', 'AH01084'])

/** The errno comes first, then the visitor, then Apache's code, which stays the same over its versions. */
export function readApacheMessage(rest: string, level = 'error'): Message | undefined {
  // sample: (104)Connection reset by peer: [client 127.0.0.1:44240] AH01102: error reading status line from remote server 127.0.0.1:4005
  const match = /^(?:\((?:EAI )?(\d+)\)[^:]*: )?(?:\[(?:client|remote) [^\]]*\] )?(?:(AH\d{5}): )?(.*)$/.exec(rest)
  const [, number, code = '', words = ''] = match ?? []
  const errno = number === undefined ? null : Number(number)
  if (repetitions.has(code) || /^Error reading from remote server/.test(words)) return undefined
  if (level === 'emerg' || code === 'AH00526' || code === 'AH00072') return sayEmergency(words)
  return readCode(code, words, errno) ?? readRest(words, errno)
}

function readCode(code: string, words: string, errno: number | null): Message | undefined {
  switch (code) {
    case 'AH00957':
      return sayErrno(words, errno === 70007 ? 110 : errno, phases.connect, { upstream: addressIn(words) })
    case 'AH02454':
      return sayErrno(words, errno, phases.connect, { upstream: socketIn(words) })
    case 'AH01102':
      return readNoStatus(words, errno)
    case 'AH00898':
      return readProxyError(words)
    case 'AH10124':
      return say(words, 'header-too-big', { phase: phases.header })
    case 'AH01106':
      return say(words, 'invalid-response', { phase: phases.header })
    case 'AH01110':
      return say(words, 'closed-early', { phase: phases.body })
    case 'AH01144':
      // The URL is the visitor's, so the line names no server: No protocol handler was valid for the URL / (scheme 'http').
      return say(words, 'no-handler')
    case 'AH00161':
    case 'AH00484':
    case 'AH00485':
    case 'AH10159':
      return say(words, 'worker-connections')
    default:
      return undefined
  }
}

/** 70007 is APR_TIMEUP; what has no number of Linux (20014, 70014) is a connection that was closed. */
function readNoStatus(words: string, errno: number | null): Message {
  const upstream = `http://${/remote server (\S+)/.exec(words)?.[1] ?? ''}`
  if (errno === 70007) return say(words, 'response-timeout', { phase: phases.header, upstream })
  if (errno === 104) return sayErrno(words, errno, phases.header, { upstream })
  return say(words, 'closed-early', { phase: phases.header, upstream })
}

function readProxyError(words: string): Message | undefined {
  // sample: DNS lookup failure for: app.internal returned by /, Error during SSL Handshake with remote server returned by /
  const name = /^DNS lookup failure for: (\S+)/.exec(words)?.[1]
  if (name !== undefined) return say(words, 'name-not-resolved', { upstream: `http://${name}` })
  return /SSL Handshake/.test(words) ? say(words, 'tls', { phase: phases.handshake }) : undefined
}

function readRest(words: string, errno: number | null): Message {
  // sample: balancer://pool: All workers are in error state
  const [, balancer] = /^(balancer:\/\/[^:]+): All workers are in error state/.exec(words) ?? []
  if (balancer !== undefined) return say(words, 'no-live-upstreams', { phase: phases.connect, upstream: balancer })
  if (errno === 23 || errno === 24) return say(words, 'open-files', { errno })
  return say(words, errno === 28 || errno === 30 || errno === 122 ? 'disk' : 'other', { errno })
}

function addressIn(words: string): string | null {
  // sample: http: attempt to connect to 127.0.0.1:3000 (localhost:3000) failed
  const [, scheme = 'http', address] = /^(\w+): attempt to connect to (\S+)/.exec(words) ?? []
  return address === undefined ? null : `${scheme.toLowerCase()}://${address}`
}

function socketIn(words: string): string | null {
  const path = /Unix domain socket (\S+)/.exec(words)?.[1]
  return path === undefined ? null : `http://unix:${path}`
}
