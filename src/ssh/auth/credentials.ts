import { createHash } from 'node:crypto'
import { homedir } from 'node:os'
import { join } from 'node:path'
import pLimit from 'p-limit'
import { UserError } from '../../errors.js'
import { type Endpoint, type Host, listHops } from '../../inventory/host.js'
import { t } from '../../language/language.js'
import { fingerprint } from '../key-blob.js'
import { type Agent, openAgent } from './agent.js'
import { type AskPassphrase, type IdentityFile, readIdentityFile } from './identity-file.js'
import { readCertificateFile } from './key-file.js'
import { type AskPrompt, gatherKeys, type KeyRing, type SkippedKey } from './key-ring.js'
import { createPasswords, type PasswordSource, type PasswordSources, type Passwords } from './passwords.js'
import { UnusableIdentity } from './unusable-identity.js'

export type { KeyRing } from './key-ring.js'

/** What hosts can be logged in to with, shared by all of a run. */
export interface Credentials {
  keysFor(
    endpoint: Pick<Endpoint, 'identityFiles' | 'identitiesOnly' | 'agentSocket' | 'certificateFiles'>,
  ): Promise<KeyRing>
  passwords: Passwords
  /** The ways to ask the person at the terminal, one question at a time; absent where there is none. */
  asks: Asks
}

interface Asks {
  askPassphrase?: AskPassphrase | undefined
  /** Asks what a server wants to know: a second factor. */
  askPrompt?: AskPrompt | undefined
}

/** Where the agent is, how to ask a person, and where passwords come from. */
export interface CredentialSources extends Asks {
  /** `SSH_AUTH_SOCK` and `HOME` are read from it. */
  env: NodeJS.ProcessEnv
  /** What the command line names; what the inventory names (`passwordCommand`) needs nothing here. */
  passwords?: PasswordSources | undefined
}

/**
 * Reads every identity file of the hosts and their jump hosts, once each; asks no passphrase yet.
 * Throws `UserError` for a file that cannot be used and that every host was told to use. Another one, and the default
 * `~/.ssh/id_*`, is skipped, and told where a login fails: one host with a mistake does not stop the others.
 */
export async function loadCredentials(hosts: readonly Host[], sources: CredentialSources): Promise<Credentials> {
  const { askPassphrase, askPrompt, passwords: named } = askInTurn(sources)
  const remote = hosts.filter(({ transport }) => transport !== 'local')
  const files = new Set(remote.flatMap(listHops).flatMap(({ identityFiles }) => identityFiles))
  const defaultFiles = listDefaults(sources.env)
  const needed = listNeeded(remote).filter((file) => !defaultFiles.includes(file))
  const identities = await readIdentities([...files], new Set(needed), askPassphrase)
  const passwords = createPasswords(named)
  const askAgent = remember((socketPath) => openAgent(socketPath).catch((error: Error) => error))
  const readCertificate = remember(readCertificateFile)
  const takenOf = remember(() => new Set<string>())
  return {
    passwords,
    asks: { askPassphrase, askPrompt },
    async keysFor({ identityFiles, identitiesOnly, agentSocket = sources.env.SSH_AUTH_SOCK, certificateFiles = [] }) {
      const answer = agentSocket ? await askAgent(agentSocket) : undefined
      const agent = answer instanceof Error ? undefined : answer
      const ring = await gatherKeys(
        {
          agent,
          identities: identityFiles.flatMap((file) => identities.get(file) ?? []),
          certificates: (await Promise.all(certificateFiles.map(readCertificate))).filter(
            (found) => found !== undefined,
          ),
          defaultFiles,
        },
        identitiesOnly === undefined ? {} : { identitiesOnly },
      )
      const skipped = [...explainAgent(answer), ...ring.skipped]
      return { ...ring, skipped, taken: takenOf(listFingerprints(ring).join(' ')), passwords, askPrompt }
    },
  }
}

