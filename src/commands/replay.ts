import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { type LoadedRun, loadCaptures, readCaptures } from '../capture/load.js'
import { selectCaptures } from '../capture/select-captures.js'
import { loadExtensions } from '../checks/load.js'
import { UserError } from '../errors.js'
import { exitCodeOf } from '../exit-code.js'
import { findChecksFolder } from '../inventory/read-checks.js'
import { t } from '../language/language.js'
import { replay } from '../pipeline.js'
import { chooseWaivers } from './choose-waivers.js'
import type { CommandIo } from './command-io.js'
import { openReports, type Reports } from './outputs.js'
import { tellAsPlugin } from './tell-as-plugin.js'

export interface ReplayOptions {
  /** Folders and files of captures (`-` = standard input), then targets that select among their hosts. */
  words: readonly string[]
  /** The folder of the modules that took part in the check. */
  checks?: string
  /** The file of waivers. */
  waivers?: string
  reports: Reports
}

/** `fleetdx replay`: judges what was saved by today's rules, prints the report, returns the exit code. Throws UserError. */
export function runReplay(options: ReplayOptions, io: CommandIo): Promise<number> {
  return tellAsPlugin(options.reports, io, () => judgeSaved(options, io))
}

async function judgeSaved({ words, checks, waivers, reports: wanted }: ReplayOptions, io: CommandIo): Promise<number> {
  const reports = await openReports(wanted, io)
  const { sources, targets } = splitWords(words, io.cwd)
  const { captures, run } = await load(sources, io)
  const chosen = selectCaptures(captures, targets)
  io.stderr.write(`${describe(chosen.length, run.startedAt)}\n`)
  const extensions = await loadExtensions(findChecksFolder(checks, io.cwd))
  const known = { extensions, checks: captures.flatMap(({ host }) => host.checks ?? []) }
  const accepted = chooseWaivers({ named: waivers, cwd: io.cwd }, known)
  const record = replay(captures, run, { extensions, waivers: accepted, shown: chosen })
  await reports.finish(record)
  return exitCodeOf(record, reports.format)
}

/** What is there is a source, up to the first word that is not; the rest are targets. */
function splitWords(words: readonly string[], cwd: string): { sources: string[]; targets: string[] } {
  const isSource = (word: string) => word === '-' || existsSync(resolve(cwd, word))
  const end = words.findIndex((word) => !isSource(word))
  const sources = words.slice(0, end < 0 ? words.length : end)
  const [first = ''] = words
  if (sources.length === 0) throw new UserError(t`there is nothing here`, { place: { file: resolve(cwd, first) } })
  return { sources, targets: words.slice(sources.length) }
}

async function load(sources: readonly string[], { stdin, cwd }: CommandIo): Promise<LoadedRun> {
  if (!sources.includes('-')) return loadCaptures(sources.map((source) => resolve(cwd, source)))
  if (sources.length === 1) return readCaptures(await buffer(stdin), t`standard input`)
  throw new UserError(t`'-' stands alone: what standard input brings is not joined with files`)
}

/** `1 capture, taken 2026-11-24 09:15:18 UTC` */
function describe(count: number, startedAt: string): string {
  const time = startedAt.slice(0, 19).replace('T', ' ')
  return count === 1 ? t`1 capture, taken ${time} UTC` : t`${count} captures, taken ${time} UTC`
}
