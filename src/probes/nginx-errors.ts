import { joinScripts, sh } from '../shell.js'
import { defineProbe, type Section } from './define.js'
import { type LogFacts, logFactsSchema } from './gateway/log-facts.js'
import { groupLines, type LogLine, readClock, readLogFile } from './gateway/read-log.js'
import { namesIn, readSurroundings, surroundingsLibrary } from './gateway/surroundings.js'
import host from './host.js'
import nginx from './nginx.js'
import { readLine } from './nginx-errors/read-line.js'

export type { ErrorKind } from './gateway/log-facts.js'

const readLogs = sh`
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
nginx_errors_read() {
  date '+now %s %z'
  gateway_selinux
  for nginx_errors_log; do
    nginx_errors_show "$nginx_errors_log"
    # Right after a rotation, what led here is in the former file.
    [ -s "$nginx_errors_log" ] || [ ! -f "$nginx_errors_log.1" ] || nginx_errors_show "$nginx_errors_log.1"
  done
}`

/** The last lines of nginx's error logs, put into kinds. Only lines in nginx's own form leave the host. */
export default defineProbe({
  name: 'nginx-errors',
  title: "nginx's error logs",
  needs: { nginx, host },
  elevated: true,
  limits: { bytes: 1024 * 1024 },
  library: joinScripts([surroundingsLibrary, readLogs]),
  script: ({ nginx }) => {
    const logs = nginx.known ? nginx.value.errorLogs.slice(0, maxLogs) : []
    if (!nginx.known || logs.length === 0) return undefined
    const names = namesIn(nginx.value)
    const resolve = names.length === 0 ? [] : [sh`gateway_resolve ${names}`]
    return joinScripts([sh`nginx_errors_read ${logs}`, ...resolve])
  },
  alone: sh`with_found errors nginx_errors_read`,
  facts: logFactsSchema,
  parse: parseErrors,
})

const maxLogs = 20

function parseErrors(section: Section): LogFacts {
  const { nowMs, utcOffsetMinutes } = readClock(section.text)
  const logs = section.parts.filter(({ kind }) => kind === 'log' || kind === 'absent')
  const lines = logs
    .flatMap(({ text }) => text.split('\n'))
    .flatMap((line) => readLine(line, utcOffsetMinutes) ?? [])
    .sort((a, b) => a.atMs - b.atMs)
  return {
    files: logs.map(readLogFile),
    kinds: groupLines(lines, nowMs),
    emergencies: lines.flatMap(readEmergency),
    ...readSurroundings(section),
  }
}

function readEmergency({ level, atMs, message }: LogLine): LogFacts['emergencies'] {
  if (level !== 'emerg') return []
  // sample: unknown directive "proxy_pas" in /etc/nginx/sites-enabled/app:12
  const [, text = message, file = null, line] = /^(.*) in (\/.*):(\d+)$/.exec(message) ?? []
  return [{ atMs, text, file, line: line === undefined ? null : Number(line) }]
}
