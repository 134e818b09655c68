import { createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import ssh2, { type ParsedKey } from 'ssh2'
import { t } from '../../language/language.js'
import { quote } from '../../shell.js'
import { readString, wrapString } from '../key-blob.js'
import { UnusableIdentity } from './unusable-identity.js'

/** The text of a private key, and who reads it: ssh2 (OpenSSH's own format, PuTTY's), or Node (PEM, PKCS#8). */
export interface PrivateKeyText {
  text: string
  reader: 'ssh2' | 'node'
  isEncrypted: boolean
  /** Its public half, where that stands in clear before the private one. */
  publicBlob?: Buffer | undefined
}

function adviseRewrite(): string {
  return t`name a private key that OpenSSH made; ssh-keygen -t ed25519 makes one`
}

/**
 * Finds the private key in a file's text, or undefined where there is none. Line ends, blanks around lines and a missing
 * last line feed do not matter. Throws `UnusableIdentity` for a kind that cannot be read.
 */
export function findPrivateKey(file: string, content: string): PrivateKeyText | undefined {
  const lines = content.replace(/^\ufeff/, '').split(/\r\n|\r|\n/)
  const text = lines.map((line) => line.trimEnd()).join('\n')
  // sample: PuTTY-User-Key-File-3: ssh-ed25519
  const [, putty, puttyType = ''] = /^PuTTY-User-Key-File-(\d): (\S+)/.exec(text) ?? []
  if (putty !== undefined) return readPutty(file, text, putty, puttyType)
  if (/BEGIN SSH2 ENCRYPTED PRIVATE KEY|^SSH PRIVATE KEY FILE FORMAT 1\.1/m.test(text)) {
    throw new UnusableIdentity(t`it is a key of another or a very old SSH, which is not read here`, adviseRewrite())
  }
  const [block, label] =
    /^-----BEGIN ((?:OPENSSH |RSA |EC |DSA |ENCRYPTED )?PRIVATE KEY)-----[\s\S]+?^-----END \1-----/m.exec(text) ?? []
  if (block === undefined || label === undefined) return undefined
  if (label === 'OPENSSH PRIVATE KEY') return readOpenssh(block)
  return {
    text: `${block}\n`,
    reader: 'node',
    isEncrypted: label.startsWith('ENCRYPTED') || /^Proc-Type: 4,ENCRYPTED/m.test(block),
  }
}

function readPutty(file: string, text: string, version: string, type: string): PrivateKeyText {
  const convert = `puttygen ${quote(file)} -O private-openssh -o ${quote(`${file}.openssh`)}`
  if (version !== '2' || type !== 'ssh-rsa') {
    throw new UnusableIdentity(t`it is a PuTTY key (${type}, version ${version}), which is not read here`, convert)
  }
  return { text: `${text.trimEnd()}\n`, reader: 'ssh2', isEncrypted: !/^Encryption: none$/m.test(text) }
}

/** openssh/PROTOCOL.key: a magic word, cipher, kdf, its options, the number of keys, and the public half, all in clear. */
function readOpenssh(text: string): PrivateKeyText {
  const body = text.split('\n').slice(1, -1).join('')
  const bytes = Buffer.from(body, 'base64')
  let offset = 'openssh-key-v1\0'.length
  const cipher = readString(bytes, offset)?.toString('latin1')
  for (let field = 0; field < 3; field++) offset += 4 + (readString(bytes, offset)?.length ?? 0)
  return { text, reader: 'ssh2', isEncrypted: cipher !== 'none', publicBlob: readString(bytes, offset + 4) }
}

/** Opens a key that is not encrypted, or with its passphrase. Throws what its reader throws. */
export function openPrivateKey({ text, reader }: PrivateKeyText): KeyObject {
  if (reader === 'node') return createPrivateKey(text)
  const key = ssh2.utils.parseKey(text)
  if (key instanceof Error) throw key
  return createPrivateKey(key.getPrivatePEM())
}

/** The public half of a private key as SSH has it. Throws `UnusableIdentity` for a type that SSH does not have. */
export function toPublicKey(privateKey: KeyObject): ParsedKey {
  const key = ssh2.utils.parseKey(writeBlob(privateKey))
  if (key instanceof Error) throw new UnusableIdentity(t`it is not a key for SSH (${key.message})`, adviseRewrite())
  return key
}

/** Elliptic curves as JSON Web Keys (RFC 7518, 6.2.1.1) and SSH (RFC 5656, 10.1) name them. */
const CURVES: Record<string, string> = { 'P-256': 'nistp256', 'P-384': 'nistp384', 'P-521': 'nistp521' }

function writeBlob(privateKey: KeyObject): Buffer {
  const type = privateKey.asymmetricKeyType
  if (type !== 'rsa' && type !== 'ec' && type !== 'ed25519') throw refuseType(`${type}`)
  const { n, e, x, y, crv } = exportPublic(privateKey)
  const bytes = (text: string | undefined) => Buffer.from(text ?? '', 'base64url')
  if (type === 'rsa') return writeStrings('ssh-rsa', toMpint(bytes(e)), toMpint(bytes(n)))
  if (type === 'ed25519') return writeStrings('ssh-ed25519', bytes(x))
  const curve = CURVES[crv ?? '']
  if (curve === undefined) throw refuseType(`${privateKey.asymmetricKeyDetails?.namedCurve}`)
  return writeStrings(`ecdsa-sha2-${curve}`, curve, Buffer.concat([Buffer.from([4]), bytes(x), bytes(y)]))
}

/** JSON Web Keys do not know every curve. */
function exportPublic(privateKey: KeyObject): JsonWebKey {
  try {
    return createPublicKey(privateKey).export({ format: 'jwk' })
  } catch {
    throw refuseType(`${privateKey.asymmetricKeyDetails?.namedCurve ?? privateKey.asymmetricKeyType}`)
  }
}

function refuseType(type: string): UnusableIdentity {
  return new UnusableIdentity(t`it is a key of the type ${type}, which SSH servers do not take`, adviseRewrite())
}

function writeStrings(...strings: (string | Buffer)[]): Buffer {
  return Buffer.concat(strings.map(wrapString))
}

/** RFC 4251, 5: a zero stands before a number whose first bit is set, because it would be negative. */
function toMpint(number: Buffer): Buffer {
  return (number[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.from([0]), number]) : number
}
