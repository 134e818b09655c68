import type { LogLine } from '../gateway/read-log.js'
import { classify } from './classify.js'

const longestText = 1000
/** NGX_MAX_ERROR_STR, beyond which nginx cuts off. */
const longestLine = 2048

/** Reads a line as `ngx_log_error_core()` and `ngx_http_log_error()` write it; undefined for what is none, or cut off. */
export function readLine(whole: string, utcOffsetMinutes: number): LogLine | undefined {
  const line = whole.slice(0, longestLine)
  // sample: 2026/11/24 08:14:02 [error] 812#812: *41 connect() failed (111: Connection refused) while connecting to upstream, client: 10.0.0.9, server: app.example, request: "GET / HTTP/1.1", upstream: "http://127.0.0.1:3000/", host: "app.example"
  const match = /^(\d{4})\/(\d\d)\/(\d\d) (\d\d):(\d\d):(\d\d) \[(\w+)\] \d+#\d+: (?:\*\d+ )?(.*)$/.exec(line)
  if (!match) return undefined
  const [year = 0, month = 0, day, hours, minutes, seconds] = match.slice(1, 7).map(Number)
  const [, , , , , , , level = '', rest = ''] = match
  const [message = '', fields = ''] = splitOnce(rest, /, (?:client|server|upstream): /)
  const errno = readErrno(message)
  const phase = / (while [a-zA-Z ]+)/.exec(message)?.[1]?.trim() ?? null
  return {
    atMs: Date.UTC(year, month - 1, day, hours, minutes, seconds) - utcOffsetMinutes * 60_000,
    level,
    message,
    kind: classify(message, errno, phase),
    errno,
    phase,
    upstream: readUpstream(fields),
    server: readServer(fields),
    text: line.slice(0, longestText),
  }
}

/** The message ends where the first field starts; it may hold commas itself. */
function splitOnce(text: string, border: RegExp): [string, string] {
  const index = text.search(border)
  return index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index)]
}

/** The number says what failed in every language and C library; the words after it do not. */
function readErrno(message: string): number | null {
  // sample: connect() failed (111: Connection refused)
  const number = /\((\d+): /.exec(message)?.[1]
  return number === undefined ? null : Number(number)
}

function readServer(fields: string): string | null {
  // sample: , server: app.example, request: …; empty for a site without name
  return /, server: ([^,]+)/.exec(fields)?.[1] ?? null
}

function readUpstream(fields: string): string | null {
  // sample: upstream: "http://127.0.0.1:3000/api?x=1", upstream: "http://unix:/run/app.sock:/api"
  return /, upstream: "((?:[a-z]+:\/\/)?(?:unix:[^:"]+|[^/"]+))/.exec(fields)?.[1] ?? null
}
