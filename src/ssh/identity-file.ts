import { createPrivateKey, sign } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import ssh2, { type ParsedKey } from 'ssh2'
import { readString } from './key-blob.js'

/** Asks a person for the passphrase of a key file; undefined when they give none. */
export type AskPassphrase = (file: string) => Promise<string | undefined>

/** Signs with a private key: `hash` is the digest for an RSA key. The result is what Node's `crypto.sign` gives. */
type Sign = (data: Buffer, hash: string | undefined) => Buffer

/** A private key file, read once in a run. */
export interface IdentityFile {
  file: string
  /** Its public half; undefined for an old encrypted PEM file without a `.pub` beside it. */
  publicKey: ParsedKey | undefined
  /** Decrypted when first needed and then kept; rejects with a sentence that says why it cannot be used. */
  unlock: () => Promise<{ publicKey: ParsedKey; sign: Sign }>
  /** Why it cannot be unlocked, once that is known. */
  refusal?: string
}

/** Why a file cannot serve as an identity, as a sentence without its name. */
export class UnusableIdentity extends Error {
  override readonly name = 'UnusableIdentity'
}

const MAX_TRIES = 3

/**
 * Reads a key file: its private half if it is not encrypted, else what `ask` will unlock later.
 * A missing file with a `.pub` beside it stands for a key that only the agent holds.
 * Throws `UnusableIdentity`.
 */
export async function readIdentityFile(file: string, ask: AskPassphrase | undefined): Promise<IdentityFile> {
  const publicKey = await readPublicKey(`${file}.pub`)
  const text = await readFile(file).catch((error: NodeJS.ErrnoException) => error)
  if (text instanceof Error) {
    if (publicKey) return refuse({ file, publicKey }, 'only its public half is here, and the agent does not hold it')
    throw new UnusableIdentity(text.code === 'ENOENT' ? 'does not exist' : `cannot be read (${text.code})`)
  }
  const key = ssh2.utils.parseKey(text)
  if (key instanceof Error) return readEncrypted(file, text, key, publicKey, ask)
  if (!key.isPrivateKey()) return refuse({ file, publicKey: key }, 'it is a public key, and the agent does not hold it')
  const unlocked = prepare(key)
  return { file, publicKey: key, unlock: async () => unlocked }
}

function readEncrypted(
  file: string,
  text: Buffer,
  error: Error,
  publicKey: ParsedKey | undefined,
  ask: AskPassphrase | undefined,
): IdentityFile {
  // sample: Encrypted private OpenSSH key detected, but no passphrase given
  if (!/no passphrase given/.test(error.message)) {
    throw new UnusableIdentity(`is not a private key that can be read here (${error.message})`)
  }
  const identity = { file, publicKey: publicKey ?? readPublicHalf(text) }
  if (!ask) return refuse(identity, 'it is encrypted, and there is no terminal to ask for its passphrase')
  return unlockOnce(identity, () => decrypt(file, text, ask))
}

/** Shares one unlocking between all hosts, its failure included. */
function unlockOnce(identity: Omit<IdentityFile, 'unlock'>, decryptKey: () => Promise<ParsedKey>): IdentityFile {
  let unlocked: ReturnType<IdentityFile['unlock']> | undefined
  const shared: IdentityFile = {
    ...identity,
    unlock() {
      unlocked ??= decryptKey().then(prepare)
      unlocked.catch((error: Error) => {
        shared.refusal = error.message
      })
      return unlocked
    },
  }
  return shared
}

/** A wrong passphrase may be typed three times, as with OpenSSH. */
async function decrypt(file: string, text: Buffer, ask: AskPassphrase): Promise<ParsedKey> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const passphrase = await ask(file)
    if (passphrase === undefined) throw new UnusableIdentity('it is encrypted, and no passphrase was given')
    const key = ssh2.utils.parseKey(text, passphrase)
    if (!(key instanceof Error)) return key
  }
  throw new UnusableIdentity(`its passphrase was wrong ${MAX_TRIES} times`)
}

const DIGESTS: Partial<Record<ParsedKey['type'], string>> = {
  'ssh-rsa': 'sha1',
  'ecdsa-sha2-nistp256': 'sha256',
  'ecdsa-sha2-nistp384': 'sha384',
  'ecdsa-sha2-nistp521': 'sha512',
}

/** Decodes the key for Node once: ssh2 would decode its PEM text anew for each signature, at half a millisecond each. */
function prepare(key: ParsedKey): { publicKey: ParsedKey; sign: Sign } {
  const privateKey = createPrivateKey(key.getPrivatePEM())
  return { publicKey: key, sign: (data, hash) => sign(hash ?? DIGESTS[key.type] ?? null, data, privateKey) }
}

function refuse(identity: Omit<IdentityFile, 'unlock'>, refusal: string): IdentityFile {
  return { ...identity, refusal, unlock: () => Promise.reject(new UnusableIdentity(refusal)) }
}

async function readPublicKey(file: string): Promise<ParsedKey | undefined> {
  const text = await readFile(file).catch(() => undefined)
  const key = text && ssh2.utils.parseKey(text)
  return key instanceof Error ? undefined : key
}

/** The public half stands in clear before the encrypted one (openssh/PROTOCOL.key): magic, cipher, kdf, its options, count, key. */
function readPublicHalf(text: Buffer): ParsedKey | undefined {
  const body = /-----BEGIN OPENSSH PRIVATE KEY-----([\s\S]+)-----END/.exec(text.toString('latin1'))?.[1]
  if (body === undefined) return undefined
  const bytes = Buffer.from(body, 'base64')
  let offset = 'openssh-key-v1\0'.length
  for (let field = 0; field < 3; field++) offset += 4 + (readString(bytes, offset)?.length ?? 0)
  const blob = readString(bytes, offset + 4)
  const key = blob && ssh2.utils.parseKey(blob)
  return key instanceof Error ? undefined : key
}
