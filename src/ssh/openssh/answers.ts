import type { Endpoint } from '../../inventory/host.js'
import { sanitizeLine } from '../../sanitize.js'
import { answerPrompts, type Conversation, toUnanswered } from '../auth/answer-prompts.js'
import type { Credentials } from '../auth/credentials.js'
import { NoPassword } from '../auth/passwords.js'
import { formatHop } from '../connect-failure.js'
import type { Deadline } from '../deadline.js'
import type { AnswerSsh } from './questions.js'
import type { SshTrace } from './read-progress.js'
import { rememberPassphrase } from './remember-passphrase.js'

/** Who answers what `ssh` asks, and what becomes of it. */
export interface AnswerSources {
  endpoint: Endpoint
  credentials: Pick<Credentials, 'passwords' | 'asks'>
  /** Shows what a person is to do, such as touch a key. */
  notify?: ((message: string) => void) | undefined
  /** Stands still while a person is asked. */
  deadline: Pick<Deadline, 'pause' | 'resume'>
  trace: SshTrace
  /** Nothing is left to say: the login ends. */
  giveUp: () => void
}

/** Whether anything that `ssh` may ask could be answered. */
export function canAnswer({ endpoint, credentials }: Pick<AnswerSources, 'endpoint' | 'credentials'>): boolean {
  const { askPassphrase, askPrompt } = credentials.asks
  return Boolean(askPassphrase ?? askPrompt ?? credentials.passwords.sourceOf('login', endpoint))
}

/**
 * Answers as fleetdx's own SSH does. What is not answered ends the login: `ssh` would send an empty password in its place,
 * and have it counted. A password is given once, and one that is asked for again was refused.
 */
export function createAnswers(sources: AnswerSources): AnswerSsh {
  const { endpoint, credentials, deadline, notify } = sources
  const conversation: Conversation = { hop: formatHop(endpoint), password: undefined, answers: 0 }
  const given = new Map<string, string>()
  return async ({ prompt: asked, kind, over }) => {
    const prompt = sanitizeLine(asked).trim()
    deadline.pause()
    try {
      // sample: Confirm user presence for key ED25519-SK SHA256:x8hy0h7…
      if (kind === 'none') notify?.(`${conversation.hop}: ${prompt}`)
      if (kind === 'none') return await over.then(() => undefined)
      if (kind === 'confirm') return 'no'
      // sample: Enter passphrase for key '/home/ops/.ssh/id_ed25519':
      const file = /^Enter passphrase for (?:key )?'?(.*?)'?:$/.exec(prompt)?.[1]
      if (file === undefined) return await answerServer(prompt, conversation, sources)
      // Without a passphrase, `ssh` goes on with the next key.
      const passphrase = await rememberPassphrase(credentials.asks, file, given.get(file))
      if (passphrase !== undefined) given.set(file, passphrase)
      return passphrase ?? ''
    } finally {
      deadline.resume()
    }
  }
}

/** A question about the login: that of `ssh` for the password, one of PAM, or the PIN of a key. */
async function answerServer(
  prompt: string,
  conversation: Conversation,
  { endpoint, credentials, trace, giveUp }: AnswerSources,
): Promise<string | undefined> {
  const { passwords, asks } = credentials
  try {
    // sample: ops@web1's password:
    const isOwn = prompt.endsWith("'s password:")
    // sample: (ops@web1) Password: (before OpenSSH 8.5 without whose it is)
    const text = isOwn ? 'Password:' : prompt.replace(/^\(\S+@\S+\) /, '')
    const { sent } = conversation
    if (sent === undefined) conversation.password = await passwords.passwordFor(endpoint)
    if (sent !== undefined && asksForThePassword(text)) {
      passwords.refuse('login', endpoint.user, sent, conversation.hop)
      trace.isPasswordRefused = true
      giveUp()
      return undefined
    }
    // Without a password, only a second factor is worth a conversation.
    const isWorthIt = conversation.password !== undefined || conversation.answers > 0 || trace.partial.length > 0
    if (!isWorthIt && !/\bPIN\b/.test(text)) {
      giveUp()
      return undefined
    }
    const [answer] = await answerPrompts(
      { name: '', instructions: '', prompts: [{ prompt: text, echo: false }] },
      conversation,
      asks.askPrompt,
    )
    return answer
  } catch (error) {
    if (error instanceof NoPassword) trace.noPassword = error
    else trace.unanswered = toUnanswered(error)
    giveUp()
    return undefined
  }
}

// samples: Password:, Password for ops@web1:, but not: New password:, (current) UNIX password:
function asksForThePassword(prompt: string): boolean {
  return /\bpassword\b[^:]*:$/i.test(prompt) && !/\b(new|current|old|retype)\b/i.test(prompt)
}
