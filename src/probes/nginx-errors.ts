import { z } from 'zod'
import { ParseError } from '../errors.js'
import { sh } from '../shell.js'
import { defineProbe, type Section } from './define.js'
import host from './host.js'
import nginx from './nginx.js'
import { errorKindSchema } from './nginx-errors/classify.js'
import { type LogLine, readLine } from './nginx-errors/read-line.js'

export type { ErrorKind } from './nginx-errors/classify.js'

const timeMs = z.number().nullable()

const nginxErrorsFactsSchema = z.object({
  files: z.array(z.object({ path: z.string(), exists: z.boolean(), sizeBytes: z.number(), modifiedMs: timeMs })),
  /** Lines that say the same: of one kind, level, errno, phase, upstream and site. The newest kind is last. */
  kinds: z.array(
    z.object({
      kind: errorKindSchema,
      /** warn, error, crit, alert. */
      level: z.string(),
      errno: z.number().nullable(),
      /** What nginx was doing: `while connecting to upstream`. */
      phase: z.string().nullable(),
      /** Scheme and address, without the path: `http://127.0.0.1:3000`, `http://unix:/run/app.sock`. */
      upstream: z.string().nullable(),
      /** The site: the first name of its `server_name`. */
      server: z.string().nullable(),
      /** In the part of the log that was read: its last 256 KiB. */
      count: z.number(),
      /** Of those, within the hour before the host's clock. */
      countLastHour: z.number(),
      firstMs: timeMs,
      lastMs: timeMs,
      /** The newest line, as written. */
      sample: z.string(),
    }),
  ),
  /** `[emerg]` lines, newest last. `file` and `line` where they name a place of the configuration. */
  emergencies: z.array(
    z.object({ atMs: timeMs, text: z.string(), file: z.string().nullable(), line: z.number().nullable() }),
  ),
})

export type NginxErrorsFacts = z.infer<typeof nginxErrorsFactsSchema>

/** The last lines of nginx's error logs, put into kinds. Only lines in nginx's own form leave the host. */
export default defineProbe({
  name: 'nginx-errors',
  title: "nginx's error logs",
  needs: { nginx, host },
  elevated: true,
  limits: { bytes: 1024 * 1024 },
  script: ({ nginx }) => {
    const logs = nginx.known ? nginx.value.errorLogs.slice(0, maxLogs) : []
    if (logs.length === 0) return undefined
    return sh`
      nginx_errors_tail() {
        tail -c 262144 "$1" | grep -E '^[0-9]{4}/[0-9]{2}/[0-9]{2} [0-9:]{8} \[(warn|error|crit|alert|emerg)\] ' | tail -n 2000
      }
      nginx_errors_show() {
        if [ -f "$1" ]; then
          part log "$(stat -L -c '%Y %s' "$1")" "$1"
          if [ -r "$1" ]; then nginx_errors_tail "$1"; else cannot permission "nginx's error log $1"; fi
        elif [ -e "$1" ]; then cannot not-asked "nginx's error log $1 (it is not a regular file)"
        elif [ -x "\${1%/*}" ] || [ ! -e "\${1%/*}" ]; then part absent "$1"
        else cannot permission "nginx's error log $1"
        fi
      }
      date '+now %s %z'
      for nginx_errors_log in ${logs}; do
        nginx_errors_show "$nginx_errors_log"
        # Right after a rotation, what led here is in the former file.
        [ -s "$nginx_errors_log" ] || [ ! -f "$nginx_errors_log.1" ] || nginx_errors_show "$nginx_errors_log.1"
      done
    `
  },
  facts: nginxErrorsFactsSchema,
  parse: parseErrors,
})

const maxLogs = 20

function parseErrors(section: Section): NginxErrorsFacts {
  const { nowMs, utcOffsetMinutes } = readClock(section.text)
  const logs = section.parts.filter(({ kind }) => kind === 'log' || kind === 'absent')
  const lines = logs
    .flatMap(({ text }) => text.split('\n'))
    .flatMap((line) => readLine(line, utcOffsetMinutes) ?? [])
    .sort((a, b) => a.atMs - b.atMs)
  return { files: logs.map(readLog), kinds: groupLines(lines, nowMs), emergencies: lines.flatMap(readEmergency) }
}

function readClock(text: string): { nowMs: number; utcOffsetMinutes: number } {
  // sample: now 1795507181 +0530
  const [, seconds, sign, hours, minutes] = /^now (\d+) ([+-])(\d\d)(\d\d)$/m.exec(text) ?? []
  if (seconds === undefined) throw new ParseError('the clock of the host is missing', text.split('\n')[0])
  const offset = Number(hours) * 60 + Number(minutes)
  return { nowMs: Number(seconds) * 1000, utcOffsetMinutes: sign === '-' ? -offset : offset }
}

function readLog({ kind, label }: Section['parts'][number]): NginxErrorsFacts['files'][number] {
  if (kind === 'absent') return { path: label, exists: false, sizeBytes: 0, modifiedMs: null }
  const [seconds, size, ...path] = label.split(' ')
  return { path: path.join(' '), exists: true, sizeBytes: Number(size), modifiedMs: Number(seconds) * 1000 }
}

type Kind = NginxErrorsFacts['kinds'][number]

const hourMs = 3_600_000

/** Lines come oldest first. */
function groupLines(lines: readonly LogLine[], nowMs: number): Kind[] {
  const groups = new Map<string, Kind>()
  for (const { kind, level, errno, phase, upstream, server, atMs, text } of lines) {
    if (level === 'emerg') continue
    const key = JSON.stringify([kind, level, errno, phase, upstream, server])
    const group = groups.get(key) ?? {
      kind,
      level,
      errno,
      phase,
      upstream,
      server,
      count: 0,
      countLastHour: 0,
      firstMs: atMs,
      lastMs: atMs,
      sample: text,
    }
    groups.set(key, {
      ...group,
      count: group.count + 1,
      countLastHour: group.countLastHour + (atMs > nowMs - hourMs ? 1 : 0),
      lastMs: atMs,
      sample: text,
    })
  }
  return [...groups.values()].sort((a, b) => (a.lastMs ?? 0) - (b.lastMs ?? 0))
}

function readEmergency({ level, atMs, message }: LogLine): NginxErrorsFacts['emergencies'] {
  if (level !== 'emerg') return []
  // sample: unknown directive "proxy_pas" in /etc/nginx/sites-enabled/app:12
  const [, text = message, file = null, line] = /^(.*) in (\/.*):(\d+)$/.exec(message) ?? []
  return [{ atMs, text, file, line: line === undefined ? null : Number(line) }]
}
