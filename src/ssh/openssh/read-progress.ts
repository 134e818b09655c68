import { existsSync } from 'node:fs'
import { t } from '../../language/language.js'
import type { Unanswered } from '../auth/answer-prompts.js'
import type { NoPassword } from '../auth/passwords.js'
import type { Attempt } from '../connect-failure.js'
import type { ShownKey } from '../host-keys/host-key.js'

/** A key that `ssh` offered: as much of it as its version tells. */
export interface OfferedKey {
  type: string | undefined
  /** `SHA256:…` */
  fingerprint: string | undefined
  /** `agent`, or the path of its file. */
  source: string
}

/** What the lines of `ssh -v` have told so far. */
export interface SshTrace {
  shownKey: ShownKey | undefined
  /** Whether the key came with a certificate. */
  isCertified: boolean
  offered: OfferedKey[]
  /** Keys that the server would take. */
  accepted: OfferedKey[]
  /** The methods by which the server let the login come one step further. */
  partial: string[]
  /** Key files that could not be used, and why in the words of `ssh`. */
  skipped: { source: string; because: string }[]
  /** What the server allows, as it said last. */
  methods: string[] | undefined
  /** Why there was no password, where there is a source of them. */
  noPassword: NoPassword | undefined
  isPasswordRefused: boolean
  /** What was asked and nobody answered. */
  unanswered: Unanswered | undefined
  /** The last lines that `ssh` meant for a person. */
  words: string[]
}

export function createTrace(): SshTrace {
  const lists = { offered: [], accepted: [], partial: [], skipped: [], words: [] }
  const unknown = { shownKey: undefined, methods: undefined, noPassword: undefined, unanswered: undefined }
  return { ...unknown, isCertified: false, isPasswordRefused: false, ...lists }
}

const mostWords = 20

/** Called for each step that is of use beyond the phase. */
export interface ProgressHooks {
  /** The server has proven that the host key is its own. */
  onKeysExchanged(): void
  /** Logged in, and ready to carry commands. */
  onServing(): void
}

type Reader = (trace: SshTrace, attempt: Attempt, match: readonly (string | undefined)[], hooks: ProgressHooks) => void

/** The lines of `ssh -v`, OpenSSH 7.4 to 10, each with a sample of it. */
const readers: [RegExp, Reader][] = [
  // sample: Connecting to web1 [192.0.2.1] port 22.
  [/^Connecting to .* port \d+\.$/, (_, attempt) => move(attempt, 'connect')],
  // sample: Executing proxy command: exec nc web1 22
  [/^Executing proxy (dialer )?command: /, (_, attempt) => move(attempt, 'connect')],
  [/^Connection established\.$/, (_, attempt) => move(attempt, 'banner')],
  // sample: mux_client_request_stdio_fwd: master session id: 2 (of the ssh that goes through the jump host)
  [/^mux_client_request_stdio_fwd: master session id: /, (_, attempt) => move(attempt, 'banner')],
  // sample: kex_exchange_identification: banner line 0: HTTP/1.1 400 Bad Request (7.4: ssh_exchange_identification: HTTP/1.1 …)
  [
    /^(?:kex|ssh)_exchange_identification: (?:banner line \d+: )?(.*)$/,
    (_, attempt, [, text = '']) => {
      attempt.heard ||= text
    },
  ],
  [
    // sample: Remote protocol version 2.0, remote software version OpenSSH_9.2p1
    /^Remote protocol version /,
    (_, attempt) => {
      attempt.heard = ''
      move(attempt, 'handshake')
    },
  ],
  [
    // sample: Server host key: ssh-ed25519 SHA256:jyOneat…
    // sample: Server host certificate: ssh-ed25519-cert-v01@openssh.com SHA256:jyOneat…, serial 0 ID "web1" CA ssh-ed25519 …
    /^Server host (key|certificate): (\S+) ([^\s,]+)/,
    (trace, _, [, kind, type = '', fingerprint = '']) => {
      trace.shownKey = { type: type.replace(/-cert-v\d+@openssh\.com$/, ''), fingerprint }
      trace.isCertified = kind === 'certificate'
    },
  ],
  [
    /^SSH2_MSG_NEWKEYS received$/,
    (_, attempt, _match, hooks) => {
      move(attempt, 'auth')
      hooks.onKeysExchanged()
    },
  ],
  [
    // sample: Authentications that can continue: publickey,password
    /^Authentications that can continue: (.*)$/,
    (trace, _, [, methods = '']) => {
      trace.methods = methods.split(',').filter((method) => method !== '')
    },
  ],
  [/^Offering (.*)$/, (trace, _, [, words = '']) => void trace.offered.push(readOffer(words))],
  // sample: Trying private key: /home/ops/.ssh/id_rsa (a file whose public half is not known)
  [
    /^Trying private key: (.*)$/,
    (trace, _, [, source = '']) => {
      // It is said of the default files as well, which need not be there.
      if (existsSync(source)) trace.offered.push({ type: undefined, fingerprint: undefined, source })
    },
  ],
  // sample: Server accepts key: /home/ops/.ssh/id_ed25519 ED25519 SHA256:x8hy0h7… (7.4: pkalg ssh-ed25519 blen 51)
  [
    /^Server accepts key: /,
    (trace) => {
      const last = trace.offered.at(-1)
      if (last) trace.accepted.push(last)
    },
  ],
  [/^Entering interactive session\.$/, (_, _attempt, _match, hooks) => hooks.onServing()],
]

