import { ParseError } from '../../errors.js'
import type { Part } from '../define.js'
import { KeyLines } from '../key-lines.js'
import { readJson } from '../read-json.js'
import { type HttpAnswer, httpRequestSchema } from './facts.js'

type Failure = NonNullable<HttpAnswer['failure']>

/** What curl (7.29 to 8), wget and Node.js say, in words that they share; of several that fit the first counts. */
const failures: readonly [RegExp, Failure][] = [
  // sample: connect to 127.0.0.1 port 3001 failed: Connection refused
  [/refused/i, 'refused'],
  // sample: socket hang up (Node.js, which calls it ECONNRESET too)
  [/Empty reply|No data received|socket hang up/i, 'empty'],
  // sample: Recv failure: Connection reset by peer
  [/reset|EPIPE/i, 'reset'],
  // sample: No route to host, ENETUNREACH, connect ENOENT /run/app.sock
  [/No route|unreach|No such file|ENOENT/i, 'unreachable'],
  // sample: connect EACCES /run/app.sock
  [/denied|not permitted|EACCES|EPERM/i, 'denied'],
  // sample: Received HTTP/0.9 when not allowed, Parse Error: Expected HTTP/, No headers, assuming HTTP/0.9
  [/HTTP\/0|Parse Error/i, 'not-http'],
  // sample: Could not resolve host: app.internal
  [/resolve|ENOTFOUND|EAI_AGAIN/i, 'dns'],
  // sample: error:0A00010B:SSL routines::wrong version number
  [/SSL|TLS|EPROTO|certificate/i, 'tls'],
]

/** One answer, or how it failed to come. Throws ParseError for a part that no client of ours wrote. */
export function readAnswer({ label, text }: Part): HttpAnswer {
  const request = httpRequestSchema.safeParse(readJson(label))
  if (!request.success) throw new ParseError('an answer to a request that is not one of ours', label)
  const lines = new KeyLines(text)
  // sample: timing 200 0.000321 0.012345 0.012400
  const [code = 0, connectSeconds = 0, firstByteSeconds = 0, totalSeconds = 0] = (lines.first('timing') ?? '')
    .split(' ')
    .map(Number)
  const status = lines.number('status') ?? (code > 0 ? code : null)
  // sample: Read error (Connection timed out) in headers. (wget)
  const hasConnected = lines.has('connected') || connectSeconds > 0 || / in headers/.test(lines.first('reason') ?? '')
  return {
    ...request.data,
    status,
    failure: status === null ? nameFailure(lines.first('reason') ?? '', hasConnected) : null,
    elapsedMs: lines.number('elapsed') ?? Math.round(1000 * (firstByteSeconds || totalSeconds)),
    server: lines.first('server'),
    location: lines.first('location'),
  }
}

function nameFailure(reason: string, hasConnected: boolean): Failure {
  if (/timed? ?out/i.test(reason)) return hasConnected ? 'response-timeout' : 'connect-timeout'
  return failures.find(([words]) => words.test(reason))?.[1] ?? 'other'
}
