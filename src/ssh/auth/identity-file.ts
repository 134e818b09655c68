import { type KeyObject, sign } from 'node:crypto'
import type { ParsedKey } from 'ssh2'
import { t } from '../../language/language.js'
import { quote } from '../../shell.js'
import { readKeyType } from '../key-blob.js'
import { decryptKey } from './decrypt-key.js'
import {
  adviseKeyFile,
  type FoundCertificate,
  parsePublic,
  readCertificateFile,
  readContent,
  readPublicKey,
} from './key-file.js'
import { adviseOpenssh, isCertificateType, isFidoType } from './key-kinds.js'
import { findPrivateKey, openPrivateKey, type PrivateKeyText, toPublicKey } from './private-key.js'
import { UnusableIdentity } from './unusable-identity.js'

/** Asks a person for the passphrase of a key file; undefined when they give none. */
export type AskPassphrase = (file: string) => Promise<string | undefined>

/** Signs with a private key: `hash` is the digest for an RSA key. The result is what Node's `crypto.sign` gives. */
type Sign = (data: Buffer, hash: string | undefined) => Buffer

/** A private key file, read once in a run. */
export interface IdentityFile {
  file: string
  /** Its public half; undefined for an encrypted PEM or PKCS#8 file without a `.pub` beside it, and for a FIDO key. */
  publicKey: ParsedKey | undefined
  /** Decrypted when first needed and then kept; rejects with a sentence that says why it cannot be used. */
  unlock: () => Promise<{ publicKey: ParsedKey; sign: Sign }>
  /** Why it cannot be unlocked, once that is known. */
  refusal?: string
  /** What would mend that. */
  mend?: string | undefined
  /** The certificate in the file beside it whose name ends in `-cert.pub`. */
  certificate?: FoundCertificate
  /** The public half of a key in a FIDO device, of which the file is only the handle. */
  fidoKey?: Buffer
}

const MAX_TRIES = 3

/**
 * Reads a key file of any format: its private half if it is not encrypted, else what `ask` will unlock later.
 * A missing file with a `.pub` beside it stands for a key that only the agent holds. Throws `UnusableIdentity`.
 */
export async function readIdentityFile(file: string, ask: AskPassphrase | undefined): Promise<IdentityFile> {
  const certificate = await findCertificate(file)
  const identity = await readKeyFile(file, ask)
  // The same object: it may still learn that it cannot be unlocked.
  return certificate ? Object.assign(identity, { certificate }) : identity
}

async function readKeyFile(file: string, ask: AskPassphrase | undefined): Promise<IdentityFile> {
  const beside = await readPublicKey(`${file}.pub`)
  const content = await readContent(file).catch((error: NodeJS.ErrnoException) => error)
  if (content instanceof Error) {
    if (content instanceof UnusableIdentity) throw content
    if (beside)
      return refuse({ file, publicKey: beside }, t`only its public half is here, and the agent does not hold it`)
    throw explainUnreadable(content)
  }
  const key = findPrivateKey(file, content.text)
  if (!key) return readPublicInstead(file, content.text)
  if (content.isOpenToOthers) throw explainMode(file, content.mode)
  const type = key.publicBlob && readKeyType(key.publicBlob)
  if (key.publicBlob && type !== undefined && isFidoType(type)) {
    const because = t`it is a FIDO key (${type}), which only the system's ssh can use`
    return { ...refuse({ file, publicKey: undefined }, because), fidoKey: key.publicBlob, mend: adviseOpenssh() }
  }
  if (type === 'ssh-dss')
    throw new UnusableIdentity(
      t`it is a DSA key, which SSH servers do not take any more`,
      t`ssh-keygen -t ed25519 makes a new one`,
    )
  return key.isEncrypted ? readEncrypted(file, key, beside, ask) : readClear(file, key)
}

function readClear(file: string, key: PrivateKeyText): IdentityFile {
  const unlocked = prepare(openOrExplain(key))
  return { file, publicKey: unlocked.publicKey, unlock: async () => unlocked }
}

function openOrExplain(key: PrivateKeyText): KeyObject {
  try {
    return openPrivateKey(key)
  } catch (error) {
    throw new UnusableIdentity(t`it is a private key that cannot be read here (${describe(error)})`)
  }
}

function readEncrypted(
  file: string,
  key: PrivateKeyText,
  beside: ParsedKey | undefined,
  ask: AskPassphrase | undefined,
): IdentityFile {
  // As ssh does, the file beside it is believed first; what is unlocked has to be of that key, too.
  const identity = { file, publicKey: beside ?? (key.publicBlob && parsePublic(key.publicBlob)) }
  if (!ask) {
    const because = t`it is encrypted, and there is no terminal to ask for its passphrase`
    return { ...refuse(identity, because), mend: `ssh-add ${quote(file)}` }
  }
  return unlockOnce(identity, () => decrypt(file, key, ask))
}

