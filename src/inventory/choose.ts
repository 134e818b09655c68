import { hostname } from 'node:os'
import { resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { UserError } from '../errors.js'
import { joinOr, joinWords } from '../language/join-words.js'
import { t } from '../language/language.js'
import { type Account, type Environment, readAccount } from './account.js'
import { writeRemarks } from './ansible/notes.js'
import { type BuildContext, buildHost, type ChosenHost } from './build-host.js'
import { explainJump } from './check-references.js'
import { isEndpoint, listJumps, parseEndpoint } from './endpoint.js'
import { type FailedHosts, findAgain, keepFailed, readFailedHosts, tellGone } from './failed-hosts.js'
import { findInventory, listDefaultFiles } from './find-inventory.js'
import type { Host } from './host.js'
import { type Inventory, loadInventory } from './load.js'
import type { Origins } from './origins.js'
import { findChecksFolder, readChecks } from './read-checks.js'
import { readTargets } from './read-targets.js'
import { isUserName, type Settings } from './schema.js'
import { selectHosts } from './select.js'
import { withAbsolutePaths } from './settings.js'
import { addAliases, spellAliases } from './ssh-aliases.js'
import { openSshConfig, type SshConfig } from './ssh-config.js'
import { splitTarget } from './target.js'
import { readWrittenHosts, refuseSelection } from './written-host.js'

/** The command line's settings: the innermost level of every host, so that they win over the file. Timeouts are milliseconds. */
export interface Overrides
  extends Pick<
    Settings,
    'user' | 'identityFile' | 'knownHostsFile' | 'hostKeys' | 'transport' | 'sudo' | 'jump' | 'samples' | 'timeouts'
  > {
  /** The deadline of the whole run. */
  runMs?: number
}

/** Which hosts a command is about, and where it is run. */
export interface ChooseOptions {
  targets: readonly string[]
  /** The file named by -i. */
  inventory?: string
  /** A run of before: of its hosts those that were not healthy, and of them those that the targets choose. */
  failedFrom?: string
  /** This machine alone, without SSH. */
  local?: boolean
  /** The folder named by --checks. */
  checks?: string
  /** Globs: the hosts of ssh_config that they match are the inventory, or added to the one that is named. */
  sshConfig?: readonly string[]
  /** A file in place of ~/.ssh/config, or `none`. */
  sshConfigFile?: string
  overrides: Overrides
  env: Environment
  cwd: string
  /** Read only for the target `-`. */
  stdin: Readable
}

/** Which hosts a command is about, as the command line says it. */
export type Targeting = Omit<ChooseOptions, 'env' | 'cwd' | 'stdin'>

/** The hosts of a run, and its deadline. */
export interface Choice {
  hosts: Host[]
  /** The inventory that was read; absent when none was needed or found. */
  inventoryFile?: string
  /** What it is, for people, when it is not fleetdx's own: `Ansible INI`. */
  inventoryKind?: string
  /** The folder of checks whose YAML files were read; its modules are still to be loaded. */
  checksFolder?: string
  runMs: number
  /** By the name of a host: where each of its settings comes from. */
  origins: ReadonlyMap<string, Origins>
  /** What ssh_config is called there. */
  sshConfigLabel: string
  /** What a person should know before anything is connected. */
  notes: string[]
}

const DEFAULT_RUN_MS = 10 * 60_000

/** Chooses the hosts of a run: reads the targets and, if they need one, the inventory. Throws UserError. */
export async function chooseHosts(options: ChooseOptions): Promise<Choice> {
  const account = readAccount(options.env)
  const { runMs, ...given } = options.overrides
  const own = options.local ? { ...given, jump: 'none' } : given
  const overrides = withAbsolutePaths(own, options.cwd, account.home)
  const words = options.local ? [] : (await readTargets(options.targets, options.stdin)).flatMap(splitTarget)
  const named = options.local ? 'none' : options.sshConfigFile
  const sshConfig = await openSshConfig({ ...options, named, ...account })
  const failed =
    options.local || options.failedFrom === undefined
      ? undefined
      : await readFailedHosts(resolve(options.cwd, options.failedFrom))
  if (failed?.hosts.length === 0) return chooseNobody(failed, options, sshConfig)
  const sought = failed && words.length === 0 ? failed.hosts.map(({ name }) => name) : words
  const written = options.local ? undefined : await loadIfNeeded(sought, options, account, sshConfig)
  const inventory = options.sshConfig && !options.local ? addAliases(options.sshConfig, sshConfig, written) : written
  const checksFolder = findChecksFolder(options.checks, options.cwd, written?.file)
  const checks = checksFolder === undefined ? [] : readChecks(checksFolder)
  const context = { overrides, account, checks, sshConfig, ...(inventory && { inventory }) }
  const chosen = choose(words, failed, options, context)
  const built = await Promise.all(chosen.map((host) => buildHost(host, context)))
  const hosts = built.map(({ host }, index) => (options.local || chosen[index]?.isLocal ? toLocal(host) : host))
  const trusting = new Set(built.flatMap((one) => one.trusting))
  return {
    hosts: [...new Map(hosts.map((host) => [host.name, host])).values()],
    ...(inventory && { inventoryFile: inventory.file }),
    ...(inventory?.kind !== undefined && { inventoryKind: inventory.kind }),
    ...(checksFolder !== undefined && { checksFolder }),
    runMs: runMs ?? inventory?.runMs ?? DEFAULT_RUN_MS,
    origins: new Map(built.map(({ host, origins }) => [host.name, origins])),
    sshConfigLabel: sshConfig.label,
    notes: [
      ...(inventory?.notes ?? []),
      ...writeRemarks(chosen),
      ...(failed && words.length === 0 ? [tellGone(failed, chosen)] : []),
      sshConfig.note,
      explainTrust([...trusting]),
    ].filter((note) => note !== undefined),
  }
}

/** A run of before in which everybody was well leaves nothing to do: that must not become the whole fleet. */
function chooseNobody({ file, of }: FailedHosts, { overrides }: ChooseOptions, { label }: SshConfig): Choice {
  const runMs = overrides.runMs ?? DEFAULT_RUN_MS
  const notes = [t`all ${of} hosts of ${file} were healthy: there is nothing to do`]
  return { hosts: [], runMs, origins: new Map(), sshConfigLabel: label, notes }
}

function choose(
  words: string[],
  failed: FailedHosts | undefined,
  options: ChooseOptions,
  context: BuildContext,
): ChosenHost[] {
  if (options.local) return [chooseLocal(options)]
  checkOverrides(context)
  if (failed && words.length === 0) return findAgain(failed, context)
  const { inventory, sshConfig } = context
  const chosen = inventory ? chooseFrom(inventory, words, sshConfig) : chooseWritten(words, options.cwd, context)
  return failed ? keepFailed(chosen, failed) : chosen
}

function chooseLocal({ targets, inventory, sshConfig, failedFrom }: ChooseOptions): ChosenHost {
  if (targets.length > 0 || inventory !== undefined || sshConfig !== undefined || failedFrom !== undefined) {
    throw new UserError(t`--local means this machine alone`, { mend: t`leave out either --local or the other hosts` })
  }
  return { name: hostname(), groups: [], settings: {} }
}

function toLocal({ jump: _, ...host }: Host): Host {
  return { ...host, transport: 'local' }
}

/** A broken inventory.yaml that happens to lie here must not stand in the way of `fleetdx check user@host`. */
async function loadIfNeeded(
  words: string[],
  options: ChooseOptions,
  account: Account,
  sshConfig: SshConfig,
): Promise<Inventory | undefined> {
  const jumps = listJumps(options.overrides.jump)
  const isNeeded = words.length === 0 || ![...words, ...jumps].every(isEndpoint)
  if ((!isNeeded || options.sshConfig) && options.inventory === undefined) return undefined
  const found = findInventory(options.inventory, { ...options, home: account.home })
  const { cwd, env } = options
  return found && loadInventory(found.file, account.home, { ...found, cwd, env, isServer: sshConfig.names })
}

function checkOverrides({ overrides: { user, jump }, inventory, sshConfig }: BuildContext): void {
  if (user !== undefined && !isUserName(user)) throw new UserError(t`--user '${user}' is not a user name`)
  if (jump === undefined) return
  if (inventory === undefined) listJumps(jump).forEach(parseEndpoint)
  const mistake = inventory && explainJump(jump, inventory.hosts, sshConfig.names)
  if (mistake) throw mistake
}

/** ssh_config weakens nothing by itself: its owner may not have thought of a whole fleet. */
function explainTrust(names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined
  const some = joinWords(names.slice(0, 3))
  const whose = names.length > 3 ? t`${some} and ${names.length - 3} more` : some
  return t`'StrictHostKeyChecking no' of ssh_config is not followed (${whose}): --host-keys off would trust unknown host keys unseen`
}

function chooseFrom(inventory: Inventory, targets: string[], sshConfig: SshConfig): ChosenHost[] {
  const isInside = (name: string) => inventory.hosts.has(name) || inventory.groups.has(name)
  const words = targets.flatMap((word) => spellAliases(word, isInside, sshConfig))
  const isOutside = (word: string) => isEndpoint(word) || (!isInside(word) && sshConfig.names(word))
  const written = words.filter(isOutside)
  const names = words.filter((word) => !isOutside(word))
  const selected = written.length > 0 && names.length === 0 ? [] : selectHosts(names, inventory)
  return [...selected, ...written.flatMap(readWrittenHosts)]
}

function chooseWritten(words: string[], cwd: string, context: BuildContext): ChosenHost[] {
  words.forEach(refuseSelection)
  if (words.length > 0) return words.flatMap(readWrittenHosts)
  const places = joinOr(listDefaultFiles(cwd, context.account.home))
  const mend = t`name a host (fleetdx check user@host), or write an inventory: ${places}`
  throw new UserError(t`no host was named, and there is no inventory`, { mend })
}
