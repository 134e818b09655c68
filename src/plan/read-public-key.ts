import { UserError } from '../errors.js'
import { t } from '../language/language.js'

/**
 * The one public key in the text of a `.pub` file, as a line for authorized_keys. Throws UserError for everything else:
 * a private key has no business on a host, and options would be joined with ours.
 */
export function readPublicKey(text: string, file: string): string {
  const refuse = (message: string, mend: string) => new UserError(message, { place: { file }, mend })
  if (text.includes('PRIVATE KEY')) throw refuse(t`this is a private key`, t`name its public half: ${file}.pub`)
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const [line = ''] = lines
  // sample: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI… ops@laptop
  const [, type = '', blob = ''] = /^([a-z0-9@.-]+) ([A-Za-z0-9+/]+={0,2})(?: [^\p{Cc}]*)?\r?$/u.exec(line) ?? []
  if (lines.length !== 1 || !holdsType(Buffer.from(blob, 'base64'), type)) {
    throw refuse(t`this is not a public key of OpenSSH`, t`name the .pub file that ssh-keygen wrote`)
  }
  return line.trim()
}

/** A key begins with its type, after four bytes of length (RFC 4253, 6.6). */
function holdsType(blob: Buffer, type: string): boolean {
  return type !== '' && blob.length > 4 && blob.subarray(4, 4 + blob.readUInt32BE(0)).toString('latin1') === type
}
