import type { ServerHostKeyAlgorithm } from 'ssh2'
import { formatPlace } from '../../errors.js'
import type { Endpoint } from '../../inventory/host.js'
import { HOST_KEYS } from '../../inventory/ssh-algorithms.js'
import { joinClauses } from '../../language/join-words.js'
import { t } from '../../language/language.js'
import { quote } from '../../shell.js'
import { formatHop } from '../connect-failure.js'
import { fingerprint, readKeyType } from '../key-blob.js'
import { ConnectFailure, type ConnectReason } from '../session.js'
import { writeSsh } from '../write-ssh.js'
import { formatKnownName, type KnownKey, type KnownKeys } from './known-hosts.js'

/** What `UserKnownHostsFile none` and `/dev/null` of ssh_config come to: what is stored there is gone. */
export const FORGETS = '/dev/null'

/**
 * The host key algorithms to offer. Those of a key that is known come first, because a server shows one key only:
 * a better one that is not known yet would fail a host that is.
 */
export function orderHostKeyAlgorithms(
  { listed, bare }: KnownKeys,
  offered: readonly ServerHostKeyAlgorithm[] = HOST_KEYS,
): ServerHostKeyAlgorithm[] {
  const known = (listed.some(isTrusted) ? listed : bare).filter(isTrusted).map(({ type }) => type)
  const isKnown = (algorithm: string) => known.includes(algorithm.startsWith('rsa-') ? 'ssh-rsa' : algorithm)
  return [...offered.filter(isKnown), ...offered.filter((algorithm) => !isKnown(algorithm))]
}

/**
 * Judges the key that a server shows, strictly, by OpenSSH's rules (sshconnect.c, check_host_key): revoked anywhere, refused;
 * the same bytes known, accepted (undefined); another key of its type known, changed; else unknown.
 */
export function checkHostKey(blob: Buffer, known: KnownKeys, endpoint: Endpoint): ConnectFailure | undefined {
  return checkShownKey({ type: readKeyType(blob) ?? 'unreadable', fingerprint: fingerprint(blob) }, known, endpoint)
}

/** A host key as it is told to people, which is as good as its bytes to know it by. */
export interface ShownKey {
  type: string
  /** `SHA256:…` */
  fingerprint: string
}

/** The same for a key that another program has seen. */
export function checkShownKey(shown: ShownKey, known: KnownKeys, endpoint: Endpoint): ConnectFailure | undefined {
  const isSame = (key: KnownKey) => fingerprint(key.blob) === shown.fingerprint
  const revoked = [...known.listed, ...known.bare].find((key) => key.trust === 'revoked' && isSame(key))
  if (revoked) return explainRevoked(shown, revoked, endpoint)
  const trusted = known.listed.filter(isTrusted)
  if (trusted.some(isSame)) return undefined
  const rival = trusted.find((key) => key.type === shown.type)
  if (rival) return explainChanged(shown, rival, endpoint)
  if (known.bare.filter(isTrusted).some(isSame)) return undefined
  return explainUnknown(shown, known, endpoint)
}

function isTrusted({ trust }: KnownKey): boolean {
  return trust === 'trusted'
}

function explainRevoked(key: ShownKey, { place }: KnownKey, endpoint: Endpoint): ConnectFailure {
  const says = t`shows the ${nameKey(key)}, which is revoked in ${formatPlace(place)}`
  return refuse(
    endpoint,
    'host-key-changed',
    says,
    t`give the server a new host key, and find out who holds the old one`,
  )
}

function explainChanged(key: ShownKey, { place }: KnownKey, endpoint: Endpoint): ConnectFailure {
  const says = t`shows the ${nameKey(key)}, but another key of that type is known in ${formatPlace(place)}`
  const forget = `ssh-keygen -R ${quote(formatKnownName(endpoint))} -f ${quote(place.file)}`
  return refuse(endpoint, 'host-key-changed', says, t`only if the server was set up anew: ${forget}`)
}

function explainUnknown(key: ShownKey, known: KnownKeys, endpoint: Endpoint): ConnectFailure {
  const name = nameKey(key)
  const asides = joinClauses(listAsides(known))
  const says =
    asides === ''
      ? t`shows the ${name}, which is not known yet`
      : t`shows the ${name}, which is not known yet (${asides})`
  const scan = writeScan(key, endpoint)
  const mend =
    endpoint.knownHostsFiles[0] === FORGETS
      ? t`compare the fingerprint, then: ${scan} (ssh_config has no file for it: name that one with --known-hosts)`
      : t`compare the fingerprint, then: ${scan}`
  return refuse(endpoint, 'host-key-unknown', says, mend)
}

/** What else the files say, that a person would wonder about. */
function listAsides({ listed, unread }: KnownKeys): string[] {
  const others = listed.filter(isTrusted).map(({ type, place }) => t`a ${type} key is known in ${formatPlace(place)}`)
  const authorities = listed
    .filter(({ trust }) => trust === 'cert-authority')
    .map(
      ({ place }) =>
        t`the certificate authority in ${formatPlace(place)} is not used: host certificates are not supported`,
    )
  return [...others, ...authorities, ...unread.map((file) => t`not read: ${file}`)]
}

/** The command that stores the host key; a host behind a jump host or a ProxyCommand can only be asked from there. */
function writeScan(key: ShownKey, endpoint: Endpoint): string {
  const { address, port, hostKeyAlias, proxyCommand, knownHostsFiles, jump } = endpoint
  if (proxyCommand !== undefined) return writeLogin(endpoint, proxyCommand)
  // sample: ecdsa-sha2-nistp256 -> ecdsa, ssh-ed25519 -> ed25519
  const type = key.type.replace(/^ssh-|-sha2-.*$/g, '')
  // What is renamed has to be plain.
  const hash = endpoint.hashKnownHosts && hostKeyAlias === undefined ? '-H ' : ''
  const scan = `ssh-keyscan ${hash}-p ${port} -t ${type} ${quote(address)}`
  const from = jump === undefined ? '' : `${writeSsh(jump)} `
  const file = knownHostsFiles[0] === FORGETS ? undefined : knownHostsFiles[0]
  const rename = hostKeyAlias === undefined ? '' : ` | sed ${quote(`s/^[^ #]*/${hostKeyAlias}/`)}`
  return `${from}${scan}${rename} >> ${file === undefined ? '~/.ssh/known_hosts' : quote(file)}`
}

/** ssh itself asks, and stores what it is told to accept. */
function writeLogin({ address, port, user, hostKeyAlias, knownHostsFiles }: Endpoint, proxyCommand: string): string {
  const file = knownHostsFiles[0] === FORGETS ? '~/.ssh/known_hosts' : knownHostsFiles[0]
  const options = [
    `ProxyCommand=${proxyCommand.replaceAll('%', '%%')}`,
    ...(hostKeyAlias === undefined ? [] : [`HostKeyAlias=${hostKeyAlias}`]),
    ...(file === undefined ? [] : [`UserKnownHostsFile=${file}`]),
  ]
  return `ssh ${options.map((option) => `-o ${quote(option)}`).join(' ')} -p ${port} ${quote(`${user}@${address}`)} exit`
}

function nameKey({ type, fingerprint: print }: ShownKey): string {
  return t`${type} key ${print}`
}

function refuse(endpoint: Endpoint, reason: ConnectReason, says: string, mend: string): ConnectFailure {
  const hop = formatHop(endpoint)
  return new ConnectFailure(`${hop} ${says}`, { reason, phase: 'host-key', hop, mend })
}
