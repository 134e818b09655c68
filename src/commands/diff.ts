import { resolve } from 'node:path'
import type { HostCapture } from '../capture/host-capture.js'
import { loadExtensions } from '../checks/load.js'
import { diffConfigs } from '../compare/config-diff.js'
import { foldHosts } from '../compare/fold-hosts.js'
import { diffHosts, type Pair } from '../compare/host-diff.js'
import { UserError } from '../errors.js'
import type { Targeting } from '../inventory/choose.js'
import type { Host } from '../inventory/host.js'
import { findChecksFolder } from '../inventory/read-checks.js'
import { t } from '../language/language.js'
import type { HostRecord } from '../record.js'
import { type HostPair, renderHostDiff } from '../report/host-diff.js'
import { checkChosen, type Work } from './check-chosen.js'
import { chooseAndTell } from './choose-and-tell.js'
import type { CommandIo } from './command-io.js'
import { chooseRecords, loadRun } from './load-run.js'
import { pageOutput } from './page-output.js'
import { textOptionsOf } from './text-options.js'

/** Which two hosts to lay side by side, and how. */
export interface DiffOptions extends Targeting, Omit<Work, 'onCapture' | 'extensions' | 'jobs'> {
  /** A run of before, whose hosts are compared without a network. */
  from?: string
  format: 'table' | 'json'
  pager: boolean
}

/** Two hosts as they were seen. */
interface SeenPair {
  hosts: Pair<HostRecord>
  /** What was gathered of each; absent where only the record is there. */
  captures?: readonly HostCapture[]
}

/** `fleetdx diff`: two hosts side by side. Exit code 0 where they are the same, 1 where they differ. Throws UserError. */
export async function runDiff(options: DiffOptions, io: CommandIo): Promise<number> {
  const targets = listTargets(options)
  const { hosts, captures } = await (options.from === undefined
    ? gatherPair(targets, options, io)
    : loadPair(resolve(io.cwd, options.from), targets, options, io))
  for (const { name, facts, verdict } of hosts)
    if (!facts) throw new UserError(t`${name} could not be looked at: ${verdict}`)
  const texts = findTexts(hosts, captures)
  const pair = {
    hosts,
    diff: diffHosts(hosts, texts ? ['gateway-config'] : []),
    config: texts && diffConfigs([hosts[0].name, hosts[1].name], texts),
  }
  if (options.format === 'json') io.stdout.write(renderJson(pair))
  else await pageOutput(renderHostDiff(pair, textOptionsOf(io)), options.pager, io)
  return isSame(pair) ? 0 : 1
}

/** `--local` stands for one of the two. */
function listTargets({ targets, local }: DiffOptions): Pair<string | null> {
  const [first, second, ...more] = [...(local ? [null] : []), ...targets]
  if (first === undefined || second === undefined || more.length > 0) {
    const mend = t`name one host each: fleetdx diff web1 web2`
    throw new UserError(t`two hosts are compared, and ${targets.length + (local ? 1 : 0)} are named`, { mend })
  }
  return [first, second]
}

async function gatherPair(targets: Pair<string | null>, options: DiffOptions, io: CommandIo): Promise<SeenPair> {
  const { breaker, passwords } = options
  const choose = (target: string | null) =>
    chooseAndTell({ ...options, targets: target === null ? [] : [target], local: target === null }, io)
  const choices = [await choose(targets[0]), await choose(targets[1])] as const
  const [first, second] = [takeOne(targets[0], choices[0].hosts), takeOne(targets[1], choices[1].hosts)]
  checkTwo(first.name, second.name)
  const captures: HostCapture[] = []
  const extensions = await loadExtensions(choices[0].checksFolder)
  const onCapture = async (capture: HostCapture) => void captures.push(capture)
  const work = { jobs: 2, breaker, extensions, onCapture, ...(passwords && { passwords }) }
  const hosts: Host[] = [first, second]
  const record = await checkChosen({ hosts, runMs: choices[0].runMs }, work, io)
  return { hosts: takeRecords(record.hosts, [first.name, second.name]), captures }
}

async function loadPair(
  path: string,
  targets: Pair<string | null>,
  { checks }: DiffOptions,
  io: CommandIo,
): Promise<SeenPair> {
  const { record, captures } = await loadRun(path, findChecksFolder(checks, io.cwd))
  const take = (target: string | null) => takeOne(target, chooseRecords(record, target === null ? [] : [target]))
  const hosts: Pair<HostRecord> = [take(targets[0]), take(targets[1])]
  checkTwo(hosts[0].name, hosts[1].name)
  return { hosts, ...(captures && { captures }) }
}

/** The one host that a target means. */
function takeOne<T extends { name: string }>(target: string | null, selected: readonly T[]): T {
  const [only, ...more] = selected
  const word = target ?? '--local'
  if (only && more.length === 0) return only
  if (!only) throw new UserError(t`'${word}' selects no host`)
  const names = foldHosts(selected.map(({ name }) => name))
  throw new UserError(t`'${word}' selects ${selected.length} hosts: ${names}`, {
    mend: t`name one host each: fleetdx diff web1 web2`,
  })
}

function checkTwo(first: string, second: string): void {
  if (first === second) throw new UserError(t`both are the same host, ${first}`)
}

function takeRecords(records: readonly HostRecord[], [first, second]: Pair<string>): Pair<HostRecord> {
  const find = (name: string) =>
    takeOne(
      name,
      records.filter((record) => record.name === name),
    )
  return [find(first), find(second)]
}

function findTexts(hosts: Pair<HostRecord>, captures: readonly HostCapture[] = []) {
  const find = (name: string) => {
    const outcome = captures.find(({ host }) => host.name === name)?.outcome
    return outcome?.kind === 'collected' ? outcome.capture : undefined
  }
  const [first, second] = [find(hosts[0].name), find(hosts[1].name)]
  return first && second ? ([first, second] as const) : undefined
}

function isSame({ diff: { facts, apps, environments }, config }: HostPair): boolean {
  const sure = config?.files.filter(({ state }) => state !== 'unseen') ?? []
  const odd = environments.filter(({ only, differ }) => [...only.flat(), ...differ].length > 0)
  return [...facts, ...apps.flat(), ...odd, ...sure].length === 0
}

/** Values and names by host, the first one first; `config` is null where the texts were not kept. */
function renderJson(pair: HostPair): string {
  const { hosts, diff, config = null } = pair
  const heads = hosts.map(({ name, status, verdict }) => ({ name, status, verdict }))
  return `${JSON.stringify({ isSame: isSame(pair), hosts: heads, ...diff, config }, null, 2)}\n`
}
