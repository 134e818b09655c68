import { z } from 'zod'
import { ParseError } from '../errors.js'
import { type Fact, knownValue } from '../fact.js'
import type { AppHint } from '../inventory/host.js'
import { joinScripts, sh } from '../shell.js'
import { folderWords } from './app-folders.js'
import { defineProbe, type Part } from './define.js'
import { keepFirst } from './keep-first.js'
import { readLogTime, readUtcOffset } from './log-time.js'
import pm2, { type Pm2Daemon, type Pm2Facts } from './pm2.js'
import { readJson } from './read-json.js'

/** What a log is, known before it is read. */
const logNameSchema = z.object({
  app: z.string(),
  /** PM2_HOME of the daemon that writes it; null for a log that was found in a folder of the inventory. */
  home: z.string().nullable(),
  stream: z.enum(['error', 'out']),
  path: z.string(),
})

const logSchema = logNameSchema.extend({
  exists: z.boolean(),
  sizeBytes: z.number(),
  modifiedMs: z.number().nullable(),
  /** The last ones, oldest first; `atMs` is null where the app writes no times. */
  lines: z.array(z.object({ atMs: z.number().nullable(), text: z.string() })),
})

const appLogsFactsSchema = z.object({ logs: z.array(logSchema) })
export type AppLogsFacts = z.infer<typeof appLogsFactsSchema>

type LogName = z.infer<typeof logNameSchema>
/** A log with the user whose rights read it; null = those of its folder's owner. */
type LogToRead = LogName & { uid: number | null }

const mostLogs = 60
const mostLines = 80
const mostBytes = 32 * 1024
/** An error says what it is at its start; a line may be a whole page of HTML. */
const longestLine = 2000

/** The logs of pm2's apps, living or only saved, and pm2-error.log and pm2-out.log in the folders of the inventory. */
function findLogs(pm2: Fact<Pm2Facts>, apps: readonly AppHint[]): LogToRead[] {
  const found = [...(knownValue(pm2)?.daemons ?? []).flatMap(logsOfDaemon), ...apps.flatMap(logsOfHint)]
  return keepFirst(found, ({ path }) => path).slice(0, mostLogs)
}

function logsOfDaemon({ home, uid, apps, saved }: Pm2Daemon): LogToRead[] {
  const entries = [...(apps ?? []).filter((app) => !app.isModule), ...(saved ?? [])]
  return entries.flatMap(({ name, errorLog, outLog }) => {
    const logs = [
      { stream: 'error' as const, path: errorLog },
      { stream: 'out' as const, path: outLog },
    ]
    return logs.flatMap(({ stream, path }) =>
      path?.startsWith('/') && path !== '/dev/null' ? [{ app: name, home, stream, path, uid }] : [],
    )
  })
}

function logsOfHint({ name, cwd }: AppHint): LogToRead[] {
  if (cwd === undefined) return []
  return (['error', 'out'] as const).map((stream) => ({
    app: name,
    home: null,
    stream,
    path: `${cwd}/logs/pm2-${stream}.log`,
    uid: null,
  }))
}

const readLog = sh`
app_logs_read() {
  if [ -f "$2" ] && [ ! -r "$2" ] || { [ ! -e "$2" ] && ! is_gone "$2"; }; then cannot permission "the log $2"; return; fi
  part log "$1"
  if [ -f "$2" ]; then stat -Lc '%s %Y' "$2"; tail -c ${mostBytes} "$2" | tail -n ${mostLines}
  else echo absent
  fi
}
`

export default defineProbe({
  name: 'app-logs',
  title: "the apps' logs",
  needs: { pm2 },
  elevated: true,
  limits: { seconds: 10, bytes: 2 * 1024 * 1024 },
  library: joinScripts([folderWords, readLog]),
  script: ({ pm2 }, apps) => {
    const logs = findLogs(pm2, apps)
    if (logs.length === 0) return undefined
    const reads = logs.map(({ uid, ...name }) => {
      const folder = name.path.slice(0, name.path.lastIndexOf('/')) || '/'
      return sh`in_folder ${uid ?? ''} ${folder} app_logs_read ${JSON.stringify(name)} ${name.path}`
    })
    return joinScripts([sh`date +%z`, ...reads])
  },
  alone: sh`date +%z; each_log app_logs_read`,
  facts: appLogsFactsSchema,
  parse: ({ text, parts, cut }) => {
    const offset = readUtcOffset(text.trim())
    const isReadable = (part: Part) => part !== parts.at(-1) || cut === undefined || isHeaded(part)
    return { logs: parts.filter(isReadable).map((part) => readPart(part, offset)) }
  },
})

/** Of an output that was cut off, the last log may lack even its first line. */
function isHeaded({ text }: Part): boolean {
  return /^(?:absent|\d+ \d{10})\n/.test(text)
}

function readPart({ label, text }: Part, utcOffsetMinutes: number): z.infer<typeof logSchema> {
  const name = readName(label)
  const [head = '', ...rest] = text.split('\n')
  if (head === 'absent') return { ...name, exists: false, sizeBytes: 0, modifiedMs: null, lines: [] }
  const stat = /^(\d+) (\d+)$/.exec(head)
  if (!stat) throw new ParseError(`the log ${name.path} came without size and time`, head)
  const sizeBytes = Number(stat[1])
  const lines = dropHalfLine(
    rest.filter((line) => line.trim() !== ''),
    sizeBytes,
  )
  return {
    ...name,
    exists: true,
    sizeBytes,
    modifiedMs: Number(stat[2]) * 1000,
    lines: lines.map((line) => ({ atMs: readLogTime(line, utcOffsetMinutes), text: line.slice(0, longestLine) })),
  }
}

function readName(label: string): LogName {
  const name = logNameSchema.safeParse(readJson(label))
  if (!name.success) throw new ParseError('a log that is not one of ours', label)
  return name.data
}

/** Reading by bytes begins in the middle of a line. */
function dropHalfLine(lines: string[], sizeBytes: number): string[] {
  const isHalf = sizeBytes > mostBytes && lines.length > 1 && lines.length < mostLines
  return isHalf ? lines.slice(1) : lines
}
