import pLimit, { type LimitFunction } from 'p-limit'
import type { Host } from '../inventory/host.js'
import { t } from '../language/language.js'
import { NoPassword, type Passwords } from '../ssh/auth/passwords.js'
import type { Deadline } from '../ssh/deadline.js'

/** What became of a password that a host was given: `unused` = it did not come to that. */
type Verdict = 'accepted' | 'refused' | 'unused'

type Stoppable = Pick<Deadline, 'pause' | 'resume'>

/** One host's questions for the password of sudo, over both rounds. */
export interface SudoTalk {
  /** Answers a question with one line. While others are waited for, a person or a host, the deadlines stand still. */
  answer(send: (line: string) => void, deadline: Stoppable): Promise<void>
  hear(verdict: string): void
  /** The round is over: no verdict will come any more. */
  end(): void
  /** The text without the password, should the host have said it. */
  mask(text: string): string
  /** Why no password was given although there is a source of one, in words. */
  trouble: string[]
}

/**
 * Until a password was accepted somewhere, it is given to one host at a time, and the others wait for that verdict: a
 * wrong one is tried on one host of the fleet. The hosts of a run share it.
 */
export type SudoTurns = Map<string, LimitFunction>

/** A host that is slow to judge a password does not keep the others for longer. */
const verdictMs = 10_000

/** No password is known: every question is answered so. */
export const noSudoTalk: SudoTalk = {
  answer: async (send) => send('-'),
  hear: () => {},
  end: () => {},
  mask: (text) => text,
  trouble: [],
}

/** `hostDeadline` is that of everything on the host. */
export function createSudoTalk(
  host: Host,
  { passwords, turns, hostDeadline }: { passwords: Passwords; turns: SudoTurns; hostDeadline: Stoppable },
): SudoTalk {
  const trouble: string[] = []
  const given = new Set<string>()
  let isOver = false
  let isAccepted = false
  let settle: (verdict?: Verdict) => void = () => {}
  const give = async (send: (line: string) => void): Promise<Verdict | undefined> => {
    if (isOver) return undefined
    const password = await findPassword(host, passwords, trouble)
    if (password === undefined || password === '') return void send('-')
    given.add(password)
    const heard = new Promise<Verdict | undefined>((resolve) => {
      settle = (verdict) => resolve(verdict)
      setTimeout(() => resolve(undefined), verdictMs).unref()
    })
    send(`${isAccepted ? '+' : '='}${toOctal(password)}`)
    if (isAccepted) return 'accepted'
    const verdict = await heard
    isAccepted = verdict === 'accepted'
    if (verdict === 'refused') passwords.refuse('sudo', host.user, password, host.name)
    return verdict
  }
  return {
    trouble,
    async answer(send, deadline) {
      const waiting = [deadline, hostDeadline]
      isOver = false
      for (const each of waiting) each.pause()
      const answered = (line: string) => {
        for (const each of waiting) each.resume()
        send(line)
      }
      const key = JSON.stringify([host.user, passwords.sourceOf('sudo', host)])
      const turn = turns.get(key) ?? pLimit(1)
      turns.set(key, turn)
      await turn(async () => {
        if ((await give(answered)) === 'accepted') turn.concurrency = Number.POSITIVE_INFINITY
      })
    },
    hear: (verdict) => settle(verdict === 'accepted' || verdict === 'refused' ? verdict : 'unused'),
    end() {
      isOver = true
      settle()
    },
    mask: (text) => [...given].reduce((masked, password) => maskOne(masked, password), text),
  }
}

async function findPassword(host: Host, passwords: Passwords, trouble: string[]): Promise<string | undefined> {
  try {
    return await passwords.sudoPasswordFor(host)
  } catch (error) {
    if (!(error instanceof NoPassword)) throw error
    trouble.push(error.mend === undefined ? error.message : t`${error.message}: ${error.mend}`)
    return undefined
  }
}

/** Each byte as printf of every shell reads it: `\0163`. */
function toOctal(password: string): string {
  return [...Buffer.from(password)].map((byte) => `\\0${byte.toString(8).padStart(3, '0')}`).join('')
}

/** One or two characters are in every text. */
const shortestMasked = 3

function maskOne(text: string, password: string): string {
  return password.length < shortestMasked ? text : text.replaceAll(toOctal(password), '***').replaceAll(password, '***')
}
