import { z } from 'zod'
import { ParseError } from '../../errors.js'
import { redact } from '../../redact.js'
import { sanitizeLine } from '../../sanitize.js'
import { type Digests, readDigests } from '../env-digests.js'
import type { Pm2App, Pm2Release, SavedApp } from './schema.js'

type Line = Record<string, unknown>

/** Lines of JSON, an object each. The last one of a cut-off text may be broken, and is dropped. */
export function readLines(text: string, isCut: boolean): Line[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return lines.flatMap((line, at) => {
    const parsed = lineSchema.safeParse(parseJson(line))
    if (parsed.success) return [parsed.data]
    if (isCut && at === lines.length - 1) return []
    throw new ParseError('no app of pm2', line)
  })
}

const lineSchema = z.record(z.string(), z.unknown())

/** Escapes in JSON can hide what was masked and cleaned in the text as it came: each string is cleaned again. */
function parseJson(line: string): unknown {
  try {
    return JSON.parse(line, (_key, value) => (typeof value === 'string' ? redact(sanitizeLine(value)) : value))
  } catch {
    return undefined
  }
}

/** An app as the daemon holds it in memory: a line that the script `ask` printed. */
export function readApp(line: Line): Pm2App {
  const release = readRelease(line.release)
  const envDigests = readEnvDigests(line)
  return {
    id: toNumber(line.id) ?? -1,
    name: toText(line.name) ?? '',
    status: toText(line.status) ?? 'unknown',
    pid: toNumber(line.pid),
    restarts: toNumber(line.restarts) ?? 0,
    unstableRestarts: toNumber(line.unstable) ?? 0,
    startedMs: toNumber(line.started),
    createdMs: toNumber(line.created),
    exitCode: toNumber(line.exitCode),
    script: toText(line.script) ?? '',
    cwd: toText(line.cwd) ?? '',
    args: toTexts(line.args),
    execMode: line.mode === 'cluster_mode' ? 'cluster' : 'fork',
    instances: toNumber(line.instances) ?? 1,
    interpreter: toText(line.interpreter) ?? 'node',
    nodeVersion: toText(line.node),
    outLog: toLogPath(line.out),
    errorLog: toLogPath(line.error),
    // pm2 keeps the text "false" when it came from the command line
    autorestart: line.autorestart !== false && line.autorestart !== 'false',
    watch: line.watch === true,
    maxMemoryRestartBytes: toNumber(line.maxMemory),
    memoryBytes: toNumber(line.memory),
    cpuPercent: toNumber(line.cpu),
    port: toPort(line.port),
    hostname: toText(line.hostname),
    nodeEnv: toText(line.nodeEnv),
    envKeys: toTexts(line.envKeys),
    ...(envDigests && { envDigests }),
    isModule: line.module === true,
    waitReady: line.waitReady === true,
    listenTimeoutMs: toNumber(line.listenTimeout),
    stopExitCodes: toTexts(line.stopCodes).map(Number).filter(Number.isInteger),
    cronRestart: toText(line.cron),
    ...(release && { release }),
  }
}

/** In the order of the names, null where there is none: beside its name, one that tells of a secret would be masked. */
function readEnvDigests({ envKeys, envDigests }: Line): Digests | undefined {
  if (!Array.isArray(envKeys) || !Array.isArray(envDigests) || envKeys.length !== envDigests.length) return undefined
  return readDigests(envKeys.map((name, at) => `${envDigests[at]} ${name}`))
}

function readRelease(value: unknown): Pm2Release | undefined {
  const line = lineSchema.safeParse(value).data
  const [link, leadsTo] = [toText(line?.link), toText(line?.leadsTo)]
  if (link === null || leadsTo === null) return undefined
  return { link, leadsTo, linkedMs: toNumber(line?.linked), folder: toText(line?.folder) }
}

/** The version of pm2 that started the app. */
export function readVersion(line: Line | undefined): string | null {
  return toText(line?.pm2)
}

/** An app as `pm2 save` stored it: the listed fields of dump.pm2, under pm2's own names. */
export function readSavedApp(line: Line): SavedApp {
  return {
    name: toText(line.name) ?? '',
    script: toText(line.pm_exec_path) ?? '',
    cwd: toText(line.pm_cwd) ?? '',
    args: toTexts(line.args),
    port: toPort(line.PORT),
    outLog: toLogPath(line.pm_out_log_path),
    errorLog: toLogPath(line.pm_err_log_path),
  }
}

function toText(value: unknown): string | null {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null
}

function toTexts(value: unknown): string[] {
  const all: unknown[] = Array.isArray(value) ? value : [value]
  return all.flatMap((each) => (typeof each === 'string' || typeof each === 'number' ? [String(each)] : []))
}

function toNumber(value: unknown): number | null {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : null
}

function toPort(value: unknown): number | null {
  const port = toNumber(value)
  return port !== null && Number.isInteger(port) && port > 0 && port < 65536 ? port : null
}

/** pm2 takes `NULL` and `/dev/null` for "no log". */
function toLogPath(value: unknown): string | null {
  const path = toText(value)
  return path === null || path === '/dev/null' || path.toUpperCase() === 'NULL' ? null : path
}
