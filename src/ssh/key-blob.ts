import { createHash } from 'node:crypto'

/** The type of a public key as it goes over the wire (RFC 4253, 6.6): its first string. Undefined when it is not one. */
export function readKeyType(blob: Buffer): string | undefined {
  return readString(blob, 0)?.toString('latin1')
}

/** `SHA256:` and the unpadded base64 of the hash, as `ssh-keygen -l` prints it. */
export function fingerprint(blob: Buffer): string {
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`
}

/** The bytes of the string at `offset` (RFC 4251, 5: four bytes of length before it), or undefined where none fits. */
export function readString(bytes: Buffer, offset: number): Buffer | undefined {
  if (offset + 4 > bytes.length) return undefined
  const end = offset + 4 + bytes.readUInt32BE(offset)
  return end > bytes.length ? undefined : bytes.subarray(offset + 4, end)
}

/** A string as it goes over the wire: four bytes of length before it. */
export function wrapString(bytes: Buffer | string): Buffer {
  const text = Buffer.from(bytes)
  return Buffer.concat([toUint32(text.length), text])
}

export function toUint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
