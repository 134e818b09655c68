import { createHash } from 'node:crypto'
import { ParseError } from '../../errors.js'
import type { Part, Section } from '../define.js'
import type { GatewayFacts } from './facts.js'

/** The texts of the parts of a kind. */
export function textsOf({ parts }: Section, kind: string): string[] {
  return parts.filter((part) => part.kind === kind).map(({ text }) => text)
}

/** The values of `WORD value` lines. */
export function valuesAfter(lines: readonly string[], word: string): string[] {
  return lines.flatMap((line) => (line.startsWith(`${word} `) ? [line.slice(word.length + 1).trim()] : []))
}

export function valueAfter(lines: readonly string[], word: string): string | undefined {
  return valuesAfter(lines, word).find((value) => value !== '')
}

/** null for what is no number, as of a line that was cut off. */
function readNumber(text: string, factor = 1): number | null {
  return /^\d+$/.test(text) ? Number(text) * factor : null
}

/** The latest of those that are known. */
export function latest(times: readonly (number | null)[]): number | null {
  return times.reduce((latest, each) => (latest === null || (each !== null && each > latest) ? each : latest), null)
}

/** The earliest of those that are known. */
export function earliest(times: readonly (number | null)[]): number | null {
  return times.reduce((first, each) => (first === null || (each !== null && each < first) ? each : first), null)
}

type Processes = Pick<GatewayFacts, 'running' | 'masterPid' | 'startedMs' | 'workersStartedMs'>

/**
 * Reads `master PID STARTTICKS …`, `worker PID STARTTICKS PARENT`, `hidden PIDFILE` and `ticks PER_SECOND BOOTED_SECONDS`.
 * The last reload is told by the youngest worker, unless a gateway starts others by itself.
 */
export function readProcesses(lines: readonly string[], tellReload = latest): Processes {
  const [ticksPerSecond = 100, bootedSeconds = 0] = (valueAfter(lines, 'ticks') ?? '').split(' ').map(Number)
  const startedMs = (ticks = '') => {
    const count = readNumber(ticks)
    return count === null ? null : Math.round((bootedSeconds + count / ticksPerSecond) * 1000)
  }
  // A master of root's comes after one of another user, and is the one that counts.
  const master = valuesAfter(lines, 'master').at(-1)?.split(' ')
  const workers = valuesAfter(lines, 'worker')
    .map((line) => line.split(' '))
    .flatMap(([, ticks, parent]) => (parent === master?.[0] ? [startedMs(ticks)] : []))
  return {
    running: master !== undefined || valueAfter(lines, 'hidden') !== undefined,
    masterPid: master ? readNumber(master[0] ?? '') : null,
    startedMs: master ? startedMs(master[1]) : null,
    workersStartedMs: master ? tellReload(workers) : null,
  }
}

/** A file of the configuration, as the script printed it. */
export interface ReadFile {
  path: string
  text: string
  isCut: boolean
  modifiedMs: number | null
}

/** Reads the parts `file MTIME whole|cut PATH`. */
export function readFiles({ parts, cut }: Section): ReadFile[] {
  return parts.flatMap((part, index) =>
    part.kind === 'file' ? [readFile(part, cut !== undefined && index === parts.length - 1)] : [],
  )
}

function readFile({ label, text }: Part, isLastOfCut: boolean): ReadFile {
  const [mtime = '', whole = '', ...path] = label.split(' ')
  return { path: path.join(' '), text, isCut: isLastOfCut || whole !== 'whole', modifiedMs: readNumber(mtime, 1000) }
}

/** Reads the part `unit`, of `systemctl show`, and the part `journal`. */
export function readUnit(section: Section): GatewayFacts['unit'] {
  const properties = new Map(
    (textsOf(section, 'unit')[0] ?? '').split('\n').map((line) => {
      const [name = '', ...value] = line.split('=')
      return [name, value.join('=')]
    }),
  )
  const activeState = properties.get('ActiveState')
  if (activeState === undefined || properties.get('LoadState') === 'not-found') return null
  const journal = (textsOf(section, 'journal')[0] ?? '')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('-- '))
  return {
    activeState,
    result: properties.get('Result') ?? '',
    enabled: properties.get('UnitFileState') ?? '',
    lastMessages: journal,
  }
}

/** SHA-256 over paths and texts. */
export function digest(files: readonly Pick<ReadFile, 'path' | 'text'>[]): string {
  const hash = createHash('sha256')
  for (const { path, text } of files) hash.update(`${path}\n${text}\n`)
  return hash.digest('hex')
}

/** What the words of library.ts say of any gateway; a probe adds what its configuration means. */
export interface Found {
  /** The `WORD value` lines. */
  lines: string[]
  files: ReadonlyMap<string, ReadFile>
  /** Files that the configuration names and that are not there. */
  absent: ReadonlySet<string>
  /** Whether nothing of the configuration stayed unseen: only then what is missing in it is missing. */
  isWhole: boolean
  facts: GatewayFacts
}

/** Whether any of the clues to a gateway is there. Throws ParseError for an answer cut off before all had been looked for. */
export function wasFound(clues: readonly boolean[], lines: readonly string[], { cut }: Section): boolean {
  const isFound = clues.some(Boolean)
  const isSettled = isFound || cut === undefined || valuesAfter(lines, 'binary').length > 0
  if (!isSettled) throw new ParseError('it did not come to its end')
  return isFound
}

export function readGateway(section: Section, tellReload = latest): Found {
  const lines = [section.text, ...textsOf(section, 'found')].join('\n').split('\n')
  const files = readFiles(section)
  const processes = readProcesses(lines, tellReload)
  const binary = valueAfter(lines, 'binary') ?? null
  const isRead = section.cut === undefined && section.blind.every(({ what }) => !/^the \w+ configuration /.test(what))
  const unitName = section.parts.find(({ kind }) => kind === 'unit')?.label
  return {
    lines,
    files: new Map(files.map((file) => [file.path, file])),
    absent: new Set(valuesAfter(lines, 'absent')),
    isWhole: isRead && files.every(({ isCut }) => !isCut),
    facts: {
      installed: wasFound([binary !== null, processes.masterPid !== null], lines, section),
      ...processes,
      // A gateway of one process only is its own worker.
      workersStartedMs: processes.workersStartedMs ?? processes.startedMs,
      version: null,
      binary,
      user: null,
      unit: readUnit(section),
      ...(unitName !== undefined && { unitName }),
      configFile: valueAfter(lines, 'config') ?? null,
      files: files.map(({ path, modifiedMs }) => ({ path, modifiedMs })),
      ...(!isRead && { isPartlyRead: true as const }),
      configModifiedMs: latest(files.map(({ modifiedMs }) => modifiedMs)),
      configDigest: files.length === 0 ? null : digest(files),
      mistakes: [],
      sites: [],
      upstreams: [],
      errorLogs: [],
    },
  }
}
