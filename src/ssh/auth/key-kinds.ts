import { t } from '../../language/language.js'
import { readKeyType, readString, wrapString } from '../key-blob.js'

/** How many strings follow the type in a public key (RFC 4253, 6.6; RFC 5656, 3.1; openssh/PROTOCOL.u2f). */
const FIELDS: Record<string, number> = {
  'ssh-rsa': 2,
  'ssh-dss': 4,
  'ssh-ed25519': 1,
  'ecdsa-sha2-nistp256': 2,
  'ecdsa-sha2-nistp384': 2,
  'ecdsa-sha2-nistp521': 2,
  'sk-ssh-ed25519@openssh.com': 2,
  'sk-ecdsa-sha2-nistp256@openssh.com': 3,
}

/** What a certificate of a user says (openssh/PROTOCOL.certkeys). */
export interface Certificate {
  /** The key that it is for, as it goes over the wire. */
  plainKey: Buffer
  /** Seconds since 1970; `Infinity` for ever. */
  validBefore: number
}

/** The way to use what only the system's `ssh` can: ssh2 writes the signatures of a certificate or a device wrongly. */
export function adviseOpenssh(): string {
  return t`let the system's ssh log in: --transport openssh`
}

/** Whether its private half is in a device (FIDO, U2F), which signs in its own way. */
export function isFidoType(type: string): boolean {
  return type.startsWith('sk-')
}

/** Whether a type of key is that of a certificate: `ssh-ed25519-cert-v01@openssh.com`. */
export function isCertificateType(type: string): boolean {
  return type.includes('-cert-v0')
}

/** Reads a certificate's blob; undefined when it is not one, or of a kind that is not known. */
export function readCertificate(blob: Buffer): Certificate | undefined {
  const type = readKeyType(blob) ?? ''
  if (!isCertificateType(type)) return undefined
  const plainType = nameCertified(type)
  const count = FIELDS[plainType]
  const strings = walkStrings(blob)
  strings.next()
  // A random text, so that what is signed cannot be foreseen.
  strings.next()
  if (count === undefined) return undefined
  const fields = Array.from({ length: count }, () => strings.next())
  // Its number, and whether it is a user's or a host's.
  strings.skip(8 + 4)
  strings.next()
  // Its name, the users that it is for, and the time from which it is valid.
  strings.next()
  strings.skip(8)
  const before = strings.uint64()
  if (before === undefined) return undefined
  const plainKey = Buffer.concat(
    [Buffer.from(plainType), ...fields.map((field) => field ?? Buffer.alloc(0))].map(wrapString),
  )
  return { plainKey, validBefore: before === FOREVER ? Infinity : Number(before) }
}

const FOREVER = 0xffffffffffffffffn

// samples: ssh-rsa-cert-v01@openssh.com, sk-ssh-ed25519-cert-v01@openssh.com
function nameCertified(type: string): string {
  return type.startsWith('sk-') ? type.replace(/-cert-v0\d/, '') : type.replace(/-cert-v0\d@openssh\.com$/, '')
}

function walkStrings(bytes: Buffer) {
  let offset = 0
  return {
    next(): Buffer | undefined {
      const text = readString(bytes, offset)
      offset += 4 + (text?.length ?? 0)
      return text
    },
    skip(count: number): void {
      offset += count
    },
    uint64: () => (offset + 8 > bytes.length ? undefined : bytes.readBigUInt64BE(offset)),
  }
}
