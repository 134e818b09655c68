import type { Endpoint, LoginMethod } from '../../inventory/host.js'
import { LOGIN_METHODS } from '../../inventory/ssh-login-methods.js'
import { sanitize } from '../../sanitize.js'
import { formatHop, quoteRemote } from '../connect-failure.js'
import { fingerprint } from '../key-blob.js'
import { ConnectFailure } from '../session.js'
import { writeCopyId, writeSsh } from '../write-ssh.js'
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
  /** What the server asked and nobody answered, as a sentence about the server. */
  unanswered: string | undefined
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
    ...(noPassword && !isRefused ? [{ source: 'password', because: noPassword.message }] : []),
  ]
  const parts = [
    `${hop} ${describeRefusal(endpoint, trace, isCut)}`,
    ...(methods ? [`it allows: ${methods.join(', ') || 'nothing'}`] : []),
    ...quoteBanner(trace),
    ...(endpoint.loginMethods ? [`ssh_config says ${endpoint.loginMethods.says}`] : []),
    ...notUsed.map(({ source, because }) => `not used: ${source} (${because})`),
  ]
  const hasPassword = passwords.sourceOf('login', endpoint) !== undefined
  const mend = isCut
    ? 'name the right key with identityFile, and it is offered first'
    : adviseLogin(endpoint, trace, hasPassword)
  return new ConnectFailure(parts.join('; '), { reason: 'auth', phase: 'auth', hop, mend })
}

/** Says that the server hung up, with what it had said: that an account has expired, mostly. */
export function explainHangUp(endpoint: Endpoint, trace: LoginTrace): ConnectFailure {
  const hop = formatHop(endpoint)
  const message = [`${hop} closed the connection while logging in`, ...quoteBanner(trace)].join('; ')
  return new ConnectFailure(message, { reason: 'closed', phase: 'auth', hop })
}

/** Its first line that says something. */
function quoteBanner({ banner = '' }: LoginTrace): string[] {
  const line = sanitize(banner)
    .split('\n')
    .find((text) => text.trim() !== '')
  return line === undefined ? [] : [`its banner: ${quoteRemote(line.trim())}`]
}

function describeRefusal({ user, loginMethods }: Endpoint, trace: LoginTrace, isCut: boolean): string {
  const { offered, taken, firstMethods } = trace
  const keys = offered.map(describeKey).join(', ')
  if (isCut) return `hung up after too many tries (MaxAuthTries); offered: ${keys}`
  const last = describeLast(user, trace)
  if (taken.length > 0)
    return `took ${taken.map((what) => describeTaken(what, user)).join(' and ')} and ${last ?? 'asks for more'}`
  if (offered.length > 0) return `refused every key: ${keys}${last === undefined ? '' : `; ${last}`}`
  if (loginMethods && !loginMethods.allowed.includes('publickey'))
    return last ?? 'refused the login: no key may be offered'
  const takesKeys = firstMethods?.includes('publickey') ?? true
  return last ?? `refused the login: ${takesKeys ? 'there is no key to offer' : 'it takes no keys'}`
}

function describeLast(user: string, { wantsNewPassword, unanswered, refused }: LoginTrace): string | undefined {
  if (wantsNewPassword) return `wants a new password for ${user}, which fleetdx does not give`
  if (unanswered !== undefined) return unanswered
  if (refused.some(({ withPassword }) => withPassword)) return `refused the password for ${user}`
  return refused.length === 0
    ? undefined
    : `refused what was answered (${refused.map(({ method }) => method).join(', ')})`
}

function describeTaken(what: LoginTrace['taken'][number], user: string): string {
  return typeof what === 'string' ? `the password for ${user}` : describeKey(what)
}

function describeKey({ publicKey, source }: OfferableKey): string {
  return `${publicKey.type} ${fingerprint(publicKey.getPublicSSH())} from ${source}`
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
  if (wantsNewPassword || unanswered?.startsWith('wants a new')) return `set a new one by hand: ${login}`
  if (unanswered !== undefined) return 'run it on a terminal, where that can be answered'
  if (refused.length > 0) return `see that the user and what was answered are right: ${login}`
  if (noPassword?.mend !== undefined) return noPassword.mend
  const askPass = hasPassword || !allowed.some(isTyped) ? [] : ['give the password: --ask-pass']
  if (taken.length > 0) return askPass[0] ?? `see what it asks for: ${login}`
  const others = [
    ...askPass,
    ...(methods.includes('gssapi-with-mic') ? ['use Kerberos: --transport openssh'] : []),
    ...(LOGIN_METHODS.some(isForbidden) ? [`leave out of ssh_config: ${says}`] : []),
  ]
  if (isForbidden('publickey')) return others.join(', or ')
  if (!methods.includes('publickey') && methods.length > 0)
    return [...others, 'allow public keys on that server: PubkeyAuthentication yes'].join(', or ')
  const copy = writeCopyId(endpoint)
  const add = offered.length === 0 ? `ssh-keygen -t ed25519, then ${copy}` : `see that the user is right, then ${copy}`
  return [skipped.find(({ mend }) => mend !== undefined)?.mend ?? add, ...others].join(', or ')
}
