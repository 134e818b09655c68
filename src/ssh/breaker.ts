import { setTimeout as pause } from 'node:timers/promises'
import { joinBoth } from '../language/join-words.js'
import { t } from '../language/language.js'
import { ConnectFailure } from './session.js'

/** Asks the person at the terminal whether to go on; absent where there is none. */
export type AskToGoOn = (question: string) => Promise<boolean>

/** One login that is being tried on a server. Exactly one of its ends is called. */
export interface Trial {
  accepted(): void
  refused(): void
  /** It ended before the server had judged the login. */
  undecided(): void
}

/** Where and how a login is about to be tried. */
interface TrialTerms {
  /** `user@address:port` */
  hop: string
  signal: AbortSignal
  /** Refusals of different servers after which it is not tried any more. */
  mostRefusals: number
  /** Milliseconds to wait for the verdict of another server before this one is tried beside it; no end, when not given. */
  patienceMs?: number
}

/**
 * Keeps a wrong login from being tried on a whole fleet, where it would fill logs and have addresses and accounts locked:
 * a circuit breaker for each login. Until some server has accepted it, it is tried on one server at a time, while the
 * others wait for that verdict.
 */
export interface Breaker {
  /** Resolves when the login may be tried; rejects with `ConnectFailure` when it is kept back. */
  enter(login: string, terms: TrialTerms): Promise<Trial>
}

interface Login {
  isAccepted: boolean
  /** The servers that refused it. */
  refusedBy: string[]
  /** Settles when the trial that is under way has ended. */
  trial?: Promise<void>
  /** The answer of the person who was asked, once for each login. */
  goOn?: Promise<boolean>
}

const free: Trial = { accepted() {}, refused() {}, undecided() {} }

/** Lets everything pass. */
export const noBreaker: Breaker = { enter: async () => free }

export function createBreaker(ask?: AskToGoOn): Breaker {
  const logins = new Map<string, Login>()
  return {
    async enter(name, terms) {
      const login = logins.get(name) ?? { isAccepted: false, refusedBy: [] }
      logins.set(name, login)
      while (!login.isAccepted) {
        if (login.refusedBy.length >= (ask ? 1 : terms.mostRefusals)) return pass(login, terms, ask)
        const { trial } = login
        // Of those whose patience is over, one goes on, and the others have patience with that one.
        if (!trial || (!(await isDecided(trial, terms)) && login.trial === trial)) return begin(login, terms.hop)
      }
      return free
    },
  }
}

async function pass(login: Login, { signal }: TrialTerms, ask: AskToGoOn | undefined): Promise<Trial> {
  const [first = ''] = login.refusedBy
  if (ask) login.goOn ??= ask(t`${first} refused the login. Try the same login on the other hosts?`)
  if (login.goOn) await waitFor(login.goOn, signal)
  if (await login.goOn) return free
  throw new ConnectFailure(t`not tried: the same login was refused by ${joinBoth([...new Set(login.refusedBy)])}`, {
    reason: 'not-tried',
    phase: 'auth',
    hop: first,
    mend: t`set that login right first, or try it on every host: --no-breaker`,
  })
}

function begin(login: Login, hop: string): Trial {
  let settle = () => {}
  const trial = new Promise<void>((resolve) => {
    settle = resolve
  })
  login.trial = trial
  const end = (note: () => void) => () => {
    note()
    if (login.trial === trial) delete login.trial
    settle()
  }
  return {
    accepted: end(() => {
      login.isAccepted = true
    }),
    refused: end(() => login.refusedBy.push(hop)),
    undecided: end(() => {}),
  }
}

/** Whether a trial ended before the patience of who waits for it. */
async function isDecided(trial: Promise<void>, { signal, patienceMs }: TrialTerms): Promise<boolean> {
  if (patienceMs === undefined) return waitFor(trial, signal).then(() => true)
  const waiting = new AbortController()
  const patience = pause(patienceMs, false, { signal: waiting.signal }).catch(() => false)
  return Promise.race([waitFor(trial, signal).then(() => true), patience]).finally(() => waiting.abort())
}

/** Rejects as soon as the signal aborts. */
function waitFor(something: Promise<unknown>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    const leave = () => signal.removeEventListener('abort', abort)
    signal.addEventListener('abort', abort)
    something.then(() => resolve(), reject).finally(leave)
    if (signal.aborted) abort()
  })
}
