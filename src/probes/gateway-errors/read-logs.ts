import type { Part, Section } from '../define.js'
import type { LogFacts } from '../gateway/log-facts.js'
import type { GatewayKind } from '../gateway/names.js'
import { groupLines, type LogLine, readClock, readLogFile } from '../gateway/read-log.js'
import { readSurroundings } from '../gateway/surroundings.js'
import { readApacheLine, readApacheMessage } from './apache.js'
import { readCaddyLine, readCaddyMessage } from './caddy.js'
import { readHaproxyLine, readHaproxyMessage, type ServerAddresses } from './haproxy.js'
import type { Message } from './line.js'

/** What the lines of one gateway are read with. */
interface Reading {
  clock: { nowMs: number; utcOffsetMinutes: number }
  servers: ServerAddresses
}

interface Reader {
  line: (line: string, reading: Reading) => LogLine | undefined
  /** A line of the journal, without its time. */
  message: (text: string, reading: Reading) => Message | undefined
}

const readers: Readonly<Record<GatewayKind, Reader>> = {
  apache: {
    line: (line, { clock }) => readApacheLine(line, clock.utcOffsetMinutes),
    message: (text) => readApacheMessage(text),
  },
  caddy: {
    line: (line, { clock }) => readCaddyLine(line, clock.utcOffsetMinutes),
    message: (text) => readCaddyMessage(text),
  },
  haproxy: {
    line: (line, { clock, servers }) => readHaproxyLine(line, clock, servers),
    message: (text, { servers }) => readHaproxyMessage(text, servers),
  },
}

/** Reads the parts `gateway KIND`, each with the parts `log`, `absent` and `journal` that follow it. Throws ParseError. */
export function readGatewayLogs(section: Section): (LogFacts & { kind: GatewayKind })[] {
  const clock = readClock(section.text)
  const reading = { clock, servers: readServers(section.text) }
  return splitByGateway(section.parts).map(({ kind, parts }) => ({
    kind,
    ...readLogs(kind, parts, reading),
    ...readSurroundings({ ...section, parts }),
  }))
}

function splitByGateway(parts: readonly Part[]): { kind: GatewayKind; parts: Part[] }[] {
  const found: { kind: GatewayKind; parts: Part[] }[] = []
  for (const part of parts) {
    if (part.kind !== 'gateway') found.at(-1)?.parts.push(part)
    else if (part.label === 'apache' || part.label === 'caddy' || part.label === 'haproxy')
      found.push({ kind: part.label, parts: [part] })
  }
  return found
}

function readLogs(kind: GatewayKind, parts: readonly Part[], reading: Reading): LogFacts {
  const logs = parts.filter((part) => part.kind === 'log' || part.kind === 'absent')
  const journals = parts.filter((part) => part.kind === 'journal')
  const written = logs.flatMap((log) => log.text.split('\n')).flatMap((line) => readers[kind].line(line, reading) ?? [])
  const told = journals.flatMap((journal) => readJournal(kind, journal, reading))
  // What a file has, the journal has as well: of both only what keeps the gateway from starting is the journal's own.
  const own = written.length > 0 ? told.filter(({ level }) => level === 'emerg') : told
  const sorted = [...written, ...own].toSorted((a, b) => a.atMs - b.atMs)
  const lines = kind === 'haproxy' ? dropEchoes(sorted) : sorted
  const seen = journals.map(({ label }) => ({
    path: `journalctl -u ${label}`,
    exists: true,
    sizeBytes: 0,
    modifiedMs: null,
  }))
  return {
    files: [...logs.map(readLogFile), ...seen],
    kinds: groupLines(lines, reading.clock.nowMs),
    emergencies: lines.flatMap(readEmergency),
  }
}

function readServers(text: string): Map<string, string> {
  // sample: server app/s1 http://127.0.0.1:3000
  return new Map([...text.matchAll(/^server (\S+) (\S+)$/gm)].map(([, name = '', address = '']) => [name, address]))
}

/** Lines of `journalctl -o short-unix`. Apache says on the line after its code what is wrong. */
function readJournal(kind: GatewayKind, { text }: Part, reading: Reading): LogLine[] {
  // sample: 1795516071.694247 web1 apachectl[77]: AH00526: Syntax error on line 7 of /etc/apache2/sites-enabled/app.conf:
  const joined = text.replace(/(AH00526: [^\n]*:)\n\S+ \S+ \S+: /g, '$1 ')
  return joined.split('\n').flatMap((line) => {
    const [, seconds, said = ''] = /^(\d+\.\d+) \S+ \S+: (.*)$/.exec(line) ?? []
    const message = seconds === undefined ? undefined : readers[kind].message(said, reading)
    return message ? [{ ...message, atMs: Math.floor(Number(seconds) * 1000), text: said }] : []
  })
}

/** HAProxy says the same once for each `log` line of its configuration. */
function dropEchoes(lines: readonly LogLine[]): LogLine[] {
  return lines.filter((line, index) => {
    const before = lines[index - 1]
    return before?.message !== line.message || line.atMs - before.atMs > 2
  })
}

function readEmergency({ level, atMs, message }: LogLine): LogFacts['emergencies'] {
  if (level !== 'emerg') return []
  // sample: Syntax error on line 7 of /etc/apache2/a.conf: …, adapting config using caddyfile: /etc/caddy/Caddyfile:3: …, parsing [/etc/haproxy/haproxy.cfg:8] : …
  const [, lineBefore, fileAfter] = /on line (\d+) of (\/[^:]+):/.exec(message) ?? []
  const [, fileBefore, lineAfter] = /(\/[^\s:[\]]+):(\d+)/.exec(message) ?? []
  const line = lineBefore ?? lineAfter
  return [
    { atMs, text: message, file: fileAfter ?? fileBefore ?? null, line: line === undefined ? null : Number(line) },
  ]
}
