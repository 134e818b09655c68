import { t } from '../../language/language.js'
import { quoteRemote } from '../connect-failure.js'
import { checkShownKey } from '../host-keys/host-key.js'
import type { KnownKeys } from '../host-keys/known-hosts.js'
import type { ConnectFailure } from '../session.js'
import { at, type EndedSsh, fail, writeTrial } from './ended-ssh.js'

/** Why `ssh` did not take the host key that it was shown, as fleetdx judges it. */
export function explainHostKey({ trace, known, endpoint, attempt }: EndedSsh): ConnectFailure {
  const { shownKey, isCertified } = trace
  // Its certificate may be good for another name, or be signed by nobody who is known here: the plain key is judged then.
  const failure = shownKey && checkShownKey(shownKey, withoutAuthorities(known), endpoint)
  const authority = known.listed.find(({ trust }) => trust === 'cert-authority')
  if (failure && authority && failure.reason === 'host-key-unknown') {
    const { message } = failure
    const place = `${authority.place.file}:${authority.place.line}`
    return failure.restate(
      isCertified
        ? t`${message} (the certificate authority in ${place} did not sign its certificate)`
        : t`${message} (the certificate authority in ${place} signed no certificate that it shows)`,
    )
  }
  if (failure) return failure
  const word = trace.words.findLast((words) => !/verification failed|^@|strict checking/i.test(words)) ?? ''
  return fail(at(attempt, 'host-key'), t`shows a host key that the system's ssh refuses: ${quoteRemote(word)}`, {
    reason: 'host-key-unknown',
    mend: writeTrial(endpoint),
  })
}

function withoutAuthorities(known: KnownKeys): KnownKeys {
  return { ...known, listed: known.listed.filter(({ trust }) => trust !== 'cert-authority') }
}

/** A host certificate that is not good, in the words of `ssh`. */
export function explainCertificate({ attempt }: EndedSsh, [, words = '']: readonly string[]): ConnectFailure {
  return fail(at(attempt, 'host-key'), t`shows a host certificate that is not good here: ${quoteRemote(words)}`, {
    reason: 'host-key-unknown',
    mend: t`have its certificate signed anew for the name that it is reached by: ssh-keygen -s CA -h -n NAME`,
  })
}
