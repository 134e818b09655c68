import type { Endpoint } from '../../inventory/host.js'
import { joinBoth, joinChoices, joinClauses, joinWords } from '../../language/join-words.js'
import { t } from '../../language/language.js'
import { quote } from '../../shell.js'
import { describeAllowed, describeKeyless } from '../auth/explain-login.js'
import { formatHop } from '../connect-failure.js'
import { ConnectFailure } from '../session.js'
import { writeCopyId, writeSsh } from '../write-ssh.js'
import type { OfferedKey, SshTrace } from './read-progress.js'

/** A login that the server refused. */
export interface RefusedLogin {
  endpoint: Endpoint
  trace: SshTrace
  /** Whether a password could be asked for. */
  hasPassword: boolean
  /** Whether there is a terminal. */
  canAsk: boolean
  /** The server hung up because of the many tries (MaxAuthTries). */
  isCut: boolean
}

/** The same words as for a login by fleetdx's own SSH (explain-login.ts), as far as `ssh` tells what happened. */
export function explainRefusal(login: RefusedLogin): ConnectFailure {
  const { endpoint, trace, canAsk } = login
  const hop = formatHop(endpoint)
  const { methods, noPassword, isPasswordRefused } = trace
  const notUsed = [
    ...listSkipped(trace, canAsk),
    ...(noPassword && !isPasswordRefused ? [{ source: t`password`, because: noPassword.message }] : []),
  ]
  const parts = [
    `${hop} ${describeRefusal(login)}`,
    ...(methods ? [describeAllowed(methods)] : []),
    ...notUsed.map(({ source, because }) => t`not used: ${source} (${because})`),
  ]
  return new ConnectFailure(joinClauses(parts), { reason: 'auth', phase: 'auth', hop, mend: adviseLogin(login) })
}

function describeRefusal({ endpoint: { user }, trace, isCut }: RefusedLogin): string {
  const { offered, partial, methods } = trace
  const keys = joinWords(offered.map(nameKey))
  if (isCut) return t`hung up after too many tries (MaxAuthTries); offered: ${keys}`
  const last = describeLast(user, trace)
  if (partial.length > 0)
    return t`took ${joinBoth(partial.map((what) => describeTaken(what, trace, user)))} and ${last ?? t`asks for more`}`
  if (offered.length > 0)
    return last === undefined ? t`refused every key: ${keys}` : t`refused every key: ${keys}; ${last}`
  return last ?? describeKeyless(methods?.includes('publickey') ?? true)
}

function describeLast(user: string, { unanswered, isPasswordRefused }: SshTrace): string | undefined {
  return unanswered?.message ?? (isPasswordRefused ? t`refused the password for ${user}` : undefined)
}

/** A method by which the login came one step further: for a key, the last one that the server said it would take. */
function describeTaken(method: string, { accepted }: SshTrace, user: string): string {
  const key = accepted.at(-1)
  return method === 'publickey' && key ? nameKey(key) : t`the password for ${user}`
}

/** A key that the server would have taken, and that did not sign: without its passphrase, above all. */
function listSkipped({ accepted, skipped, partial }: SshTrace, canAsk: boolean): SshTrace['skipped'] {
  const isTold = (key: OfferedKey) => skipped.some(({ source }) => source === key.source)
  const unsigned = partial.length > 0 ? [] : accepted.filter((key) => !isTold(key))
  const because = canAsk
    ? t`the server takes it, but it gave no signature`
    : t`the server takes it, but it gave no signature: it is encrypted, and there is no terminal to ask for its passphrase`
  const noPrivateKey = t`no private key of this certificate is among the identity files or in the agent`
  return [
    ...skipped.filter(({ source }) => !source.endsWith('-cert.pub')),
    ...skipped
      .filter(({ source }) => source.endsWith('-cert.pub'))
      .map(({ source }) => ({ source, because: noPrivateKey })),
    ...unsigned.map(({ source }) => ({ source, because: source.endsWith('-cert.pub') ? noPrivateKey : because })),
  ]
}

const wireTypes: Readonly<Record<string, string>> = {
  RSA: 'ssh-rsa',
  ED25519: 'ssh-ed25519',
  ECDSA: 'ecdsa-sha2',
  'ED25519-SK': 'sk-ssh-ed25519@openssh.com',
  'ECDSA-SK': 'sk-ecdsa-sha2-nistp256@openssh.com',
}

/** sample: ssh-ed25519 SHA256:x8hy0h7… from /home/ops/.ssh/id_ed25519 */
function nameKey({ type, fingerprint, source }: OfferedKey): string {
  // sample: ED25519-CERT
  const [, plain = '', isCertificate] = /^(.*?)(-CERT)?$/.exec(type ?? '') ?? []
  const wireType = wireTypes[plain] ?? plain
  const name = isCertificate ? t`${wireType} certificate` : wireType
  const words = [name, fingerprint ?? ''].filter((word) => word !== '').join(' ')
  return name === '' ? [words, source].filter((word) => word !== '').join(' ') : t`${words} from ${source}`
}

/** The next steps, the likeliest first. */
function adviseLogin({ endpoint, trace, hasPassword, isCut }: RefusedLogin): string {
  const { offered, accepted, partial, unanswered, noPassword, isPasswordRefused, methods = [] } = trace
  const login = writeSsh(endpoint)
  if (isCut) return t`name the right key with identityFile, and it is offered first`
  if (unanswered?.wantsNewPassword) return t`set a new one by hand: ${login}`
  if (unanswered !== undefined) return t`run it on a terminal, where that can be answered`
  if (isPasswordRefused) return t`see that the user and what was answered are right: ${login}`
  if (noPassword?.mend !== undefined) return noPassword.mend
  const askPass = hasPassword || !methods.some(isTyped) ? [] : [t`give the password: --ask-pass`]
  if (partial.length > 0) return askPass[0] ?? t`see what it asks for: ${login}`
  if (!methods.includes('publickey') && methods.length > 0)
    return joinChoices([...askPass, t`allow public keys on that server: PubkeyAuthentication yes`])
  const copy = writeCopyId(endpoint)
  // A certificate is no key that could be unlocked.
  const locked = accepted.find(({ source }) => source !== 'agent' && !source.endsWith('-cert.pub'))
  const add =
    offered.length === 0 ? t`ssh-keygen -t ed25519, then ${copy}` : t`see that the user is right, then ${copy}`
  return joinChoices([locked ? `ssh-add ${quote(locked.source)}` : add, ...askPass])
}

function isTyped(method: string): boolean {
  return method === 'password' || method === 'keyboard-interactive'
}
