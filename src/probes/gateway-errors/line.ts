import type { ErrorKind } from '../gateway/log-facts.js'
import type { LogLine } from '../gateway/read-log.js'
import { classify } from '../nginx-errors/classify.js'

/** What a gateway's message says, before its time is known. */
export type Message = Omit<LogLine, 'atMs' | 'text'>

/** What the gateway was doing, in nginx's words. */
export const phases = {
  connect: 'while connecting to upstream',
  handshake: 'while SSL handshaking to upstream',
  header: 'while reading response header from upstream',
  body: 'while reading upstream',
  check: 'while checking health',
} as const

const nothing = { level: 'error', errno: null, phase: null, upstream: null, server: null }

/** A message of a known kind. */
export function say(message: string, kind: ErrorKind, details: Partial<Message> = {}): Message {
  return { ...nothing, message, ...details, kind }
}

/** A message whose kind its errno tells, and what the gateway was doing. */
export function sayErrno(
  message: string,
  errno: number | null,
  phase: string,
  details: Partial<Message> = {},
): Message {
  const words = phase === phases.connect ? 'connect() failed' : ''
  return say(message, classify(words, errno, phase), { ...details, errno, phase })
}

/** What keeps a gateway from starting; the place that it names is told apart. */
export function sayEmergency(message: string): Message {
  return say(message, 'other', { level: 'emerg' })
}

/** The numbers of Linux by the words that HAProxy and the libraries of Go have for them. */
const errnoOfWords: readonly [RegExp, number][] = [
  [/connection refused/i, 111],
  [/no route to host/i, 113],
  [/network is unreachable/i, 101],
  [/connection timed out/i, 110],
  [/connection reset/i, 104],
  [/broken pipe/i, 32],
  [/permission denied/i, 13],
  [/no such file or directory/i, 2],
  [/cannot assign requested address/i, 99],
  [/too many open files/i, 24],
  [/no space left/i, 28],
]

export function readErrnoWords(message: string): number | null {
  return errnoOfWords.find(([words]) => words.test(message))?.[1] ?? null
}
