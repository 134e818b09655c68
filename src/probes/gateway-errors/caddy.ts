import type { LogLine } from '../gateway/read-log.js'
import { readLogTime } from '../log-time.js'
import { type Message, phases, readErrnoWords, say, sayEmergency, sayErrno } from './line.js'

/** A line of Caddy's log, in JSON or for a console. The fields are searched for: a line may have been cut, or had its headers taken out. */
interface Fields {
  atMs: number | null
  level: string
  logger: string
  message: string
  rest: string
}

/** Reads a line of Caddy's log; undefined for what is none, and for what is no trouble with an app. */
export function readCaddyLine(line: string, utcOffsetMinutes: number): LogLine | undefined {
  const fields = readJsonFields(line) ?? readConsoleFields(line, utcOffsetMinutes)
  const message = fields && readFields(fields)
  if (!fields || !message || fields.atMs === null) return undefined
  return { ...message, atMs: fields.atMs, text: line }
}

/** What Caddy writes to the journal before it has a log: `Error: adapting config using caddyfile: …`. */
export function readCaddyMessage(line: string): Message | undefined {
  const fields = readJsonFields(line) ?? readConsoleFields(line, 0)
  if (fields) return readFields(fields)
  const [, words] = /^Error: (.*)$/.exec(line) ?? []
  return words === undefined ? undefined : sayEmergency(words)
}

function readJsonFields(line: string): Fields | undefined {
  if (!line.startsWith('{')) return undefined
  const ts = textOf(line, 'ts')
  // sample: {"level":"error","ts":1795516073.671638,"logger":"http.log.error.log0","msg":"dial tcp 127.0.0.1:3000: connect: connection refused","request":{…
  const seconds = /"ts":(\d+(?:\.\d+)?)/.exec(line)?.[1]
  const atMs =
    seconds === undefined ? readLogTime((ts ?? '').replaceAll('/', '-'), 0) : Math.floor(Number(seconds) * 1000)
  const rest = line.slice(line.indexOf('"msg":'))
  return {
    atMs,
    level: textOf(line, 'level') ?? '',
    logger: textOf(line, 'logger') ?? '',
    message: textOf(line, 'msg') ?? '',
    rest,
  }
}

function readConsoleFields(line: string, utcOffsetMinutes: number): Fields | undefined {
  // sample: 2026/11/24 10:27:57.996	ERROR	http.log.error	dial tcp 127.0.0.1:3000: connect: connection refused	{"request": {…
  const [, day, time, level = '', logger = '', message = '', rest = ''] =
    /^(\d{4}\/\d\d\/\d\d) (\S+)\t(?:\u001b\[\d+m)?([A-Z]+)(?:\u001b\[0m)?\t([\w.]+)\t([^\t]*)(?:\t(.*))?$/.exec(line) ??
    []
  if (day === undefined) return undefined
  return {
    atMs: readLogTime(`${day.replaceAll('/', '-')} ${time}`, utcOffsetMinutes),
    level: level.toLowerCase(),
    logger,
    message,
    rest,
  }
}

/** A field of JSON that is a text. */
function textOf(line: string, name: string): string | undefined {
  return new RegExp(`"${name}": ?"((?:[^"\\\\]|\\\\.)*)"`).exec(line)?.[1]?.replace(/\\(["\\/])/g, '$1')
}

function readFields({ level, logger, message, rest }: Fields): Message | undefined {
  const server = textOf(rest, 'host') ?? null
  if (logger.startsWith('http.log.error')) return { ...readTrouble(message, phases.header), level, server }
  if (logger.includes('health_checker')) return readCheck(message, rest, level, server)
  if (logger === 'http.handlers.reverse_proxy' && message === 'reading from backend')
    return say(`${message}: ${textOf(rest, 'error')}`, 'closed-early', { level, phase: phases.body })
  return undefined
}

function readCheck(message: string, rest: string, level: string, host: string | null): Message | undefined {
  const details = { level, upstream: host === null ? null : `http://${host}` }
  if (/^unexpected status code/.test(message)) return say(message, 'health-check', { ...details, phase: phases.check })
  const error = textOf(rest, 'error')
  if (error === undefined) return undefined
  const { kind, errno } = readTrouble(error, phases.check)
  return say(`${message}: ${error}`, kind, { ...details, errno, phase: phases.check })
}

/** What the libraries of Go say when a request to an app fails. */
function readTrouble(message: string, phase: string): Message {
  // sample: dial tcp 127.0.0.1:3000: connect: connection refused, dial unix /run/app.sock: connect: …, dial tcp: lookup app.internal on …
  const name = /dial tcp: lookup (\S+)/.exec(message)?.[1]
  if (name !== undefined) return say(message, 'name-not-resolved', { upstream: `http://${name}` })
  const [, network, address] = /dial (tcp[46]?|unix) (\S+): /.exec(message) ?? []
  if (address !== undefined) {
    const upstream = network === 'unix' ? `http://unix:${address}` : `http://${address}`
    const errno = /i\/o timeout/.test(message) ? 110 : readErrnoWords(message)
    return sayErrno(message, errno, phases.connect, { upstream })
  }
  const [, peer] = /->(\S+): (?:read|write): /.exec(message) ?? []
  if (peer !== undefined)
    return sayErrno(message, readErrnoWords(message), phases.header, { upstream: `http://${peer}` })
  const kind = kinds.find(([words]) => words.test(message))?.[1] ?? 'other'
  return say(message, kind, {
    phase: kind === 'no-live-upstreams' ? phases.connect : kind === 'tls' ? phases.handshake : phase,
  })
}

const kinds: readonly [RegExp, Message['kind']][] = [
  [/^no upstreams available/, 'no-live-upstreams'],
  [/(?:^|: )(?:unexpected )?EOF$|server closed idle connection/, 'closed-early'],
  [/timeout awaiting response headers|Client\.Timeout exceeded/, 'response-timeout'],
  [/response headers exceeded/, 'header-too-big'],
  [/malformed/, 'invalid-response'],
  [/\b(?:tls|x509): /, 'tls'],
]
