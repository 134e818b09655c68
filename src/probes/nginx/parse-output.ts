import { posix } from 'node:path'
import { ParseError } from '../../errors.js'
import type { Section } from '../define.js'
import {
  digest,
  latest,
  readFiles,
  readProcesses,
  readUnit,
  textsOf,
  valueAfter,
  valuesAfter,
  wasFound,
} from '../gateway/read-output.js'
import { findMistakes } from './check.js'
import { findMissingFiles } from './check-late.js'
import type { Edition } from './directives.js'
import type { Mistake, NginxFacts } from './facts.js'
import { interpretConfig } from './interpret.js'
import { countPorts } from './listen.js'
import { findAll, type Node, named, parseConfig } from './parse.js'

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
  checkPorts(nodes)
  const binary = valueAfter(lines, 'binary') ?? null
  const processes = readProcesses(lines)
  return {
    installed: wasFound([binary !== null, processes.masterPid !== null, files.length > 0], lines, section),
    ...processes,
    version: build.version,
    binary,
    user: named(nodes, 'user')[0]?.args[0] ?? build.options.get('user') ?? null,
    unit: readUnit(section),
    configFile,
    files: files.map(({ path, modifiedMs }) => ({ path, modifiedMs })),
    ...(!isWhole(section) && { isPartlyRead: true as const }),
    configModifiedMs: latest(files.map(({ modifiedMs }) => modifiedMs)),
    configDigest: files.length === 0 ? null : digest(files),
    mistakes: configFile === null ? [] : readMistakes(section, nodes, build, configFile, absent),
    ...interpretConfig(nodes),
    errorLogs: findErrorLogs(nodes, build, valueAfter(lines, 'prefix')),
    workerConnections: readCount(named(named(nodes, 'events')[0]?.block, 'worker_connections')[0]?.args[0]),
    workers: valuesAfter(lines, 'files').map(readWorker),
    notEnabled: valuesAfter(lines, 'idle').filter((path) => !files.some((file) => file.path === path)),
  }
}

/** `files 812 1024 1019`; `-` is what may not be seen. */
function readWorker(line: string): NonNullable<NginxFacts['workers']>[number] {
  const [pid, limit, open] = line.split(' ')
  return { pid: Number(pid), openFilesLimit: readCount(limit), openFiles: readCount(open) }
}

function readCount(written: string | undefined): number | null {
  return written !== undefined && /^\d+$/.test(written) ? Number(written) : null
}

const mostPorts = 20_000

/** A line or two can name every port that there is, and again in every site. */
function checkPorts(nodes: readonly Node[]): void {
  const ports = findAll(nodes, 'listen').reduce((sum, { args }) => sum + countPorts(args), 0)
  if (ports > mostPorts) throw new ParseError(`nginx listens on more ports than can be told: ${ports}`)
}

/** Whether nothing of the configuration stayed unseen. */
function isWhole({ cut, blind }: Section): boolean {
  return cut === undefined && blind.every(({ what }) => !what.startsWith('the nginx configuration'))
}

/** What is missing counts as a mistake only where all was read: it may stand in a file that was not. */
function readMistakes(
  section: Section,
  nodes: readonly Node[],
  build: Build,
  configFile: string,
  absent: ReadonlySet<string>,
): Mistake[] {
  const found = [...findMistakes(nodes, build), ...findMissingFiles(nodes, configFile, absent)]
  return isWhole(section) ? found : found.filter(({ message }) => !message.startsWith('no '))
}

interface Build extends Edition {
  /** Of `./configure`, without their dashes: `prefix`, `error-log-path`, `user`… */
  options: ReadonlyMap<string, string>
}

function readBuild(text: string): Build {
  // sample: nginx version: nginx/1.22.1, nginx version: openresty/1.25.3.1
  const [, product, version] = /^nginx version: ([\w-]+)\/(\S+)/m.exec(text) ?? []
  // sample: --conf-path=/etc/nginx/nginx.conf
  const options = new Map(
    [...text.matchAll(/(?<!\S)--([\w-]+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]),
  )
  const isPlain = product === 'nginx' && !/--add-(?:dynamic-)?module=|nginx-plus/.test(text)
  return { version: product === 'nginx' ? (version ?? null) : null, hasForeignModules: !isPlain, options }
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
