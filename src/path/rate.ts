import type { HttpAnswer } from '../probes/http.js'
import type { Edge, Evidence, RequestPath } from './request-path.js'

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

/** Quotes all samples of a request: `10× curl http://127.0.0.1:3000/: 3 of 10 failed: 500; 4 to 31 ms`. */
export function rateEvidence(answer: HttpAnswer): Evidence {
  const { url, hostHeader, samples, elapsedMs } = answer
  const asked = hostHeader === null ? url : `-H 'Host: ${hostHeader}' ${url}`
  if (!samples) return { source: `curl ${asked}`, text: `${describeAnswer(answer)} after ${elapsedMs} ms` }
  const { count, minMs, medianMs, maxMs } = samples
  const said = rateOf(answer) ? describeAnswer(answer) : `all ${count}: ${wordOf(answer)}`
  return { source: `${count}× curl ${asked}`, text: `${said}; ${minMs} to ${maxMs} ms, half within ${medianMs} ms` }
}

/**
 * A path as it was drawn from one answer, with the rate in its last link where the app, or else the gateway, failed now
 * and then.
 */
export function showRate(path: RequestPath): RequestPath {
  const { direct, throughGateway, fromHere, edges } = path
  const mixed = [...direct, throughGateway, fromHere].find((answer) => answer !== null && rateOf(answer) !== undefined)
  if (!mixed) return path
  const show = (edge: Edge): Edge =>
    edge.id === 'answer'
      ? { ...edge, state: 'broken', detail: describeAnswer(mixed), evidence: [rateEvidence(mixed)] }
      : edge
  return { ...path, edges: edges.map(show) }
}
