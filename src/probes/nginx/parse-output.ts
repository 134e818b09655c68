import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import type { Part, Section } from '../define.js'
import { findMistakes } from './check.js'
import { findMissingFiles } from './check-late.js'
import type { Edition } from './directives.js'
import type { Mistake, NginxFacts } from './facts.js'
import { interpretConfig } from './interpret.js'
import { type ConfigFile, findAll, type Node, named, parseConfig } from './parse.js'

/** Reads what script.ts printed. */
export function parseOutput(section: Section): NginxFacts {
  const lines = [section.text, ...textsOf(section, 'found')].join('\n').split('\n')
  const build = readBuild(textsOf(section, 'build')[0] ?? '')
  const configFile = valueAfter(lines, 'config') ?? null
  const files = readFiles(section)
  const absent = new Set(valuesAfter(lines, 'absent'))
  const byPath = new Map(files.map((file) => [file.path, file]))
  const dangling = new Set(valuesAfter(lines, 'dangling'))
  const nodes = configFile === null ? [] : parseConfig({ configFile, files: byPath, absent, dangling })
  const binary = valueAfter(lines, 'binary') ?? null
  const processes = readProcesses(lines)
  return {
    installed: binary !== null || processes.masterPid !== null || files.length > 0,
    ...processes,
    version: build.version,
    binary,
    user: named(nodes, 'user')[0]?.args[0] ?? build.options.get('user') ?? null,
    unit: readUnit(section),
    configFile,
    files: files.map(({ path, modifiedMs }) => ({ path, modifiedMs })),
    configModifiedMs: files.length === 0 ? null : Math.max(...files.map(({ modifiedMs }) => modifiedMs)),
    configDigest: files.length === 0 ? null : digest(files),
    mistakes: configFile === null ? [] : readMistakes(section, nodes, build, configFile, absent),
    ...interpretConfig(nodes),
    errorLogs: findErrorLogs(nodes, build, valueAfter(lines, 'prefix')),
    notEnabled: valuesAfter(lines, 'idle').filter((path) => !files.some((file) => file.path === path)),
  }
}

/** What is missing counts as a mistake only where all was read: it may stand in a file that was not. */
function readMistakes(
  section: Section,
  nodes: readonly Node[],
  build: Build,
  configFile: string,
  absent: ReadonlySet<string>,
): Mistake[] {
  const isWhole =
    section.cut === undefined && section.blind.every(({ what }) => !what.startsWith('the nginx configuration'))
  const found = [...findMistakes(nodes, build), ...findMissingFiles(nodes, configFile, absent)]
  return isWhole ? found : found.filter(({ message }) => !message.startsWith('no '))
}

function textsOf({ parts }: Section, kind: string): string[] {
  return parts.filter((part) => part.kind === kind).map(({ text }) => text)
}

function valuesAfter(lines: readonly string[], word: string): string[] {
  return lines.flatMap((line) => (line.startsWith(`${word} `) ? [line.slice(word.length + 1).trim()] : []))
}

function valueAfter(lines: readonly string[], word: string): string | undefined {
  return valuesAfter(lines, word).find((value) => value !== '')
}

type Processes = Pick<NginxFacts, 'running' | 'masterPid' | 'startedMs' | 'workersStartedMs'>

function readProcesses(lines: readonly string[]): Processes {
  const [ticksPerSecond = 100, bootedSeconds = 0] = (valueAfter(lines, 'ticks') ?? '').split(' ').map(Number)
  const startedMs = (ticks: string | undefined) => Math.round((bootedSeconds + Number(ticks) / ticksPerSecond) * 1000)
  // A master of root's comes after one of another user, and is the one that counts.
  const master = valuesAfter(lines, 'master').at(-1)?.split(' ')
  const workers = valuesAfter(lines, 'worker')
    .map((line) => line.split(' '))
    .flatMap(([, ticks, parent]) => (parent === master?.[0] ? [startedMs(ticks)] : []))
  return {
    running: master !== undefined || valueAfter(lines, 'hidden') !== undefined,
    masterPid: master ? Number(master[0]) : null,
    startedMs: master ? startedMs(master[1]) : null,
    workersStartedMs: master && workers.length > 0 ? Math.max(...workers) : null,
  }
}

interface Build extends Edition {
  /** Of `./configure`, without their dashes: `prefix`, `error-log-path`, `user`… */
  options: ReadonlyMap<string, string>
}

function readBuild(text: string): Build {
  // sample: nginx version: nginx/1.22.1, nginx version: openresty/1.25.3.1
  const [, product, version] = /^nginx version: ([\w-]+)\/(\S+)/m.exec(text) ?? []
  // sample: --conf-path=/etc/nginx/nginx.conf
  const options = new Map([...text.matchAll(/--([\w-]+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]))
  const isPlain = product === 'nginx' && !/--add-(?:dynamic-)?module=|nginx-plus/.test(text)
  return { version: product === 'nginx' ? (version ?? null) : null, hasForeignModules: !isPlain, options }
}

type ReadFile = ConfigFile & { modifiedMs: number }

function readFiles({ parts, cut }: Section): ReadFile[] {
  return parts.flatMap((part, index) =>
    part.kind === 'file' ? [readFile(part, cut !== undefined && index === parts.length - 1)] : [],
  )
}

function readFile({ label, text }: Part, isLastOfCut: boolean): ReadFile {
  const [mtime = '', whole = '', ...path] = label.split(' ')
  return { path: path.join(' '), text, isCut: isLastOfCut || whole !== 'whole', modifiedMs: Number(mtime) * 1000 }
}

function readUnit(section: Section): NginxFacts['unit'] {
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

function digest(files: readonly ConfigFile[]): string {
  const hash = createHash('sha256')
  for (const { path, text } of files) hash.update(`${path}\n${text}\n`)
  return hash.digest('hex')
}

/** Logs that are files. The one compiled in is used until the configuration is read, or when it names none. */
function findErrorLogs(nodes: readonly Node[], { options }: Build, givenPrefix: string | undefined): string[] {
  const written = findAll(nodes, 'error_log').map(({ args: [file = ''] }) => file)
  const hasOwn = named(nodes, 'error_log').length > 0
  const prefix = givenPrefix ?? '/usr/share/nginx'
  const compiled = options.get('error-log-path') ?? (options.size > 0 ? 'logs/error.log' : '/var/log/nginx/error.log')
  const files = [...written, ...(hasOwn || nodes.length === 0 ? [] : [compiled])].filter(isLogFile)
  return [...new Set(files.map((file) => posix.resolve(prefix, file)))]
}

function isLogFile(log: string): boolean {
  return log !== '' && log !== 'stderr' && !/^(?:syslog:|memory:|\/dev\/)/.test(log)
}
