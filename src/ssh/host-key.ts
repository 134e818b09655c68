import type { ServerHostKeyAlgorithm } from 'ssh2'
import { formatPlace } from '../errors.js'
import type { Endpoint } from '../inventory/host.js'
import { quote } from '../shell.js'
import { formatHop } from './connect-failure.js'
import { fingerprint, readKeyType } from './key-blob.js'
import { formatKnownName, type KnownKey, type KnownKeys } from './known-hosts.js'
import { ConnectFailure, type ConnectReason } from './session.js'

/** Best first; `ssh-rsa` (SHA-1) last, for servers older than OpenSSH 7.2. */
const ALGORITHMS: ServerHostKeyAlgorithm[] = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
  'ssh-rsa',
]

/**
 * The host key algorithms to offer. Those of a key that is known come first, because a server shows one key only:
 * a better one that is not known yet would fail a host that is.
 */
export function orderHostKeyAlgorithms({ listed, bare }: KnownKeys): ServerHostKeyAlgorithm[] {
  const known = (listed.some(isTrusted) ? listed : bare).filter(isTrusted).map(({ type }) => type)
  const isKnown = (algorithm: string) => known.includes(algorithm.startsWith('rsa-') ? 'ssh-rsa' : algorithm)
  return [...ALGORITHMS.filter(isKnown), ...ALGORITHMS.filter((algorithm) => !isKnown(algorithm))]
}

/**
 * Judges the key that a server shows, strictly, by OpenSSH's rules (sshconnect.c, check_host_key): revoked anywhere, refused;
 * the same bytes known, accepted (undefined); another key of its type known, changed; else unknown.
 */
export function checkHostKey(
  blob: Buffer,
  known: KnownKeys,
  endpoint: Endpoint,
  jump?: Endpoint,
): ConnectFailure | undefined {
  const isSame = (key: KnownKey) => key.blob.equals(blob)
  const type = readKeyType(blob)
  const revoked = [...known.listed, ...known.bare].find((key) => key.trust === 'revoked' && isSame(key))
  if (revoked) return explainRevoked(blob, revoked, endpoint)
  const trusted = known.listed.filter(isTrusted)
  if (trusted.some(isSame)) return undefined
  const rival = trusted.find((key) => key.type === type)
  if (rival) return explainChanged(blob, rival, endpoint)
  if (known.bare.filter(isTrusted).some(isSame)) return undefined
  return explainUnknown(blob, known, endpoint, jump)
}

function isTrusted({ trust }: KnownKey): boolean {
  return trust === 'trusted'
}

function explainRevoked(blob: Buffer, { place }: KnownKey, endpoint: Endpoint): ConnectFailure {
  const says = `shows the ${nameKey(blob)}, which is revoked in ${formatPlace(place)}`
  return refuse(
    endpoint,
    'host-key-changed',
    says,
    'give the server a new host key, and find out who holds the old one',
  )
}

function explainChanged(blob: Buffer, { place }: KnownKey, endpoint: Endpoint): ConnectFailure {
  const says = `shows the ${nameKey(blob)}, but another key of that type is known in ${formatPlace(place)}`
  const forget = `ssh-keygen -R ${quote(formatKnownName(endpoint.address, endpoint.port))} -f ${quote(place.file)}`
  return refuse(endpoint, 'host-key-changed', says, `only if the server was set up anew: ${forget}`)
}

function explainUnknown(blob: Buffer, known: KnownKeys, endpoint: Endpoint, jump?: Endpoint): ConnectFailure {
  const says = `shows the ${nameKey(blob)}, which is not known yet${listAsides(known)}`
  return refuse(endpoint, 'host-key-unknown', says, `compare the fingerprint, then: ${writeScan(blob, endpoint, jump)}`)
}

/** What else the files say, that a person would wonder about. */
function listAsides({ listed, unread }: KnownKeys): string {
  const others = listed.filter(isTrusted).map(({ type, place }) => `a ${type} key is known in ${formatPlace(place)}`)
  const authorities = listed
    .filter(({ trust }) => trust === 'cert-authority')
    .map(
      ({ place }) =>
        `the certificate authority in ${formatPlace(place)} is not used: host certificates are not supported`,
    )
  const asides = [...others, ...authorities, ...unread.map((file) => `not read: ${file}`)]
  return asides.length === 0 ? '' : ` (${asides.join('; ')})`
}

/** The command that stores the host key; a host behind a jump host can only be asked from there. */
function writeScan(blob: Buffer, { address, port, knownHostsFiles }: Endpoint, jump?: Endpoint): string {
  // sample: ecdsa-sha2-nistp256 -> ecdsa, ssh-ed25519 -> ed25519
  const type = (readKeyType(blob) ?? '').replace(/^ssh-|-sha2-.*$/g, '')
  const scan = `ssh-keyscan -p ${port} -t ${type} ${quote(address)}`
  const from = jump === undefined ? '' : `ssh -p ${jump.port} ${quote(`${jump.user}@${jump.address}`)} `
  const file = knownHostsFiles[0]
  return `${from}${scan} >> ${file === undefined ? '~/.ssh/known_hosts' : quote(file)}`
}

function nameKey(blob: Buffer): string {
  return `${readKeyType(blob) ?? 'unreadable'} key ${fingerprint(blob)}`
}

function refuse(endpoint: Endpoint, reason: ConnectReason, says: string, mend: string): ConnectFailure {
  const hop = formatHop(endpoint)
  return new ConnectFailure(`${hop} ${says}`, { reason, phase: 'host-key', hop, mend })
}
