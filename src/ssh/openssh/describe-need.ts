import { formatPlace } from '../../errors.js'
import { t } from '../../language/language.js'
import type { KnownKeys } from '../host-keys/known-hosts.js'

/**
 * Why only the system's `ssh` can tell that a server is the right one: nothing but a certificate authority vouches for it,
 * and ssh2 knows no host certificates. Undefined where a plain key is known, or nothing at all.
 */
export function describeNeed({ listed, bare }: KnownKeys): string | undefined {
  if ([...listed, ...bare].some(({ trust }) => trust === 'trusted')) return undefined
  const authority = listed.find(({ trust }) => trust === 'cert-authority')
  return authority && t`its host key is known by a certificate authority alone (${formatPlace(authority.place)})`
}
