import ssh2, { type ParsedKey, type SigningRequestOptions } from 'ssh2'
import type { Endpoint } from '../../inventory/host.js'
import { t } from '../../language/language.js'
import { fingerprint } from '../key-blob.js'
import type { Agent, AgentKey } from './agent.js'
import type { IdentityFile } from './identity-file.js'
import type { FoundCertificate } from './key-file.js'
import { adviseOpenssh, isCertificateType, isFidoType, readCertificate } from './key-kinds.js'
import type { Passwords } from './passwords.js'

/** A key that can be offered to a server. */
export interface OfferableKey {
  publicKey: ParsedKey
  /** `agent`, or the path of its file. */
  source: string
  /** May wait for a person: a passphrase, a confirmation. Rejects with a sentence that says why it did not sign. */
  sign: (data: Buffer, options: SigningRequestOptions) => Promise<Buffer>
  /** What would help where it does not sign. */
  mend?: string | undefined
}

/** A key or a place of keys that is passed over. */
export interface SkippedKey {
  source: string
  because: string
  mend?: string | undefined
}

/** A question of a server that a person has to answer: a second factor, mostly. */
export interface Prompt {
  /** `user@address:port` of the server that asks. */
  hop: string
  /** The server's words, safe to look at. */
  words: string
  /** Whether what is typed may be seen. */
  echo: boolean
}

/** Asks a person at the terminal; undefined when they give no answer. */
export type AskPrompt = (prompt: Prompt) => Promise<string | undefined>

/** What there is to log in to one server with: keys in their order, what cannot be used of them, passwords, a person to ask. */
export interface KeyRing {
  keys: OfferableKey[]
  skipped: SkippedKey[]
  /**
   * Why only the system's `ssh` can do what it would do here, in words: a certificate belongs to an identity of this
   * server, or a FIDO key is named for it. A certificate or a FIDO key that the agent happens to hold besides is no
   * reason while there is another key to offer.
   */
  needsOpenssh?: string
  /** Fingerprints of keys that some server of the run took: they are offered first wherever the ring is the same. */
  taken: Set<string>
  passwords: Passwords
  askPrompt?: AskPrompt | undefined
}

/** What a ring is made of. */
export interface RingParts {
  agent: Agent | undefined
  identities: readonly (IdentityFile | SkippedKey)[]
  /** Those that the settings name; the certificates beside identity files are found with these. */
  certificates: readonly FoundCertificate[]
  /** Files that stand for any key of the user: a FIDO key among them is not named for this server. */
  defaultFiles: readonly string[]
}

/**
 * The keys in OpenSSH's order, each once, because a server cuts after about six: the agent's keys that an identity file
 * names, the agent's other keys unless they are not wanted, then the files that the agent does not hold.
 */
export async function gatherKeys(
  { agent, identities, certificates, defaultFiles }: RingParts,
  { identitiesOnly = false }: Pick<Endpoint, 'identitiesOnly'>,
): Promise<Pick<KeyRing, 'keys' | 'skipped' | 'needsOpenssh'>> {
  const files = identities.filter((identity) => 'unlock' in identity)
  const held = agent?.keys ?? []
  const isHeld = (blob: Buffer | undefined) => held.some((key) => blob !== undefined && key.blob.equals(blob))
  const named = held.filter(({ blob }) => files.some(({ publicKey }) => publicKey?.getPublicSSH().equals(blob)))
  const others = identitiesOnly ? [] : held.filter((key) => !named.includes(key))
  const fromAgent = agent ? [...named, ...others].map((key) => offerFromAgent(agent, key)) : []
  const rest = files.filter(({ publicKey }) => !isHeld(publicKey?.getPublicSSH()))
  const offers = [...fromAgent, ...(await Promise.all(rest.map(offerFromFile)))]
  const keys = dropRepeats(offers.filter((offer) => 'sign' in offer))
  const found = [...certificates, ...files.flatMap(({ certificate }) => certificate ?? [])]
  const skipped = [
    ...found.map(skipCertificate),
    ...identities.filter((identity) => 'because' in identity),
    ...offers.filter(isSkipped),
  ]
  const needsOpenssh = findCertified(files, found, others) ?? findDevice(files, others, keys, defaultFiles)
  return { keys, skipped, ...(needsOpenssh !== undefined && { needsOpenssh }) }
}

