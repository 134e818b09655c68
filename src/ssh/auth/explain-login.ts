import type { Endpoint, LoginMethod } from '../../inventory/host.js'
import { LOGIN_METHODS } from '../../inventory/ssh-login-methods.js'
import { joinBoth, joinChoices, joinClauses, joinWords } from '../../language/join-words.js'
import { t } from '../../language/language.js'
import { sanitize } from '../../sanitize.js'
import { formatHop, quoteRemote } from '../connect-failure.js'
import { fingerprint } from '../key-blob.js'
import { ConnectFailure } from '../session.js'
import { writeCopyId, writeSsh } from '../write-ssh.js'
import type { Unanswered } from './answer-prompts.js'
import type { KeyRing, OfferableKey, SkippedKey } from './key-ring.js'
import type { NoPassword } from './no-password.js'

/** What happened in one login, for the words about its failure. */
export interface LoginTrace {
  offered: OfferableKey[]
  skipped: SkippedKey[]
  /** Keys and methods that the server took and then wanted more than. */
  taken: (OfferableKey | 'password' | 'keyboard-interactive')[]
  refused: { method: 'password' | 'keyboard-interactive'; withPassword: boolean }[]
  /** What can go on now; undefined where the server has not said. */
  methods: string[] | undefined
  /** What could at first. */
  firstMethods: string[] | undefined
  banner: string | undefined
  wantsNewPassword: boolean
  unanswered: Unanswered | undefined
  noPassword: NoPassword | undefined
}

export function startTrace({ skipped }: KeyRing): LoginTrace {
  const unknown = { methods: undefined, firstMethods: undefined, banner: undefined, unanswered: undefined }
  const lists = { offered: [], skipped: [...skipped], taken: [], refused: [] }
  return { ...lists, ...unknown, wantsNewPassword: false, noPassword: undefined }
}

/** Says what was offered, what was not and why, what the server allows, and the next step. */
export function explainRefusal(
  endpoint: Endpoint,
  { passwords }: KeyRing,
  trace: LoginTrace,
  isCut: boolean,
): ConnectFailure {
  const hop = formatHop(endpoint)
  const { skipped, noPassword } = trace
  const methods = trace.methods ?? trace.firstMethods
  const isRefused = trace.refused.some(({ withPassword }) => withPassword)
  const notUsed = [
    ...skipped,
    ...(noPassword && !isRefused ? [{ source: t`password`, because: noPassword.message }] : []),
  ]
  const parts = [
    `${hop} ${describeRefusal(endpoint, trace, isCut)}`,
    ...(methods ? [describeAllowed(methods)] : []),
    ...quoteBanner(trace),
    ...(endpoint.loginMethods ? [t`ssh_config says ${endpoint.loginMethods.says}`] : []),
    ...notUsed.map(({ source, because }) => t`not used: ${source} (${because})`),
  ]
  const hasPassword = passwords.sourceOf('login', endpoint) !== undefined
  const mend = isCut
    ? t`name the right key with identityFile, and it is offered first`
    : adviseLogin(endpoint, trace, hasPassword)
  return new ConnectFailure(joinClauses(parts), { reason: 'auth', phase: 'auth', hop, mend })
}

/** Says that the server hung up, with what it had said: that an account has expired, mostly. */
export function explainHangUp(endpoint: Endpoint, trace: LoginTrace): ConnectFailure {
  const hop = formatHop(endpoint)
  const message = joinClauses([t`${hop} closed the connection while logging in`, ...quoteBanner(trace)])
  return new ConnectFailure(message, { reason: 'closed', phase: 'auth', hop })
}

/** Its first line that says something. */
function quoteBanner({ banner = '' }: LoginTrace): string[] {
  const line = sanitize(banner)
    .split('\n')
    .find((text) => text.trim() !== '')
  return line === undefined ? [] : [t`its banner: ${quoteRemote(line.trim())}`]
}

