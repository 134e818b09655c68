import { type FileHandle, open } from 'node:fs/promises'
import ssh2, { type ParsedKey } from 'ssh2'
import { t } from '../../language/language.js'
import { type Certificate, isCertificateType, readCertificate } from './key-kinds.js'
import { UnusableIdentity } from './unusable-identity.js'

/** A certificate, and its file. */
export interface FoundCertificate extends Certificate {
  file: string
  isExpired: boolean
}

const MAX_BYTES = 1024 * 1024

/** The mend where a file is no key at all. */
export function adviseKeyFile(): string {
  return t`name the file of a private key; ssh-keygen -t ed25519 makes one`
}

/** What is in a file of a key, and who may read it. */
interface Content {
  text: string
  mode: number
  /** OpenSSH ignores such a private key of one's own (authfile.c, sshkey_perm_ok). */
  isOpenToOthers: boolean
}

/** Rejects with `UnusableIdentity`, or the error of the file system. */
export async function readContent(file: string): Promise<Content> {
  const handle = await open(file, 'r')
  try {
    const stats = await handle.stat()
    if (stats.isDirectory()) throw new UnusableIdentity(t`it is a folder`, adviseKeyFile())
    const isOwn = stats.isFile() && stats.uid === process.getuid?.()
    const mode = stats.mode & 0o777
    return { text: await readText(handle), mode, isOpenToOthers: isOwn && (mode & 0o077) !== 0 }
  } finally {
    await handle.close()
  }
}

/** Reads to the end, of a pipe too (`--identity <(…)`), but not for ever. */
async function readText(handle: FileHandle): Promise<string> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of handle.createReadStream({ autoClose: false })) {
    pieces.push(piece)
    size += piece.length
    if (size > MAX_BYTES) throw new UnusableIdentity(t`it is too large for a key`, adviseKeyFile())
  }
  return Buffer.concat(pieces).toString('utf8')
}

/** Reads a file with a public key; undefined where there is none. */
export async function readPublicKey(file: string): Promise<ParsedKey | undefined> {
  const content = await readContent(file).catch(() => undefined)
  return content && parsePublic(content.text)
}

/** A public key as text or as it goes over the wire; undefined where it is none, or one that ssh2 does not know. */
export function parsePublic(text: Buffer | string): ParsedKey | undefined {
  const key = ssh2.utils.parseKey(text)
  return key instanceof Error || key.isPrivateKey() || isCertificateType(key.type) ? undefined : key
}

/** Reads a file with a certificate; undefined where there is none. */
export async function readCertificateFile(file: string): Promise<FoundCertificate | undefined> {
  const content = await readContent(file).catch(() => undefined)
  const certificate = content && readCertificate(Buffer.from(content.text.trim().split(/\s+/)[1] ?? '', 'base64'))
  return certificate && { ...certificate, file, isExpired: certificate.validBefore < Date.now() / 1000 }
}
