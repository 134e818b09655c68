import { joinWords } from '../language/join-words.js'
import type { LoginMethod, LoginWays } from './host.js'

/** The methods in the order of `ssh` (ssh_config(5), PreferredAuthentications), each with the keywords that may forbid it. */
const SWITCHES: [method: LoginMethod, keywords: string[]][] = [
  ['publickey', ['PubkeyAuthentication']],
  // The second is what versions before 8.7 call it.
  ['keyboard-interactive', ['KbdInteractiveAuthentication', 'ChallengeResponseAuthentication']],
  ['password', ['PasswordAuthentication']],
]

/** The order in which a login goes on where nothing else is said. */
export const LOGIN_METHODS: readonly LoginMethod[] = SWITCHES.map(([method]) => method)

/** What ssh_config lets a login use; undefined where it leaves everything as it is. */
export function chooseLoginMethods(one: (keyword: string) => string | undefined): LoginWays['loginMethods'] {
  const isNo = (keyword: string) => /^(no|false)$/.test(one(keyword.toLowerCase()) ?? '')
  const forbidding = SWITCHES.flatMap(([method, keywords]) =>
    keywords.filter(isNo).map((keyword) => ({ method, says: `${keyword} no` })),
  )
  const preferred = one('preferredauthentications')
  if (preferred === undefined && forbidding.length === 0) return undefined
  const wanted = preferred?.split(',') ?? LOGIN_METHODS
  const allowed = wanted
    .flatMap((name) => LOGIN_METHODS.find((method) => method === name) ?? [])
    .filter((method) => forbidding.every((forbidden) => forbidden.method !== method))
  const says = [
    ...new Set(forbidding.map((forbidden) => forbidden.says)),
    ...(preferred === undefined ? [] : [`PreferredAuthentications ${preferred}`]),
  ]
  return { allowed, says: joinWords(says) }
}
