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

/** `200`, `refused`, `3 of 10 failed: 502`: what came of a request, in the words of the record. */
export function describeAnswer(answer: HttpAnswer): string {
  const rate = rateOf(answer)
  return rate ? `${rate.failed} of ${rate.count} failed: ${describeFailures(answer)}` : wordOf(answer)
}

/** `502`, `502, reset`: how those of a request failed that did. */
export function describeFailures({ samples }: HttpAnswer): string {
  return (samples?.failed ?? []).map(wordOf).join(', ')
}

function wordOf({ status, failure }: Pick<HttpAnswer, 'status' | 'failure'>): string {
  return status === null ? (failure ?? 'no answer') : `${status}`
}

/** Quotes what came of a request: `curl http://127.0.0.1:3000/` HTTP 200; of several samples, `10× curl …` 3 of 10 failed. */
export function requestEvidence(answer: HttpAnswer): Evidence {
  const { url, hostHeader, status, samples, elapsedMs } = answer
  const asked = `curl ${hostHeader === null ? url : `-H 'Host: ${hostHeader}' ${url}`}`
  const said = status === null ? wordOf(answer) : `HTTP ${status}`
  if (!samples) return { source: asked, text: `${said} after ${elapsedMs} ms` }
  const { count, minMs, medianMs, maxMs } = samples
  const all = rateOf(answer) ? describeAnswer(answer) : `all ${count}: ${said}`
  return { source: `${count}× ${asked}`, text: `${all}; ${minMs} to ${maxMs} ms, half within ${medianMs} ms` }
}
