import { readFile, stat } from 'node:fs/promises'
import { isIP } from 'node:net'
import { z } from 'zod'
import { UserError } from '../errors.js'
import { joinWords } from '../language/join-words.js'
import { t } from '../language/language.js'
import type { BuildContext, ChosenHost } from './build-host.js'
import { isEndpoint, parseEndpoint } from './endpoint.js'
import { isName } from './schema.js'
import { text } from './schema-words.js'

/** What `--failed-from` reads of a run of before, that of a ping as well. */
const runSchema = z.object({
  hosts: z.array(
    z.object({
      name: text(() => t`a name without control characters`),
      status: z.string(),
      user: z.string().optional(),
      port: z.int().min(1).max(65535).optional(),
      transport: z.object({ kind: z.string() }).nullish(),
    }),
  ),
})

type FailedHost = z.infer<typeof runSchema>['hosts'][number]

/** The hosts of a run of before that were not well, waived ones too, in its order. */
export interface FailedHosts {
  file: string
  hosts: FailedHost[]
  /** How many there were in the run. */
  of: number
}

/** Longer than this a text cannot be in Node.js. */
const mostBytes = 512 * 1024 * 1024

/** Reads the record that `--format json` or `--output run.json` wrote. `file` is absolute. Throws UserError. */
export async function readFailedHosts(file: string): Promise<FailedHosts> {
  const parsed = runSchema.safeParse(parseJson(await readBounded(file), file))
  if (parsed.success) {
    const { hosts } = parsed.data
    return { file, hosts: hosts.filter(({ status }) => status !== 'healthy' && status !== 'reached'), of: hosts.length }
  }
  const [issue] = parsed.error.issues
  throw new UserError(t`this is no run, at '${issue?.path.join('.')}': ${issue?.message}`, {
    place: { file },
    mend: nameOne(),
  })
}

function nameOne(): string {
  return t`name a file that fleetdx check --output run.json wrote`
}

async function readBounded(file: string): Promise<string> {
  const place = { file }
  const refuse = (reason: string, cause?: unknown) =>
    new UserError(t`the run of before cannot be read: ${reason}`, {
      ...{ place, cause },
      mend: nameOne(),
    })
  try {
    const found = await stat(file)
    if (found.isDirectory()) throw refuse(t`this is a folder`)
    if (found.size >= mostBytes) throw refuse(t`it is too large`)
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof UserError) throw error
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    throw refuse(code === 'ENOENT' ? t`there is no such file` : String(error), error)
  }
}

function parseJson(content: string, file: string): unknown {
  try {
    return JSON.parse(content.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new UserError(t`this is no JSON`, { place: { file }, mend: nameOne(), cause: error })
  }
}

/**
 * The same hosts as the inventory of today knows them; those outside of it as they were reached then. Who is of an
 * inventory, and no longer in it, is left out. Throws UserError where nobody is left.
 */
export function findAgain({ hosts, file }: FailedHosts, context: BuildContext): ChosenHost[] {
  const found = hosts.flatMap((host) => context.inventory?.hosts.get(host.name) ?? reconstruct(host, context) ?? [])
  if (found.length > 0) return found
  throw new UserError(t`no host that failed in this run is in the inventory now`, {
    place: { file },
    mend: t`name their inventory with -i FILE`,
  })
}

/** A host that was written on the command line, with the user and the port that it was reached with, where nothing else says so. */
function reconstruct(host: FailedHost, { inventory, sshConfig }: BuildContext): ChosenHost | undefined {
  const { name, user, port, transport } = host
  const base = { name, groups: [], settings: {} }
  if (transport?.kind === 'local') return { ...base, isLocal: true }
  const isWritten = isEndpoint(name) || isIP(name) > 0 || sshConfig.names(name)
  if (inventory && !isWritten) return undefined
  if (!isEndpoint(name) && isIP(name) === 0 && !isName(name.replace(/:\d+$/, ''))) return undefined
  const settings = { ...(user !== undefined && { user }), ...(port !== undefined && { port }) }
  return { ...base, settings, written: parseEndpoint(name) }
}

/** Of the hosts that targets choose those that failed. Throws UserError where there is none. */
export function keepFailed(chosen: readonly ChosenHost[], { hosts, file }: FailedHosts): ChosenHost[] {
  const failed = new Set(hosts.map(({ name }) => name))
  const kept = chosen.filter(({ name }) => failed.has(name))
  if (kept.length > 0) return kept
  throw new UserError(t`no host that failed in this run is among the targets`, {
    place: { file },
    mend: t`leave the targets out for all of them`,
  })
}

const mostNames = 5

/** What a person should know of the choice: who failed and cannot be looked at again. */
export function tellGone({ hosts, file }: FailedHosts, chosen: readonly ChosenHost[]): string | undefined {
  const found = new Set(chosen.map(({ name }) => name))
  const gone = hosts.map(({ name }) => name).filter((name) => !found.has(name))
  if (gone.length === 0) return undefined
  const names = joinWords(gone.slice(0, mostNames))
  return gone.length > mostNames
    ? t`no longer in the inventory, and left out: ${names} and ${gone.length - mostNames} more (of ${file})`
    : t`no longer in the inventory, and left out: ${names} (of ${file})`
}
