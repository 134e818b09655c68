import { type Endpoint, type Host, listHops } from '../inventory/host.js'
import { t } from '../language/language.js'
import type { Credentials } from './auth/credentials.js'
import type { KnownHosts } from './host-keys/known-hosts.js'
import { describeNeed } from './openssh/describe-need.js'
import type { TransportUse } from './session.js'

/**
 * By what a host is reached: ssh2, unless the user wants the system's `ssh`, or something on the way to the host needs it
 * and the user leaves the choice. One `ssh` on the way means `ssh` all the way: it has no use for a channel of ssh2.
 */
export async function chooseTransport(
  host: Host,
  shared: { credentials: Pick<Credentials, 'keysFor'>; knownHosts: KnownHosts },
): Promise<TransportUse> {
  if (host.transport !== 'auto') return { kind: host.transport }
  for (const hop of listHops(host)) {
    const need = await findNeed(hop, shared)
    if (need !== undefined)
      return { kind: 'openssh', because: hop === host ? need : t`${need} (jump host ${hop.address})` }
  }
  return { kind: 'ssh2' }
}

async function findNeed(
  hop: Endpoint,
  { credentials, knownHosts }: Parameters<typeof chooseTransport>[1],
): Promise<string | undefined> {
  if (hop.needsOpenssh !== undefined) return hop.needsOpenssh
  const { needsOpenssh } = await credentials.keysFor(hop)
  return needsOpenssh ?? describeNeed(await knownHosts.keysOf(hop))
}
