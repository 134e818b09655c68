import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { toUint32, wrapString } from '../../src/ssh/key-blob.js'

const TYPE = 'sk-ssh-ed25519@openssh.com'

/**
 * The file that ssh-keygen leaves for a key in a FIDO device (openssh/PROTOCOL.key, PROTOCOL.u2f), and its `.pub`. No device
 * has it, so that it signs nothing; ssh-keygen and ssh-agent take it. Returns its file.
 */
export async function makeFidoKey(file: string): Promise<string> {
  const point = randomBytes(32)
  const blob = Buffer.concat([TYPE, point, 'ssh:'].map(wrapString))
  const flags = Buffer.from([1])
  const secret = [toUint32(7), toUint32(7), blob, flags, ...[randomBytes(64), '', 'device'].map(wrapString)]
  const clear = ['none', 'none', ''].map(wrapString)
  const bytes = [Buffer.from('openssh-key-v1\0'), ...clear, toUint32(1), wrapString(blob), wrapString(pad(secret))]
  const body = Buffer.concat(bytes).toString('base64').replace(/.{70}/g, '$&\n')
  const text = `-----BEGIN OPENSSH PRIVATE KEY-----\n${body}\n-----END OPENSSH PRIVATE KEY-----\n`
  await writeFile(file, text, { mode: 0o600 })
  await writeFile(`${file}.pub`, `${TYPE} ${blob.toString('base64')} device\n`)
  return file
}

/** To whole blocks of eight, by 1, 2, 3 … */
function pad(pieces: Buffer[]): Buffer {
  const bytes = Buffer.concat(pieces)
  const lack = (8 - (bytes.length % 8)) % 8
  return Buffer.concat([bytes, Buffer.from(Array.from({ length: lack }, (_, index) => index + 1))])
}
