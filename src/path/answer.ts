import { joinWords } from '../language/join-words.js'
import { t } from '../language/language.js'
import type { HttpAnswer } from '../probes/http.js'
import type { Evidence } from './request-path.js'

/** How often a request failed, of those that were made; where one answer stands for all there is no rate. */
interface Rate {
  failed: number
  count: number
}

/** The rate of a request that failed now and then: sometimes, and not always. */
export function rateOf({ samples }: HttpAnswer): Rate | undefined {
  const failed = samples?.failed.reduce((sum, kind) => sum + kind.count, 0) ?? 0
  return samples && failed > 0 && failed < samples.count ? { failed, count: samples.count } : undefined
}

/** `200`, `refused`, `3 of 10 failed: 502`: what came of a request, in the words of the record, whatever the language. */
export function recordAnswer(answer: HttpAnswer): string {
  const wordOf = ({ status, failure }: Given) => (status === null ? (failure ?? 'no answer') : `${status}`)
  const rate = rateOf(answer)
  const words = (answer.samples?.failed ?? []).map(wordOf).join(', ')
  return rate ? `${rate.failed} of ${rate.count} failed: ${words}` : wordOf(answer)
}

/** The same as it is told to a person. */
export function describeAnswer(answer: HttpAnswer): string {
  const rate = rateOf(answer)
  return rate ? t`${rate.failed} of ${rate.count} failed: ${describeFailures(answer)}` : sayGiven(answer)
}

/** `502`, `502, reset`: how those of a request failed that did. */
export function describeFailures({ samples }: HttpAnswer): string {
  return joinWords((samples?.failed ?? []).map(sayGiven))
}

type Given = Pick<HttpAnswer, 'status' | 'failure'>

function sayGiven({ status, failure }: Given): string {
  return status === null ? sayFailure(failure) : `${status}`
}

/** How a request failed, in a word or two; a word that is not known stays. */
export function sayFailure(failure: string | null): string {
  if (failure === null) return t`no answer`
  const words: Readonly<Record<string, string>> = {
    refused: t`refused`,
    'connect-timeout': t`connect-timeout`,
    'response-timeout': t`response-timeout`,
    unreachable: t`unreachable`,
    reset: t`reset`,
    empty: t`empty`,
    'not-http': t`not-http`,
    tls: t`tls`,
    dns: t`dns`,
    denied: t`denied`,
    other: t`other`,
  }
  return words[failure] ?? failure
}

/** Quotes what came of a request: `curl http://127.0.0.1:3000/` HTTP 200; of several samples, `10× curl …` 3 of 10 failed. */
export function requestEvidence(answer: HttpAnswer): Evidence {
  const { url, hostHeader, status, samples, elapsedMs } = answer
  const asked = `curl ${hostHeader === null ? url : `-H 'Host: ${hostHeader}' ${url}`}`
  const said = status === null ? sayGiven(answer) : `HTTP ${status}`
  if (!samples) return { source: asked, text: t`${said} after ${elapsedMs} ms` }
  const { count, minMs, medianMs, maxMs } = samples
  const all = rateOf(answer) ? describeAnswer(answer) : t`all ${count}: ${said}`
  return { source: `${count}× ${asked}`, text: t`${all}; ${minMs} to ${maxMs} ms, half within ${medianMs} ms` }
}
