import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { HostCapture } from '../capture/host-capture.js'
import { loadCaptures } from '../capture/load.js'
import { loadExtensions } from '../checks/load.js'
import { toProbe } from '../checks/to-probe.js'
import type { Capture } from '../collect/capture.js'
import { UserError } from '../errors.js'
import type { Targeting } from '../inventory/choose.js'
import type { Host } from '../inventory/host.js'
import { joinWords } from '../language/join-words.js'
import { t } from '../language/language.js'
import { describeHashes, describePlan, type PlannedHost, toPlanJson } from '../plan/describe-plan.js'
import { describeForcedCommand } from '../plan/forced-command.js'
import { planFirst, planSecond } from '../plan/plan-rounds.js'
import { readPublicKey } from '../plan/read-public-key.js'
import { describeDoas, describeSudoers } from '../plan/sudoers.js'
import { buildStandAlone } from '../stand-alone/build-script.js'
import { readVersion } from '../version.js'
import { chooseAndTell } from './choose-and-tell.js'
import type { CommandIo } from './command-io.js'

/** In which form a plan is printed: as the bytes themselves, when nothing is said. */
export interface PlanForm {
  hash?: boolean
  json?: boolean
  sudoers?: boolean
  doas?: boolean
  /** How to set up a key that can do no more than a check; with `doas` for a host that has that. */
  forcedCommand?: boolean
  /** The file of its public key. */
  key?: string
  /** What hosts had answered before: then the second round is known, too. */
  after?: string
}

/** `fleetdx plan`: prints what a check would run on the chosen hosts, without connecting to any. Throws UserError. */
export async function runPlan({ forcedCommand, key, ...options }: Targeting & PlanForm, io: CommandIo): Promise<void> {
  if (forcedCommand) return printForcedCommand(options, key, io)
  if (key !== undefined) throw new UserError(t`--key is for --forced-command`, { mend: t`name both, or neither` })
  const { hosts, checksFolder } = await chooseAndTell(options, io)
  if (options.sudoers || options.doas) {
    io.stdout.write(options.sudoers ? describeSudoers(hosts) : describeDoas(hosts))
    return
  }
  const planned = await planHosts(hosts, checksFolder, options.after && resolve(io.cwd, options.after))
  if (options.json) io.stdout.write(`${JSON.stringify(toPlanJson(planned, readVersion()), null, 2)}\n`)
  else io.stdout.write(options.hash ? describeHashes(planned) : describePlan(planned))
}

async function planHosts(
  hosts: readonly Host[],
  checksFolder: string | undefined,
  after: string | undefined,
): Promise<PlannedHost[]> {
  const { probes } = await loadExtensions(checksFolder)
  const answers = after === undefined ? undefined : await loadAnswers(after, hosts)
  return hosts.map((host) => {
    const custom = [...probes, ...(host.checks ?? []).map(toProbe)]
    const found = answers?.get(host.name)
    if (host.obstacle) return { host, rounds: [] }
    return { host, rounds: [planFirst(host), ...(found ? [planSecond(host, custom, found)] : [])] }
  })
}

/** What each host had answered: found by its name, or, of one host alone, whatever it called itself. */
async function loadAnswers(file: string, hosts: readonly Host[]): Promise<Map<string, Capture>> {
  const place = { file }
  const { captures } = await loadCaptures([file])
  const only = captures.length === 1 && hosts.length === 1 ? captures[0] : undefined
  const answers = new Map<string, Capture>()
  for (const { name } of hosts) {
    const answer = toCapture(only ?? captures.find(({ host }) => host.name === name))
    if (answer) answers.set(name, answer)
  }
  const missing = hosts.filter(({ name }) => !answers.has(name)).map(({ name }) => name)
  if (missing.length === 0) return answers
  const mend = t`name only hosts that answered, or the file of one: fleetdx plan ${hosts[0]?.name} --after FILE`
  throw new UserError(t`no answer of ${joinWords(missing)} is here`, { place, mend })
}

function toCapture(saved: HostCapture | undefined): Capture | undefined {
  return saved?.outcome.kind === 'collected' ? saved.outcome.capture : undefined
}

// audit, fleetdx-audit
const accountName = /^[a-z_][a-z0-9_-]{0,31}$/

/** The page is about one new user of any host: no host is chosen for it. */
async function printForcedCommand(
  { targets, overrides: { user: account = 'audit' }, doas = false }: Targeting & Pick<PlanForm, 'doas'>,
  key: string | undefined,
  io: CommandIo,
): Promise<void> {
  if (targets.length > 0) {
    throw new UserError(t`--forced-command is about a new key, for any host`, { mend: t`leave out the targets` })
  }
  if (!accountName.test(account)) {
    const mend = t`use small letters, digits, - and _, as useradd does`
    throw new UserError(t`'${account}' is no name for a new user`, { mend })
  }
  const publicKey = key === undefined ? undefined : await loadPublicKey(resolve(io.cwd, key))
  const version = readVersion()
  const page = describeForcedCommand({
    account,
    becomes: doas ? 'doas' : 'sudo',
    version,
    script: buildStandAlone({ version, sudo: 'auto' }),
    identityFile: key?.replace(/\.pub$/, '') ?? '~/.ssh/fleetdx-audit',
    ...(publicKey !== undefined && { publicKey }),
  })
  io.stdout.write(page)
}

async function loadPublicKey(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new UserError(t`the public key cannot be read: ${error.message}`, { place: { file }, cause: error })
  })
  return readPublicKey(text, file)
}
