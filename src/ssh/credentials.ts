import { homedir } from 'node:os'
import { join } from 'node:path'
import pLimit from 'p-limit'
import type { ParsedKey, SigningRequestOptions } from 'ssh2'
import { UserError } from '../errors.js'
import type { Endpoint, Host } from '../inventory/host.js'
import { type Agent, openAgent } from './agent.js'
import { type AskPassphrase, type IdentityFile, readIdentityFile, UnusableIdentity } from './identity-file.js'

/** A key that can be offered to a server. */
export interface OfferableKey {
  publicKey: ParsedKey
  /** `agent`, or the path of its file. */
  source: string
  /** May wait for a person: a passphrase, a confirmation. Rejects with a sentence that says why it did not sign. */
  sign: (data: Buffer, options: SigningRequestOptions) => Promise<Buffer>
}

/** What can be offered to one server, in order, and what cannot. */
export interface KeyRing {
  keys: OfferableKey[]
  skipped: SkippedKey[]
}

export interface SkippedKey {
  source: string
  because: string
}

/** The keys of a run, shared by all its hosts. */
export interface Credentials {
  keysFor(endpoint: Pick<Endpoint, 'identityFiles'>): Promise<KeyRing>
}

/** Where the agent is, and how to ask for a passphrase. */
export interface CredentialSources {
  /** `SSH_AUTH_SOCK` and `HOME` are read from it. */
  env: NodeJS.ProcessEnv
  /** Absent when there is no terminal: encrypted keys that the agent does not hold are then skipped. */
  askPassphrase?: AskPassphrase | undefined
}

/**
 * Reads every identity file of the hosts and their jump hosts, once each; asks no passphrase yet.
 * Throws `UserError` for a file that cannot be used, unless it is one of the default `~/.ssh/id_*`: that is skipped.
 */
export async function loadCredentials(hosts: readonly Host[], sources: CredentialSources): Promise<Credentials> {
  const endpoints = hosts.flatMap((host) => (host.transport === 'local' ? [] : host.jump ? [host.jump, host] : [host]))
  const files = [...new Set(endpoints.flatMap((endpoint) => endpoint.identityFiles))]
  const identities = await readIdentities(files, sources)
  const socketPath = sources.env.SSH_AUTH_SOCK
  const agent = socketPath ? await openAgent(socketPath).catch(() => undefined) : undefined
  const deadAgent = socketPath && !agent ? [{ source: 'agent', because: `nothing answers at ${socketPath}` }] : []
  return {
    async keysFor({ identityFiles }) {
      const wanted = identityFiles.flatMap((file) => identities.get(file) ?? [])
      const ring = await gatherKeys(agent, wanted)
      return { ...ring, skipped: [...deadAgent, ...ring.skipped] }
    },
  }
}

type Identities = Map<string, IdentityFile | SkippedKey>

async function readIdentities(
  files: readonly string[],
  { env, askPassphrase }: CredentialSources,
): Promise<Identities> {
  const home = env.HOME ?? homedir()
  const defaults = ['id_ed25519', 'id_ecdsa', 'id_rsa'].map((name) => join(home, '.ssh', name))
  const ask = askPassphrase && askOneAtATime(askPassphrase)
  const identities: Identities = new Map()
  for (const file of files) {
    const identity = await readIdentity(file, ask)
    if ('because' in identity && !defaults.includes(file)) throw explainIdentity(identity)
    identities.set(file, identity)
  }
  return identities
}

async function readIdentity(file: string, ask: AskPassphrase | undefined): Promise<IdentityFile | SkippedKey> {
  try {
    return await readIdentityFile(file, ask)
  } catch (error) {
    if (error instanceof UnusableIdentity) return { source: file, because: `it ${error.message}` }
    throw error
  }
}

function explainIdentity({ source, because }: SkippedKey): UserError {
  return new UserError(`the identity file cannot be used: ${because}`, {
    place: { file: source },
    mend: /does not exist|EISDIR/.test(because)
      ? 'name the file of a private key; ssh-keygen -t ed25519 makes one'
      : 'name a private key that OpenSSH made; ssh-keygen -p -f FILE rewrites an old one',
  })
}

/** Two questions at once would garble the terminal. */
function askOneAtATime(ask: AskPassphrase): AskPassphrase {
  const turn = pLimit(1)
  return (file) => turn(() => ask(file))
}

/**
 * Order of offers, because a server cuts after about six: the agent's keys that an identity file names, the agent's other
 * keys, then the files that the agent does not hold.
 */
async function gatherKeys(agent: Agent | undefined, wanted: readonly (IdentityFile | SkippedKey)[]): Promise<KeyRing> {
  const skipped = wanted.filter((identity) => 'because' in identity)
  const files = wanted.filter((identity) => 'unlock' in identity)
  const held = agent?.keys ?? []
  const isNamed = (key: ParsedKey) => files.some((identity) => isSameKey(identity.publicKey, key))
  const named = files.flatMap(({ publicKey }) => held.filter((key) => isSameKey(publicKey, key)))
  const agentKeys = agent ? [...named, ...held.filter((key) => !isNamed(key))].map((key) => fromAgent(agent, key)) : []
  const rest = files.filter((identity) => !held.some((key) => isSameKey(identity.publicKey, key)))
  const offers = await Promise.all(rest.map(fromFile))
  return {
    keys: [...agentKeys, ...offers.filter((offer) => 'sign' in offer)],
    skipped: [...skipped, ...offers.filter((offer) => 'because' in offer)],
  }
}

function fromAgent(agent: Agent, publicKey: ParsedKey): OfferableKey {
  return { publicKey, source: 'agent', sign: (data, options) => agent.sign(publicKey, data, options) }
}

/** The passphrase is asked only once a server accepts the key, except for an old file that hides even its public half. */
async function fromFile(identity: IdentityFile): Promise<OfferableKey | SkippedKey> {
  const { file, unlock } = identity
  const unlocked = identity.publicKey || identity.refusal ? undefined : await unlock().catch(() => undefined)
  const publicKey = identity.publicKey ?? unlocked?.publicKey
  if (identity.refusal !== undefined || !publicKey)
    return { source: file, because: identity.refusal ?? 'it stayed locked' }
  return { publicKey, source: file, sign: async (data, { hash }) => (await unlock()).sign(data, hash) }
}

function isSameKey(one: ParsedKey | undefined, other: ParsedKey): boolean {
  return one?.getPublicSSH().equals(other.getPublicSSH()) ?? false
}