function describeRefusal({ user, loginMethods }: Endpoint, trace: LoginTrace, isCut: boolean): string {
  const { offered, taken, firstMethods } = trace
  const keys = joinWords(offered.map(describeKey))
  if (isCut) return t`hung up after too many tries (MaxAuthTries); offered: ${keys}`
  const last = describeLast(user, trace)
  if (taken.length > 0)
    return t`took ${joinBoth(taken.map((what) => describeTaken(what, user)))} and ${last ?? t`asks for more`}`
  if (offered.length > 0)
    return last === undefined ? t`refused every key: ${keys}` : t`refused every key: ${keys}; ${last}`
  if (loginMethods && !loginMethods.allowed.includes('publickey'))
    return last ?? t`refused the login: no key may be offered`
  const takesKeys = firstMethods?.includes('publickey') ?? true
  return last ?? describeKeyless(takesKeys)
}

/** The server, in a login without any key. */
export function describeKeyless(takesKeys: boolean): string {
  return takesKeys ? t`refused the login: there is no key to offer` : t`refused the login: it takes no keys`
}

/** The methods by which a login may go on. */
export function describeAllowed(methods: readonly string[]): string {
  return methods.length === 0 ? t`it allows: nothing` : t`it allows: ${joinWords(methods)}`
}

function describeLast(user: string, { wantsNewPassword, unanswered, refused }: LoginTrace): string | undefined {
  if (wantsNewPassword) return t`wants a new password for ${user}, which fleetdx does not give`
  if (unanswered !== undefined) return unanswered.message
  if (refused.some(({ withPassword }) => withPassword)) return t`refused the password for ${user}`
  return refused.length === 0
    ? undefined
    : t`refused what was answered (${joinWords(refused.map(({ method }) => method))})`
}

function describeTaken(what: LoginTrace['taken'][number], user: string): string {
  return typeof what === 'string' ? t`the password for ${user}` : describeKey(what)
}

function describeKey({ publicKey, source }: OfferableKey): string {
  return t`${`${publicKey.type} ${fingerprint(publicKey.getPublicSSH())}`} from ${source}`
}

/** The next steps, the likeliest first. */
function adviseLogin(endpoint: Endpoint, trace: LoginTrace, hasPassword: boolean): string {
  const { offered, skipped, taken, noPassword, wantsNewPassword, unanswered, refused } = trace
  const methods = trace.methods ?? trace.firstMethods ?? []
  const login = writeSsh(endpoint)
  const { allowed, says } = endpoint.loginMethods ?? { allowed: LOGIN_METHODS, says: '' }
  const isForbidden = (method: LoginMethod) => methods.includes(method) && !allowed.includes(method)
  const isTyped = (method: LoginMethod) =>
    method !== 'publickey' && methods.includes(method) && allowed.includes(method)
  if (wantsNewPassword || unanswered?.wantsNewPassword) return t`set a new one by hand: ${login}`
  if (unanswered !== undefined) return t`run it on a terminal, where that can be answered`
  if (refused.length > 0) return t`see that the user and what was answered are right: ${login}`
  if (noPassword?.mend !== undefined) return noPassword.mend
  const askPass = hasPassword || !allowed.some(isTyped) ? [] : [t`give the password: --ask-pass`]
  if (taken.length > 0) return askPass[0] ?? t`see what it asks for: ${login}`
  const others = [
    ...askPass,
    ...(methods.includes('gssapi-with-mic') ? [t`use Kerberos: --transport openssh`] : []),
    ...(LOGIN_METHODS.some(isForbidden) ? [t`leave out of ssh_config: ${says}`] : []),
  ]
  if (isForbidden('publickey')) return joinChoices(others)
  if (!methods.includes('publickey') && methods.length > 0)
    return joinChoices([...others, t`allow public keys on that server: PubkeyAuthentication yes`])
  const copy = writeCopyId(endpoint)
  const add =
    offered.length === 0 ? t`ssh-keygen -t ed25519, then ${copy}` : t`see that the user is right, then ${copy}`
  return joinChoices([skipped.find(({ mend }) => mend !== undefined)?.mend ?? add, ...others])
}
