import { posix } from 'node:path'
import { z } from 'zod'
import { joinScripts, sh } from '../shell.js'
import { findAppFolders, folderWords } from './app-folders.js'
import { readBuild } from './builds/read-build.js'
import { defineProbe, type Part } from './define.js'
import { KeyLines } from './key-lines.js'
import pm2 from './pm2.js'
import processes from './processes.js'
import services from './services.js'

const buildSchema = z.object({
  /** The app's working folder, as pm2 or the kernel names it. */
  cwd: z.string(),
  /** Where Next.js looks for its build: cwd, or the folder that the app's arguments or its standalone server name. */
  folder: z.string(),
  exists: z.boolean(),
  /** Who owns the folder. */
  uid: z.number().nullable(),
  /** package.json depends on next, or a build or next.config is there. */
  isNext: z.boolean(),
  nextVersion: z.string().nullable(),
  /** The range of Node.js versions that this version of next runs on: `>=18.17.0`. */
  requiresNode: z.string().nullable(),
  startScript: z.string().nullable(),
  hasBuildScript: z.boolean(),
  /** By the lock file, here or in a folder above. */
  packageManager: z.enum(['npm', 'yarn', 'pnpm', 'bun']),
  hasLockFile: z.boolean().optional(),
  hasNodeModules: z.boolean(),
  /** Absolute. */
  distDir: z.string(),
  /** False where next.config computes the folder: then `distDir` is a guess. */
  isDistDirCertain: z.boolean(),
  distExists: z.boolean(),
  buildId: z.string().nullable(),
  builtMs: z.number().nullable(),
  /** When something was last written at the top of distDir or in the folders that a build fills. */
  lastWriteMs: z.number().nullable().optional(),
  /** What a production server needs and does not find, relative to distDir; empty where distDir itself is absent. */
  missing: z.array(z.string()),
  /** What is there was written by `next dev`. */
  isDevBuild: z.boolean(),
  /** `static`, which a standalone server does without where others serve these files. */
  hasStatic: z.boolean().optional(),
  /** `output: 'standalone'`: server.js runs without `next start`. */
  isStandalone: z.boolean(),
  /** `output: 'export'`: plain files, which `next start` refuses to serve. */
  isExport: z.boolean(),
})

const buildsFactsSchema = z.object({ builds: z.array(buildSchema) })
export type BuildsFacts = z.infer<typeof buildsFactsSchema>

export default defineProbe({
  name: 'builds',
  title: "the apps' builds",
  needs: { pm2, processes, services },
  elevated: true,
  limits: { seconds: 8 },
  library: joinScripts([folderWords, readBuild]),
  script: (facts, apps) => {
    const folders = findAppFolders(facts, apps)
    if (folders.length === 0) return undefined
    return joinScripts(
      folders.map(({ cwd, folder, uid }) => sh`in_folder ${uid ?? ''} ${cwd} builds_read ${cwd} ${folder}`),
    )
  },
  alone: sh`each_folder builds_read`,
  facts: buildsFactsSchema,
  parse: ({ parts, cut }) => {
    const whole = cut === undefined ? parts : parts.slice(0, -1)
    return { builds: whole.flatMap((part) => readPart(part) ?? []) }
  },
})

/** undefined for a folder that could not be looked into: its script said so by `cannot`. */
function readPart({ label, text }: Part): z.infer<typeof buildSchema> | undefined {
  const lines = new KeyLines(text)
  if (!lines.has('here') && !lines.has('gone')) return undefined
  const folder = lines.first('folder') ?? label
  const config = lines.all('config').join('\n')
  const isStandalone = namesOutput(lines, 'standalone')
  // A standalone server leaves static files to others, if they are not copied beside it.
  const missing = lines.all('missing').filter((file) => !(isStandalone && file === 'static'))
  return {
    cwd: label,
    folder,
    exists: lines.has('here'),
    uid: lines.number('owner'),
    ...readPackage(lines),
    isNext: isNext(lines, config),
    packageManager: namePackageManager(lines.first('lock')),
    hasLockFile: lines.has('lock'),
    hasNodeModules: lines.has('modules'),
    distDir: posix.resolve(folder, lines.first('dist') ?? '.next'),
    isDistDirCertain: !lines.has('guessed'),
    distExists: lines.has('dist-exists'),
    buildId: lines.first('id'),
    builtMs: inMilliseconds(lines.number('built')),
    lastWriteMs: readLastWrite(lines),
    missing,
    isDevBuild: lines.has('dev') && missing.includes('BUILD_ID'),
    hasStatic: lines.has('dist-exists') && !lines.all('missing').includes('static'),
    isStandalone,
    isExport: namesOutput(lines, 'export'),
  }
}

/** What the build itself was told to be counts more than a next.config that may have changed since. */
function namesOutput(lines: KeyLines, kind: string): boolean {
  const built = lines.first('built-as')
  if (built !== null) return built.includes(`"${kind}"`)
  return lines.all('config').some((line) => new RegExp(`^output'?\\s*:\\s*'${kind}'`).test(line))
}

function readPackage(lines: KeyLines) {
  const own = readPairs(lines.all('package'))
  const next = readPairs(lines.all('next'))
  return {
    nextVersion: next.get('version') ?? null,
    requiresNode: next.get('node') ?? null,
    startScript: own.get('start') ?? null,
    hasBuildScript: own.has('build'),
  }
}

/** Pairs of JSON, one a line; of several with the same key the first counts. */
function readPairs(lines: readonly string[]): Map<string, string> {
  const pairs = lines.flatMap((line) => {
    // sample: "start": "next start -p \"$PORT\""
    const match = /^"([^"]*)"\s*:\s*"(.*)"$/.exec(line)
    return match ? [[match[1] ?? '', (match[2] ?? '').replaceAll(/\\(.)/g, '$1')] as const] : []
  })
  return new Map(pairs.toReversed())
}

function isNext(lines: KeyLines, config: string): boolean {
  const depends = readPairs(lines.all('package')).has('next')
  return depends || /^next\.config\./m.test(config) || (lines.has('dist-exists') && lines.has('id'))
}

function namePackageManager(lockFile: string | null): 'npm' | 'yarn' | 'pnpm' | 'bun' {
  const byLockFile = { 'pnpm-lock.yaml': 'pnpm', 'yarn.lock': 'yarn', 'bun.lock': 'bun', 'bun.lockb': 'bun' } as const
  return Object.entries(byLockFile).find(([name]) => name === lockFile)?.[1] ?? 'npm'
}

function readLastWrite(lines: KeyLines): number | null {
  const written = lines.all('wrote').map(Number).filter(Number.isFinite)
  return written.length > 0 ? inMilliseconds(Math.max(...written)) : null
}

function inMilliseconds(seconds: number | null): number | null {
  return seconds === null ? null : seconds * 1000
}