/**
 * What tells one login from another, without any secret in it: the user, the keys, and where the password comes from. It is
 * the same wherever a refusal would mean the same.
 */
export function credentialKeyOf(endpoint: Endpoint, ring: KeyRing): string {
  const source = ring.passwords.sourceOf('login', endpoint)
  return JSON.stringify([endpoint.user, listFingerprints(ring), source === undefined ? null : digest(source)])
}

function listFingerprints({ keys }: Pick<KeyRing, 'keys'>): string[] {
  return keys.map(({ publicKey }) => fingerprint(publicKey.getPublicSSH()))
}

/** A command may hold what nobody should read. */
function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

function explainAgent(answer: Agent | Error | undefined): SkippedKey[] {
  if (answer instanceof Error) return [{ source: 'agent', because: answer.message }]
  return answer?.keys.length === 0 ? [{ source: 'agent', because: t`it holds no key, or is locked` }] : []
}

/** Does something once for each text. */
function remember<Result>(make: (text: string) => Result): (text: string) => Result {
  const made = new Map<string, Result>()
  return (text) => {
    const result = made.has(text) ? made.get(text) : undefined
    if (result !== undefined) return result
    const fresh = make(text)
    made.set(text, fresh)
    return fresh
  }
}

/** Two questions at once would garble the terminal. */
function askInTurn({ askPassphrase, askPrompt, passwords }: CredentialSources): Asks & { passwords: PasswordSources } {
  const turn = pLimit(1)
  const inTurn = <Question, Answer>(ask: (question: Question) => Promise<Answer>) => {
    return (question: Question) => turn(() => ask(question))
  }
  const wrap = (source: PasswordSource | undefined): PasswordSource | undefined =>
    source?.kind === 'ask' ? { ...source, ask: inTurn(source.ask) } : source
  return {
    askPassphrase: askPassphrase && inTurn(askPassphrase),
    askPrompt: askPrompt && inTurn(askPrompt),
    passwords: { login: wrap(passwords?.login), sudo: wrap(passwords?.sudo) },
  }
}

/** The identity files that every host, or a server on the way to it, was told to use, and not by ssh_config alone. */
function listNeeded(hosts: readonly Host[]): string[] {
  const [first = [], ...others] = hosts.map((host) =>
    listHops(host).flatMap(({ passesOverIdentities, identityFiles }) => (passesOverIdentities ? [] : identityFiles)),
  )
  return first.filter((file) => others.every((files) => files.includes(file)))
}

type Identities = Map<string, IdentityFile | SkippedKey>

async function readIdentities(
  files: readonly string[],
  needed: ReadonlySet<string>,
  ask: AskPassphrase | undefined,
): Promise<Identities> {
  const identities: Identities = new Map()
  for (const file of files) {
    const identity = await readIdentity(file, ask)
    if ('because' in identity && needed.has(file)) throw explainIdentity(identity)
    identities.set(file, identity)
  }
  return identities
}

/** The files that `ssh` looks for when none is named. */
function listDefaults(env: NodeJS.ProcessEnv): string[] {
  const names = ['id_rsa', 'id_ecdsa', 'id_ecdsa_sk', 'id_ed25519', 'id_ed25519_sk', 'id_xmss', 'id_dsa']
  return names.map((name) => join(env.HOME ?? homedir(), '.ssh', name))
}

async function readIdentity(file: string, ask: AskPassphrase | undefined): Promise<IdentityFile | SkippedKey> {
  try {
    return await readIdentityFile(file, ask)
  } catch (error) {
    if (error instanceof UnusableIdentity) return { source: file, because: error.message, mend: error.mend }
    throw error
  }
}

function explainIdentity({ source, because, mend }: SkippedKey): UserError {
  return new UserError(t`the identity file cannot be used: ${because}`, {
    place: { file: source },
    mend: mend ?? t`name a private key that OpenSSH made; ssh-keygen -p -f FILE rewrites an old one`,
  })
}
