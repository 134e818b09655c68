import type { AnyAuthMethod, KeyboardInteractiveAuthMethod } from 'ssh2'
import type { Endpoint, LoginMethod } from '../../inventory/host.js'
import { LOGIN_METHODS } from '../../inventory/ssh-login-methods.js'
import { t } from '../../language/language.js'
import { formatHop } from '../connect-failure.js'
import { fingerprint } from '../key-blob.js'
import { answerPrompts, type Conversation, toUnanswered } from './answer-prompts.js'
import type { LoginTrace } from './explain-login.js'
import type { KeyRing, OfferableKey } from './key-ring.js'
import { OneKeyAgent } from './one-key-agent.js'
import { NoPassword } from './passwords.js'

/** The steps of one login, each chosen by what the server said of those before. */
export interface Steps {
  /** Takes in what came of the last step, as far as ssh2 tells. */
  learn(methods: string[] | undefined, isPartial: boolean): void
  /** The next thing to offer; undefined when nothing is left. */
  choose(): Promise<AnyAuthMethod | undefined>
}

export interface StepContext {
  endpoint: Endpoint
  ring: KeyRing
  trace: LoginTrace
  /** Does something that takes a person's time, off the deadline. */
  waitFor: <Result>(work: () => Promise<Result>) => Promise<Result>
  /** Ends the login where ssh2 waits for an answer that nobody gives. */
  giveUp: () => void
}

/** What was offered last, and what of it has to be looked at afterwards. */
type LastStep =
  | { method: 'none' }
  | { method: 'publickey'; passedOver: () => void }
  | { method: 'keyboard-interactive'; conversation: Conversation }
  | { method: 'password'; password: string }

export function planSteps(context: StepContext): Steps {
  const { endpoint, ring, trace } = context
  const username = endpoint.user
  const order = endpoint.loginMethods?.allowed ?? LOGIN_METHODS
  let queue: OfferableKey[] | undefined
  let last: LastStep | undefined
  const chooseKey = (): AnyAuthMethod | undefined => {
    // Not before now: what other servers took meanwhile comes first.
    queue ??= sortTaken(ring)
    const isKnownGood =
      order[0] === 'publickey' && trace.taken.length === 0 && queue[0] !== undefined && isTaken(queue[0], ring)
    const key = (trace.methods?.includes('publickey') ?? isKnownGood) ? queue.shift() : undefined
    if (!key) return undefined
    last = { method: 'publickey', passedOver: noteOffer(key, trace) }
    return { type: 'agent', username, agent: new OneKeyAgent(key, (_, signing) => sign(key, signing, context)) }
  }
  const isOpen = (method: LoginMethod) =>
    trace.methods?.includes(method) && !trace.refused.some((refused) => refused.method === method)
  const chooseConversation = async (): Promise<AnyAuthMethod | undefined> => {
    if (!isOpen('keyboard-interactive')) return undefined
    const password = await takePassword(context)
    // Without a password, only a second factor is worth a conversation.
    if (password === undefined && !(ring.askPrompt && trace.taken.length > 0)) return undefined
    const conversation = { hop: formatHop(endpoint), password, answers: 0 }
    last = { method: 'keyboard-interactive', conversation }
    return { type: 'keyboard-interactive', username, prompt: converse(conversation, context) }
  }
  const choosePassword = async (): Promise<AnyAuthMethod | undefined> => {
    const password = isOpen('password') ? await takePassword(context) : undefined
    if (password === undefined) return undefined
    last = { method: 'password', password }
    return { type: 'password', username, password }
  }
  const choices = { publickey: chooseKey, 'keyboard-interactive': chooseConversation, password: choosePassword }
  return {
    learn(methods, isPartial) {
      if (!last) return
      if (last.method === 'publickey') return last.passedOver()
      // ssh2 keeps the answer to an agent's key to itself; every other one is told.
      trace.methods = methods
      trace.firstMethods ??= methods
      judge(last, isPartial, context)
    },
    async choose() {
      for (const method of order) {
        const choice = await choices[method]()
        if (choice) return choice
      }
      if (trace.methods) return undefined
      last = { method: 'none' }
      return { type: 'none', username }
    },
  }
}

function sortTaken(ring: KeyRing): OfferableKey[] {
  const { keys } = ring
  return [...keys.filter((key) => isTaken(key, ring)), ...keys.filter((key) => !isTaken(key, ring))]
}

function isTaken(key: OfferableKey, { taken }: KeyRing): boolean {
  return taken.has(nameKey(key))
}

function nameKey({ publicKey }: OfferableKey): string {
  return fingerprint(publicKey.getPublicSSH())
}

/**
 * Notes that a key is offered. ssh2 passes over an RSA key at once, without a word and without asking, where the server takes
 * no signature of RSA: whoever learns of the outcome before anything can have been sent, learns of that.
 */
function noteOffer(key: OfferableKey, { offered, skipped }: LoginTrace): () => void {
  let isSent = false
  const sending = setImmediate(() => {
    isSent = true
    offered.push(key)
  })
  return () => {
    clearImmediate(sending)
    if (!isSent) skipped.push({ source: key.source, because: t`the server takes no ${key.publicKey.type} signature` })
  }
}

function sign(
  key: OfferableKey,
  signing: () => Promise<Buffer>,
  { ring, trace, waitFor }: StepContext,
): Promise<Buffer> {
  return waitFor(async () => {
    try {
      const signature = await signing()
      trace.taken.push(key)
      ring.taken.add(nameKey(key))
      // A server that goes on after this wants more than a key, and has to be asked what.
      trace.methods = undefined
      return signature
    } catch (error) {
      const because = error instanceof Error ? error.message : String(error)
      trace.skipped.push({ source: key.source, because, mend: key.mend })
      throw error
    }
  })
}

async function takePassword({ endpoint, ring, trace, waitFor }: StepContext): Promise<string | undefined> {
  try {
    return await waitFor(() => ring.passwords.passwordFor(endpoint))
  } catch (error) {
    if (!(error instanceof NoPassword)) throw error
    trace.noPassword = error
    return undefined
  }
}

function converse(
  conversation: Conversation,
  { ring: { askPrompt: ask }, trace, waitFor, giveUp }: StepContext,
): KeyboardInteractiveAuthMethod['prompt'] {
  const askInTime = ask && ((prompt: Parameters<typeof ask>[0]) => waitFor(() => ask(prompt)))
  return (name, instructions, _language, prompts, finish) => {
    answerPrompts({ name, instructions, prompts }, conversation, askInTime)
      .then(finish)
      .catch((error: unknown) => {
        trace.unanswered = toUnanswered(error)
        giveUp()
      })
  }
}

/** A password that a server refuses is sent to no other: where it was all that was said, it was wrong. */
function judge(last: LastStep, isPartial: boolean, { endpoint, ring, trace }: StepContext): void {
  if (last.method === 'none' || last.method === 'publickey') return
  if (isPartial) return void trace.taken.push(last.method)
  const password = last.method === 'password' ? last.password : findSolePassword(last.conversation)
  trace.refused.push({ method: last.method, withPassword: password !== undefined })
  if (password !== undefined) ring.passwords.refuse('login', endpoint.user, password, formatHop(endpoint))
}

function findSolePassword({ sent, answers }: Conversation): string | undefined {
  return answers === 1 ? sent : undefined
}