function skipCertificate({ file, isExpired, validBefore }: FoundCertificate): SkippedKey {
  if (!isExpired)
    return {
      source: file,
      because: t`it is a certificate, which only the system's ssh can use`,
      mend: adviseOpenssh(),
    }
  const day = new Date(validBefore * 1000).toISOString().slice(0, 10)
  return {
    source: file,
    because: t`it is a certificate that expired on ${day}`,
    mend: t`have the certificate renewed`,
  }
}

function isSkipped(offer: OfferableKey | SkippedKey): offer is SkippedKey {
  return 'because' in offer
}

function offerFromAgent(agent: Agent, { blob, type }: AgentKey): OfferableKey | SkippedKey {
  const publicKey = ssh2.utils.parseKey(blob)
  if (publicKey instanceof Error || type === 'ssh-dss')
    return { source: 'agent', because: explainForeign(nameBlob(blob, type), type), mend: mendForeign(type) }
  return { publicKey, source: 'agent', sign: (data, { hash }) => agent.sign(blob, data, hash) }
}

function explainForeign(name: string, type: string): string {
  if (isCertificateType(type)) return t`its ${name} is a certificate, which only the system's ssh can use`
  if (isFidoType(type)) return t`its ${name} is a FIDO key, which only the system's ssh can use`
  return t`its ${name} is of a type that is not used`
}

function mendForeign(type: string): string | undefined {
  return isCertificateType(type) || isFidoType(type) ? adviseOpenssh() : undefined
}

function nameBlob(blob: Buffer, type: string): string {
  return `${type} ${fingerprint(readCertificate(blob)?.plainKey ?? blob)}`
}

/** The passphrase is asked only once a server accepts the key, except for an old file that hides even its public half. */
async function offerFromFile(identity: IdentityFile): Promise<OfferableKey | SkippedKey> {
  const { file, unlock, mend } = identity
  const unlocked = identity.publicKey || identity.refusal ? undefined : await unlock().catch(() => undefined)
  const publicKey = identity.publicKey ?? unlocked?.publicKey
  if (identity.refusal !== undefined || !publicKey)
    return { source: file, because: identity.refusal ?? t`it stayed locked`, mend }
  return { publicKey, source: file, mend, sign: async (data, { hash }) => (await unlock()).sign(data, hash) }
}

function dropRepeats(keys: OfferableKey[]): OfferableKey[] {
  const blobs = keys.map(({ publicKey }) => publicKey.getPublicSSH().toString('base64'))
  return keys.filter((_, index) => blobs.indexOf(blobs[index] ?? '') === index)
}

/** A certificate of an identity, which ssh would show before its key. */
function findCertified(
  files: readonly IdentityFile[],
  certificates: readonly FoundCertificate[],
  agentKeys: readonly AgentKey[],
): string | undefined {
  const beside = certificates.find(({ isExpired }) => !isExpired)
  if (beside) return t`${beside.file} is a certificate`
  for (const { blob } of agentKeys) {
    const certificate = readCertificate(blob)
    const isOfFile = ({ publicKey }: IdentityFile) =>
      certificate && publicKey?.getPublicSSH().equals(certificate.plainKey)
    const file = files.find(isOfFile)
    if (file) return t`the agent holds a certificate for ${file.file}`
  }
  return undefined
}

/** A FIDO key that is named for this server, or a key of a foreign kind where there is no other to offer. */
function findDevice(
  files: readonly IdentityFile[],
  agentKeys: readonly AgentKey[],
  { length: others }: readonly OfferableKey[],
  defaultFiles: readonly string[],
): string | undefined {
  const device = files.find(({ file, fidoKey }) => fidoKey && (others === 0 || !defaultFiles.includes(file)))
  if (device) return t`${device.file} is a FIDO key`
  const foreign = others === 0 ? agentKeys.find(({ type }) => isFidoType(type) || isCertificateType(type)) : undefined
  if (!foreign) return undefined
  return isCertificateType(foreign.type)
    ? t`the agent holds a certificate, and there is no other key`
    : t`the agent holds a FIDO key, and there is no other key`
}
