/** How often requests failed that were made several times, as an answer of a path has it. */
export interface Rate {
  failed: string
  count: string
  /** How they failed: `502, reset` */
  words: string
}

/** Reads an answer of a path; undefined where it is none of several requests. */
export function readRate(answer: string): Rate | undefined {
  // sample: 3 of 10 failed: 502, reset
  const [, failed = '', count = '', words] = /^(\d+) of (\d+) failed: (.*)$/.exec(answer) ?? []
  return words === undefined ? undefined : { failed, count, words }
}
