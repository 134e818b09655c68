import { fileURLToPath } from 'node:url'
import { t } from '../language/language.js'
import { quoteRemote } from './connect-failure.js'

/** The SSH_ASKPASS of every `ssh` that fleetdx starts. Beside dist/ as well as beside src/. */
export const askpass = fileURLToPath(new URL('../../bin/ask-for-ssh', import.meta.url))

/** For a ProxyCommand that is an `ssh` itself: it must not ask here, and above all not send an empty password. */
export const unasked = { SSH_ASKPASS: askpass, SSH_ASKPASS_REQUIRE: 'force', FLEETDX_ASK_SOCKET: '' }

// samples: ops@gate: Permission denied (publickey,password).
//          fleetdx gives no answer to: ops@gate's password:
const refusal = /Permission denied \(|^fleetdx gives no answer to: /

/** What to say of a ProxyCommand that ended because a server on its way refused the login; undefined for another end. */
export function explainProxyRefusal(words: readonly string[]): { says: string; mend: string } | undefined {
  const line = words.findLast((text) => refusal.test(text))
  if (line === undefined) return undefined
  return {
    says: t`cannot be reached: the login to its gateway, by its ProxyCommand, did not succeed: ${quoteRemote(line.trim())}`,
    mend: t`name the gateway with ProxyJump in place of ProxyCommand, and fleetdx logs in to it; or give it a key that needs no answer`,
  }
}
