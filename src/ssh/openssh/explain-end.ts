import { t } from '../../language/language.js'
import { type Attempt, explainClose, explainError, explainNotSsh, quoteRemote } from '../connect-failure.js'
import { explainProxyRefusal } from '../proxy-refusal.js'
import type { ConnectFailure } from '../session.js'
import { at, type EndedSsh, fail, writeTrial } from './ended-ssh.js'
import { explainCertificate, explainHostKey } from './explain-host-key.js'
import { explainRefusal } from './explain-refusal.js'
import { explainConfiguration, explainMultiplexing } from './explain-settings.js'

type Explain = (end: EndedSsh, match: readonly string[]) => ConnectFailure | undefined

/** What `ssh` says last, OpenSSH 7.4 to 10, each with a sample of it; the first that fits counts. */
const explanations: [RegExp, Explain][] = [
  // sample: ssh: Could not resolve hostname web1: Name or service not known
  [
    /Could not resolve hostname .*: (.*)$/,
    ({ attempt }, [, words = '']) => {
      attempt.phase = 'resolve'
      const code = /temporary failure|try again/i.test(words) ? 'EAI_AGAIN' : 'ENOTFOUND'
      return explainError(Object.assign(new Error(words), { code, level: 'client-socket' }), attempt)
    },
  ],
  // sample: ssh: connect to host web1 port 22: Connection refused
  [/connect to host .* port \d+: (.*)$/, ({ attempt }, [, words = '']) => explainSocket(words, attempt)],
  // sample: Certificate invalid: name is not a listed principal
  [/^(Certificate (?:invalid|not yet valid|has expired).*)$/, explainCertificate],
  [/^(?:Host key verification failed|No \S+ host key is known for .*)\.?$/, explainHostKey],
  [/Too many authentication failures/, (end) => explainRefusal({ ...end, isCut: true })],
  // sample: ops@web1: Permission denied (publickey,password).
  [/Permission denied \(.*\)\.$|^Authentication failed\.$/, (end) => explainRefusal({ ...end, isCut: false })],
  // sample: Unable to negotiate with 192.0.2.1 port 22: no matching host key type found. Their offer: ssh-dss
  [/no matching (.*?)(?: found)?(?:\. Their offer: (.*))?$/, explainNoMatch],
  // sample: Bad remote protocol version identification: 'HTTP/1.1 400 Bad Request'
  [
    /Bad remote protocol version identification: '(.*)'/,
    ({ attempt }, [, heard = '']) => explainNotSsh({ ...at(attempt, 'banner'), heard }),
  ],
  // sample: Received disconnect from 192.0.2.1 port 22:2: Too many connections
  [
    /^Received disconnect from .* port \d+:\d+: (.*)$/,
    ({ attempt }, [, words = '']) => explainError(Object.assign(new Error(words), { code: 2 }), attempt),
  ],
  // sample: command-line: line 0: Bad configuration option: requesttty; /home/ops/.ssh/config: terminating, 1 bad configuration options
  [
    /^(.*(?:Bad configuration option|bad configuration options|Bad owner or permissions on|keyword .* extra arguments|unsupported option|Can't open user config file).*)$/i,
    explainConfiguration,
  ],
  // sample: unix_listener: path "/tmp/…" too long for Unix domain socket; ControlSocket /tmp/x already exists, disabling multiplexing
  [/^(unix_listener: .*|muxserver_listen.*|ControlSocket .*|ControlPath too long.*)$/, explainMultiplexing],
]

/** Why an `ssh` ended before it was logged in, in the words that fleetdx's own SSH has for it. */
export function explainEnd(end: EndedSsh): ConnectFailure {
  const { attempt, trace } = end
  // What an `ssh` in the ProxyCommand says is not about the target.
  if (isProxyEnd(end)) return explainProxy(end)
  for (const [pattern, explain] of explanations) {
    const line = trace.words.findLast((words) => pattern.test(words))
    const match = line === undefined ? null : pattern.exec(line)
    const failure = match && explain(end, match)
    if (failure) return failure
  }
  const last = trace.words.at(-1) ?? ''
  if (attempt.heard !== '' && isBeforeBanner(attempt)) return explainClose(at(attempt, 'banner'))
  if (/timed out/i.test(last)) return explainSocket('Connection timed out', attempt)
  if (/reset by|Broken pipe/i.test(last)) return explainReset(attempt)
  if (/closed by|Disconnected from|closed\.$/i.test(last)) return explainClose(attempt)
  if (attempt.phase === 'handshake') return explainError(new Error(stripPlace(last)), attempt)
  const says =
    last === ''
      ? t`was not reached: the system's ssh ended without a word`
      : t`was not reached: the system's ssh ended with ${quoteRemote(last)}`
  return fail(attempt, says, { reason: 'closed', mend: writeTrial(end.endpoint) })
}

function explainSocket(words: string, attempt: Attempt): ConnectFailure {
  const codes: [RegExp, string][] = [
    [/refused/i, 'ECONNREFUSED'],
    [/timed out/i, 'ETIMEDOUT'],
    [/no route to host|host is (down|unreachable)/i, 'EHOSTUNREACH'],
    [/network is (unreachable|down)/i, 'ENETUNREACH'],
  ]
  const code = codes.find(([pattern]) => pattern.test(words))?.[1]
  const error = Object.assign(new Error(words), { level: 'client-socket', ...(code && { code }) })
  return explainError(error, at(attempt, isBeforeBanner(attempt) ? 'connect' : attempt.phase))
}

function explainReset(attempt: Attempt): ConnectFailure {
  const error = Object.assign(new Error('reset'), { code: 'ECONNRESET', level: 'client-socket' })
  return explainError(error, isBeforeBanner(attempt) ? at(attempt, 'banner') : attempt)
}

function explainNoMatch({ attempt }: EndedSsh, [, what = '', offer]: readonly string[]): ConnectFailure {
  const says =
    offer === undefined
      ? t`shares no ${what} with the system's ssh`
      : t`shares no ${what} with the system's ssh; it offers ${quoteRemote(offer)}`
  const mend = t`allow one of them for this host in ~/.ssh/config: KexAlgorithms, Ciphers, MACs or HostKeyAlgorithms`
  return fail(attempt, says, { reason: 'protocol', mend })
}

/** A ProxyCommand has no port that could have been closed. */
function isProxyEnd({ attempt, trace, endpoint }: EndedSsh): boolean {
  const isProxied = endpoint.proxyCommand !== undefined || trace.words.some((words) => /UNKNOWN port 65535/.test(words))
  return isProxied && isBeforeBanner(attempt)
}

function explainProxy({ attempt, trace }: EndedSsh): ConnectFailure {
  const refused = explainProxyRefusal(trace.words)
  if (refused) return fail(at(attempt, 'connect'), refused.says, { reason: 'auth', mend: refused.mend })
  const ours = /UNKNOWN port 65535|_exchange_identification: |banner exchange/
  const word = trace.words.findLast((words) => !ours.test(words))
  const says =
    word === undefined
      ? t`cannot be reached: its ProxyCommand ended`
      : t`cannot be reached: its ProxyCommand ended: ${quoteRemote(word)}`
  return fail(at(attempt, 'connect'), says, { reason: 'unreachable' })
}

/** sample: ssh_dispatch_run_fatal: Connection to 192.0.2.1 port 22: message authentication code incorrect */
function stripPlace(words: string): string {
  return words.replace(/^(?:\w+: )?Connection to .* port \d+: /, '') || t`it ended without a word`
}

function isBeforeBanner({ phase }: Attempt): boolean {
  return ['config', 'resolve', 'connect', 'channel', 'banner'].includes(phase)
}