/** Shares one unlocking between all hosts, its failure included. */
function unlockOnce(identity: Omit<IdentityFile, 'unlock'>, decryptFile: () => Promise<KeyObject>): IdentityFile {
  let unlocked: ReturnType<IdentityFile['unlock']> | undefined
  const shared: IdentityFile = {
    ...identity,
    mend: `ssh-add ${quote(identity.file)}`,
    unlock() {
      unlocked ??= decryptFile().then((privateKey) => checkHalves(identity, prepare(privateKey)))
      unlocked.catch((error: Error) => {
        shared.refusal = error.message
      })
      return unlocked
    },
  }
  return shared
}

function checkHalves<Key extends { publicKey: ParsedKey }>(
  { file, publicKey }: Omit<IdentityFile, 'unlock'>,
  key: Key,
) {
  if (!publicKey || publicKey.getPublicSSH().equals(key.publicKey.getPublicSSH())) return key
  throw new UnusableIdentity(t`its private half does not belong to ${file}.pub`)
}

/** A wrong passphrase may be typed three times, as with OpenSSH. */
async function decrypt(file: string, key: PrivateKeyText, ask: AskPassphrase): Promise<KeyObject> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const passphrase = await ask(file)
    if (passphrase === undefined) throw new UnusableIdentity(t`it is encrypted, and no passphrase was given`)
    const opened = await decryptKey(key, passphrase).catch((error: Error) => error)
    if (!(opened instanceof Error)) return opened
    // samples: Unsupported cipher for encrypted OpenSSH key: x, error:0308010C:digital envelope routines::unsupported
    if (/unsupported|malformed/i.test(opened.message)) {
      throw new UnusableIdentity(t`it is encrypted in a way that is not read here (${opened.message})`)
    }
  }
  throw new UnusableIdentity(t`its passphrase was wrong ${MAX_TRIES} times`)
}

const DIGESTS: Partial<Record<ParsedKey['type'], string>> = {
  'ssh-rsa': 'sha1',
  'ecdsa-sha2-nistp256': 'sha256',
  'ecdsa-sha2-nistp384': 'sha384',
  'ecdsa-sha2-nistp521': 'sha512',
}

/** Signs by Node: ssh2 would decode the key's PEM text anew for each signature, at half a millisecond each. */
function prepare(privateKey: KeyObject): { publicKey: ParsedKey; sign: Sign } {
  const publicKey = toPublicKey(privateKey)
  return { publicKey, sign: (data, hash) => sign(hash ?? DIGESTS[publicKey.type] ?? null, data, privateKey) }
}

function refuse(identity: Omit<IdentityFile, 'unlock'>, refusal: string): IdentityFile {
  return { ...identity, refusal, unlock: () => Promise.reject(new UnusableIdentity(refusal)) }
}

/** A public key in the place of a private one serves with an agent that holds the other half. */
function readPublicInstead(file: string, text: string): IdentityFile {
  const publicKey = parsePublic(text)
  if (publicKey) return refuse({ file, publicKey }, t`it is a public key, and the agent does not hold it`)
  // sample: ssh-ed25519-cert-v01@openssh.com AAAA… ops@laptop
  const type = text.trim().split(/\s/, 1)[0] ?? ''
  if (isCertificateType(type)) {
    throw new UnusableIdentity(t`it is a certificate, not a private key`, t`name the private key that it belongs to`)
  }
  const isEmpty = text.trim() === ''
  throw new UnusableIdentity(isEmpty ? t`it is empty` : t`it is not a private key that can be read here`)
}

function explainUnreadable({ code }: NodeJS.ErrnoException): UnusableIdentity {
  if (code === 'ENOENT') return new UnusableIdentity(t`it does not exist`, adviseKeyFile())
  return new UnusableIdentity(t`it cannot be read (${code})`, t`see that it is yours to read`)
}

function explainMode(file: string, mode: number): UnusableIdentity {
  const octal = mode.toString(8).padStart(4, '0')
  return new UnusableIdentity(
    t`it may be read by others (its mode is ${octal}), and ssh ignores such a key`,
    `chmod 600 ${quote(file)}`,
  )
}

/** The certificate beside a key, by the name that OpenSSH looks for; undefined where there is none. */
function findCertificate(file: string): Promise<FoundCertificate | undefined> {
  return readCertificateFile(`${file.replace(/\.pub$/, '')}-cert.pub`)
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
