import { joinWords } from '../language/join-words.js'
import { t } from '../language/language.js'
import { chooseAlgorithms } from './ssh-algorithms.js'
import { findSshToken } from './ssh-tokens.js'

/** What only the system's `ssh` can do. */
export interface Needs {
  /** The value, unless ssh alone can expand a text of that keyword: then this is one of the needs. */
  unlessSshAlone<Value>(keyword: string, text: string, expand: () => Value): Value | undefined
  list(): { all?: string; toReach?: string }
}

/** The keywords that ssh alone can follow, by how they look when it is asked to. */
const SSH_ALONE: [keyword: string, isAsked: (value: string) => boolean][] = [
  ['PKCS11Provider', (value) => value !== 'none'],
  ['SecurityKeyProvider', (value) => value !== 'none'],
  ['CertificateFile', () => true],
  ['KnownHostsCommand', (value) => value !== 'none'],
  ['VerifyHostKeyDNS', (value) => value === 'yes' || value === 'true'],
  // Keys and passwords are all that fleetdx itself logs in with: Kerberos and host keys are not.
  ['PreferredAuthentications', (value) => /^(gssapi|hostbased)/.test(value)],
]

/** Without these the host would be reached by another way than the one that is asked for, less safely, or not at all. */
const SSH_ALONE_TO_REACH: typeof SSH_ALONE = [
  ['ProxyUseFdpass', (value) => value === 'yes'],
  ['BindAddress', () => true],
  ['BindInterface', () => true],
  ['RevokedHostKeys', (value) => value !== 'none'],
]

export function listNeeds(one: (keyword: string) => string | undefined, hasMaster: boolean): Needs {
  const find = (known: typeof SSH_ALONE) =>
    known.flatMap(([keyword, isAsked]) => {
      const value = one(keyword.toLowerCase())
      return value !== undefined && isAsked(value) ? [keyword] : []
    })
  const some = [...find(SSH_ALONE), ...(hasMaster ? [t`a ControlMaster is running`] : [])]
  const toReach = [...find(SSH_ALONE_TO_REACH), ...chooseAlgorithms(one).missing]
  return {
    unlessSshAlone(keyword, text, expand) {
      const token = findSshToken(text)
      if (token === undefined) return expand()
      const need = t`${token} in ${keyword}`
      if (keyword === 'ProxyCommand') toReach.push(need)
      else some.push(need)
      return undefined
    },
    list: () => ({
      ...(some.length + toReach.length > 0 && { all: joinWords([...new Set([...toReach, ...some])]) }),
      ...(toReach.length > 0 && { toReach: joinWords(toReach) }),
    }),
  }
}
