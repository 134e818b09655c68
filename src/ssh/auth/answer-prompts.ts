import type { Prompt as ServerPrompt } from 'ssh2'
import { t } from '../../language/language.js'
import { sanitize } from '../../sanitize.js'
import { quoteRemote } from '../connect-failure.js'
import type { AskPrompt } from './key-ring.js'

/** One round of keyboard-interactive (RFC 4256): what the server says, and what it wants to know. */
export interface PromptRound {
  name: string
  instructions: string
  prompts: readonly ServerPrompt[]
}

/** One attempt at keyboard-interactive, which may take several rounds. */
export interface Conversation {
  hop: string
  /** Not given yet. */
  password: string | undefined
  /** The password, once it is given. */
  sent?: string
  /** How many questions are answered. */
  answers: number
}

/** A question that nobody answered, as a sentence about the server. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered'
  readonly wantsNewPassword: boolean

  constructor(message: string, wantsNewPassword = false) {
    super(message)
    this.wantsNewPassword = wantsNewPassword
  }
}

/** Whatever kept a question from being answered, as that. */
export function toUnanswered(error: unknown): Unanswered {
  if (error instanceof Unanswered) return error
  return new Unanswered(error instanceof Error ? error.message : String(error))
}

const MAX_WORDS = 1000

/**
 * Answers one round: a single hidden question gets the password, once; whatever else is asked, a person is. Rejects with
 * `Unanswered` when something is not answered.
 */
export async function answerPrompts(
  { name, instructions, prompts }: PromptRound,
  conversation: Conversation,
  ask: AskPrompt | undefined,
): Promise<string[]> {
  const answers: string[] = []
  for (const { prompt, echo = false } of prompts) {
    const isPassword = prompts.length === 1 && !echo && !asksForCode(prompt)
    const words = answers.length === 0 ? [name, instructions, prompt] : [prompt]
    const answer = (isPassword && takePassword(conversation)) || (await askPerson(words, { conversation, echo, ask }))
    answers.push(answer)
    conversation.answers++
  }
  return answers
}

function takePassword(conversation: Conversation): string | undefined {
  const { password } = conversation
  conversation.password = undefined
  if (password !== undefined) conversation.sent = password
  return password
}

// samples: Verification code:, One-time password (OATH) for `ops':, Passcode or option (1-3):, YubiKey for `ops':
function asksForCode(prompt: string): boolean {
  return /code|\botp\b|one[- ]time|token|factor|duo|yubikey|challenge|\bpin\b/i.test(prompt)
}

// samples: New password:, (current) UNIX password:, Retype new password:, Current password:
function asksForNewPassword(prompt: string): boolean {
  return /\b(new|current|old|retype)\b.*password/i.test(prompt)
}

interface Question {
  conversation: Conversation
  echo: boolean
  ask: AskPrompt | undefined
}

async function askPerson(words: string[], { conversation, echo, ask }: Question): Promise<string> {
  const prompt = words.at(-1) ?? ''
  // PAM puts what it has to say before the question.
  const quoted = quoteRemote(sanitize(prompt).trim().split('\n').at(-1) ?? '')
  if (asksForNewPassword(prompt))
    throw new Unanswered(t`wants a new password, which fleetdx does not give (it asks ${quoted})`, true)
  if (!ask) throw new Unanswered(t`asks ${quoted}, and there is no terminal to answer at`)
  const shown = sanitize(words.filter((text) => text.trim() !== '').join('\n')).slice(0, MAX_WORDS)
  const answer = await ask({ hop: conversation.hop, words: shown, echo })
  if (answer === undefined) throw new Unanswered(t`asks ${quoted}, and nobody answered`)
  return answer
}
