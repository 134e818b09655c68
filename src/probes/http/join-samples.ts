import { groupBy } from '../../group-by.js'
import type { HttpAnswer, Samples } from './facts.js'

/** Whether somebody got a page: 4xx and redirects are answers, 5xx and no response are not. */
function isGood({ status }: Pick<HttpAnswer, 'status'>): boolean {
  return status !== null && status < 500
}

/** Answers to the same request become one, with what came of all; a request that was made once stays as it is. */
export function joinSamples(answers: readonly HttpAnswer[]): HttpAnswer[] {
  return groupBy(answers, requestOf).map(join)
}

function requestOf({ vantage, url, address, port, unixPath, hostHeader }: HttpAnswer): string {
  return JSON.stringify([vantage, url, address, port, unixPath, hostHeader])
}

function join(same: [HttpAnswer, ...HttpAnswer[]]): HttpAnswer {
  const shown = same.find(isGood) ?? same[0]
  return same.length === 1 ? shown : { ...shown, samples: countSamples(same) }
}

function countSamples(same: readonly HttpAnswer[]): Samples {
  const bad = same.filter((answer) => !isGood(answer))
  const ms = same.map(({ elapsedMs }) => elapsedMs).toSorted((a, b) => a - b)
  return {
    count: same.length,
    failed: groupBy(bad, ({ status, failure }) => `${status} ${failure}`)
      .map((alike) => ({ status: alike[0].status, failure: alike[0].failure, count: alike.length }))
      .toSorted((a, b) => b.count - a.count),
    minMs: ms[0] ?? 0,
    medianMs: ms[Math.floor((ms.length - 1) / 2)] ?? 0,
    maxMs: ms.at(-1) ?? 0,
  }
}
