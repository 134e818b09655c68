import type { Endpoint } from '../../inventory/host.js'
import { t } from '../../language/language.js'
import { formatHop } from '../connect-failure.js'
import { fingerprint, readKeyType } from '../key-blob.js'
import { ConnectFailure } from '../session.js'
import { appendKnownHost } from './append-known-host.js'
import { checkHostKey, FORGETS } from './host-key.js'
import { findKnownKeys, formatKnownName, hashKnownName, type KnownKeys, readKnownHostsNow } from './known-hosts.js'

/** A host key that was not known and was trusted all the same, as `hostKeys` of its endpoint allows. */
interface TakenHostKey {
  /** As known_hosts has it: `host`, or `[host]:port` off port 22. */
  name: string
  type: string
  /** `SHA256:…` */
  fingerprint: string
  /** The known_hosts file that holds it now; null where it is not stored (`off`). */
  file: string | null
}

/** The host key of one connection, by what its endpoint wants of an unknown one. */
interface HostKeyCheck {
  /** Judges the key that the server shows: undefined when it is good enough. */
  judge(blob: Buffer): ConnectFailure | undefined
  /** Takes it for good, once the server has proven that the key is its own: stores it, if it is new. */
  keep(): ConnectFailure | undefined
}

/** The host keys of a run. */
export interface HostKeyVerifier {
  /** `known` is what the files said before the connection. */
  begin(known: KnownKeys, endpoint: Endpoint): HostKeyCheck
  /** Every key that was taken without being known, once. */
  taken(): TakenHostKey[]
}

export function createHostKeyVerifier(): HostKeyVerifier {
  const taken = new Map<string, TakenHostKey>()
  const take = (blob: Buffer, endpoint: Endpoint, file: string | null) => {
    const key = { name: formatKnownName(endpoint), type: readKeyType(blob) ?? '', fingerprint: fingerprint(blob) }
    taken.set(`${key.name} ${key.fingerprint}`, { ...key, file })
  }
  return {
    begin(known, endpoint) {
      const { hostKeys: policy = 'strict' } = endpoint
      const judge = (blob: Buffer, keys: KnownKeys) => {
        const failure = checkHostKey(blob, keys, endpoint)
        return failure && policy !== 'strict' && isNewHost(failure, keys) ? 'new' : failure
      }
      let newKey: Buffer | undefined
      return {
        judge(blob) {
          const judgement = judge(blob, known)
          if (judgement !== 'new') return judgement
          newKey = Buffer.from(blob)
          return undefined
        },
        keep() {
          if (!newKey) return undefined
          const stored = policy === 'off' ? { file: null } : storeHostKey(newKey, known, endpoint, judge)
          if (stored instanceof ConnectFailure) return stored
          if (stored) take(newKey, endpoint, stored.file)
          return undefined
        },
      }
    },
    taken: () => [...taken.values()],
  }
}

/**
 * Stricter than OpenSSH, whose accept-new takes any type that is not known yet: whoever pretends to be a known host need
 * only show another type. Nor is a host new as long as a file that may know it cannot be read.
 */
function isNewHost({ reason }: ConnectFailure, { listed, unread }: KnownKeys): boolean {
  return reason === 'host-key-unknown' && unread.length === 0 && listed.every(({ trust }) => trust !== 'trusted')
}

/**
 * Stores a key, unless its file knows the host by now: from another connection of this run, or another program. It never
 * waits, so that no other connection comes in between. Undefined when there was nothing left to store.
 */
function storeHostKey(
  blob: Buffer,
  known: KnownKeys,
  endpoint: Endpoint,
  judge: (blob: Buffer, keys: KnownKeys) => ConnectFailure | 'new' | undefined,
): { file: string | null } | ConnectFailure | undefined {
  const [file] = endpoint.knownHostsFiles
  if (file === FORGETS) return { file: null }
  if (file === undefined)
    return explainUnstored(endpoint, t`shows a new host key, which cannot be stored: there is no file for it`)
  const name = formatKnownName(endpoint)
  try {
    const elsewhere = known.listed.filter(({ place }) => place.file !== file)
    const now = { ...known, listed: [...elsewhere, ...findKnownKeys(readKnownHostsNow(file), name)] }
    const judgement = judge(blob, now)
    if (judgement !== 'new') return judgement
    const stored = endpoint.hashKnownHosts ? hashKnownName(name) : name
    appendKnownHost(file, `${stored} ${readKeyType(blob)} ${blob.toString('base64')}`)
    return { file }
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    return explainUnstored(endpoint, t`shows a new host key, which cannot be stored in ${file}: ${words}`)
  }
}

function explainUnstored(endpoint: Endpoint, says: string): ConnectFailure {
  const hop = formatHop(endpoint)
  const mend = t`name a file that can be written to with --known-hosts`
  return new ConnectFailure(`${hop} ${says}`, { reason: 'host-key-unknown', phase: 'host-key', hop, mend })
}
