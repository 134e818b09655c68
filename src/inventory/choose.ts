import { hostname } from 'node:os'
import type { Readable } from 'node:stream'
import { UserError } from '../errors.js'
import { type Account, type Environment, readAccount } from './account.js'
import { type BuildContext, buildHost } from './build-host.js'
import { explainJump } from './check-references.js'
import { isEndpoint, parseEndpoint } from './endpoint.js'
import { findInventory, listDefaultFiles } from './find-inventory.js'
import type { Host } from './host.js'
import { type Inventory, loadInventory } from './load.js'
import { findChecksFolder, readChecks } from './read-checks.js'
import { readTargets } from './read-targets.js'
import { isUserName, type Settings } from './schema.js'
import { selectHosts } from './select.js'
import { withAbsolutePaths } from './settings.js'
import { buildWrittenHosts, refuseSelection } from './written-host.js'

/** The command line's settings: the innermost level of every host, so that they win over the file. Timeouts are milliseconds. */
export interface Overrides
  extends Pick<Settings, 'user' | 'identityFile' | 'knownHostsFile' | 'sudo' | 'jump' | 'samples' | 'timeouts'> {
  /** The deadline of the whole run. */
  runMs?: number
}

/** Which hosts a command is about, and where it is run. */
export interface ChooseOptions {
  targets: readonly string[]
  /** The file named by -i. */
  inventory?: string
  /** This machine alone, without SSH. */
  local?: boolean
  /** The folder named by --checks. */
  checks?: string
  overrides: Overrides
  env: Environment
  cwd: string
  /** Read only for the target `-`. */
  stdin: Readable
}

/** The hosts of a run, and its deadline. */
export interface Choice {
  hosts: Host[]
  /** The inventory that was read; absent when none was needed or found. */
  inventoryFile?: string
  /** The folder of checks whose YAML files were read; its modules are still to be loaded. */
  checksFolder?: string
  runMs: number
}

const DEFAULT_RUN_MS = 10 * 60_000

/** Chooses the hosts of a run: reads the targets and, if they need one, the inventory. Throws UserError. */
export async function chooseHosts(options: ChooseOptions): Promise<Choice> {
  const account = readAccount(options.env)
  const { runMs, ...given } = options.overrides
  const overrides = withAbsolutePaths(given, options.cwd, account.home)
  const words = options.local ? [] : await readTargets(options.targets, options.stdin)
  const inventory = options.local ? undefined : await loadIfNeeded(words, options, account)
  const checksFolder = findChecksFolder(options.checks, options.cwd, inventory?.file)
  const checks = checksFolder === undefined ? [] : readChecks(checksFolder)
  const context = { overrides, account, checks, ...(inventory && { inventory }) }
  const hosts = choose(words, options, context)
  return {
    hosts: [...new Map(hosts.map((host) => [host.name, host])).values()],
    ...(inventory && { inventoryFile: inventory.file }),
    ...(checksFolder !== undefined && { checksFolder }),
    runMs: runMs ?? inventory?.runMs ?? DEFAULT_RUN_MS,
  }
}

function choose(words: string[], options: ChooseOptions, context: BuildContext): Host[] {
  if (options.local) return [chooseLocal(options, context)]
  checkOverrides(context)
  const { inventory } = context
  return inventory ? chooseFrom(inventory, words, context) : chooseWritten(words, options.cwd, context)
}

function chooseLocal({ targets, inventory }: ChooseOptions, context: BuildContext): Host {
  if (targets.length > 0 || inventory !== undefined) {
    throw new UserError('--local means this machine alone', { mend: 'leave out either --local or the other hosts' })
  }
  const { jump: _, ...overrides } = context.overrides
  return { ...buildHost({ name: hostname(), groups: [], settings: {} }, { ...context, overrides }), transport: 'local' }
}

/** A broken inventory.yaml that happens to lie here must not stand in the way of `fleetdx check user@host`. */
async function loadIfNeeded(words: string[], options: ChooseOptions, account: Account): Promise<Inventory | undefined> {
  const { jump = 'none' } = options.overrides
  const isNeeded = words.length === 0 || !words.every(isEndpoint) || !(jump === 'none' || isEndpoint(jump))
  if (!isNeeded && options.inventory === undefined) return undefined
  const file = findInventory(options.inventory, { ...options, home: account.home })
  return file === undefined ? undefined : loadInventory(file, account.home)
}

function checkOverrides({ overrides: { user, jump }, inventory }: BuildContext): void {
  if (user !== undefined && !isUserName(user)) throw new UserError(`--user '${user}' is not a user name`)
  if (jump === undefined || jump === 'none') return
  if (inventory === undefined) parseEndpoint(jump)
  const mistake = inventory && explainJump(jump, inventory.hosts)
  if (mistake) throw mistake
}

function chooseFrom(inventory: Inventory, words: string[], context: BuildContext): Host[] {
  const written = words.filter(isEndpoint)
  const names = words.filter((word) => !isEndpoint(word))
  const selected = written.length > 0 && names.length === 0 ? [] : selectHosts(names, inventory)
  return [
    ...selected.map((host) => buildHost(host, context)),
    ...written.flatMap((word) => buildWrittenHosts(word, context)),
  ]
}

function chooseWritten(words: string[], cwd: string, context: BuildContext): Host[] {
  words.forEach(refuseSelection)
  if (words.length > 0) return words.flatMap((word) => buildWrittenHosts(word, context))
  const places = listDefaultFiles(cwd, context.account.home).join(' or ')
  const mend = `name a host (fleetdx check user@host), or write an inventory: ${places}`
  throw new UserError('no host was named, and there is no inventory', { mend })
}
