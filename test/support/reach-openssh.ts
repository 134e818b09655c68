import type { Endpoint } from '../../src/inventory/host.js'
import { createPasswords } from '../../src/ssh/auth/passwords.js'
import { createKnownHosts } from '../../src/ssh/host-keys/known-hosts.js'
import { createHostKeyVerifier } from '../../src/ssh/host-keys/verify-host-key.js'
import { type OpensshLink, type OpensshTerms, openOpenssh } from '../../src/ssh/openssh/link.js'
import type { Session } from '../../src/ssh/session.js'

/** Logs in with the system's ssh, through the jump hosts of the endpoint; closing the link closes theirs. */
export async function openLink(endpoint: Endpoint, changes: Partial<OpensshTerms> = {}): Promise<OpensshLink> {
  const terms: OpensshTerms = {
    knownHosts: createKnownHosts(),
    hostKeyVerifier: createHostKeyVerifier(),
    credentials: { passwords: createPasswords(), asks: {} },
    connectMs: 10_000,
    keepaliveMs: 7500,
    signal: new AbortController().signal,
    ...changes,
  }
  const { onPhase: _, ...others } = terms
  const jump = endpoint.jump && (await openLink(endpoint.jump, others))
  try {
    const link = await openOpenssh(endpoint, { ...terms, jump })
    jump && link.onLost(jump.close)
    return link
  } catch (failure) {
    jump?.close()
    throw failure
  }
}

/** Uses a session of the system's ssh, and leaves nothing open. */
export async function reachByOpenssh<T>(
  endpoint: Endpoint,
  use: (session: Session) => Promise<T>,
  changes: Partial<OpensshTerms> = {},
): Promise<T> {
  const session = (await openLink(endpoint, changes)).session()
  try {
    return await use(session)
  } finally {
    session.close()
  }
}