/** The lines that are meant for a person, but tell more than that. */
const wordReaders: [RegExp, Reader][] = [
  // sample: Authenticated using "publickey" with partial success.
  [
    /^Authenticated (?:using "([^"]+)" )?with partial success\.$/,
    (trace, _, [, method = 'a key']) => void trace.partial.push(method),
  ],
  // sample: Load key "/home/ops/.ssh/id_rsa": bad permissions
  [
    /^Load key "([^"]+)": (.*)$/,
    (trace, _, [, source = '', because = '']) => void trace.skipped.push({ source, because }),
  ],
  // sample: sign_and_send_pubkey: signing failed for ED25519 "ops@laptop" from agent: agent refused operation
  [
    /^sign_and_send_pubkey: signing failed(?: for \S+ "([^"]*)")?(?: from agent)?: (.*)$/,
    (trace, _, [, name = t`a key`, because = '']) => {
      const { source } = trace.accepted.pop() ?? { source: name }
      trace.skipped.push({ source, because })
    },
  ],
]

/** Reads one line that `ssh -v` wrote. */
export function readProgress(line: string, trace: SshTrace, attempt: Attempt, hooks: ProgressHooks): void {
  const text = /^debug1: (.*)$/.exec(line)?.[1]
  if (text === undefined && !/^debug\d: /.test(line) && line.trim() !== '') {
    trace.words = [...trace.words, line.trim()].slice(-mostWords)
  }
  for (const [pattern, read] of text === undefined ? wordReaders : readers) {
    const match = pattern.exec(text ?? line)
    if (!match) continue
    read(trace, attempt, match, hooks)
    return
  }
}

function move(attempt: Attempt, phase: Attempt['phase']): void {
  if (attempt.phase !== phase) attempt.phase = phase
}

/**
 * Each version of OpenSSH says it in its own order.
 * sample: public key: /home/ops/.ssh/id_ed25519 ED25519 SHA256:x8hy0h7… explicit agent (8.0 on)
 * sample: public key: ED25519 SHA256:x8hy0h7… /home/ops/.ssh/id_ed25519 (7.7 on)
 * sample: ED25519 public key: /home/ops/.ssh/id_ed25519 (before)
 */
function readOffer(words: string): OfferedKey {
  const [, before, rest = words] = /^(?:(\S+) )?public key: (.*)$/.exec(words) ?? []
  const fingerprint = /\b(?:SHA256|SHA512|MD5):\S+/.exec(rest)?.[0]
  const [, first = '', type, notes = ''] = /^(.*?) ?([A-Z][A-Z0-9-]+) (?:SHA256|SHA512|MD5):\S+(.*)$/.exec(rest) ?? []
  const file = fingerprint === undefined ? rest : first === '' ? notes.trim() : first
  const isAgents = / agent$/.test(notes)
  return { type: type ?? before, fingerprint, source: isAgents ? 'agent' : file }
}
