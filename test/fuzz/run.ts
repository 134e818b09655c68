import { runInNewContext } from 'node:vm'

/**
 * How often a property is tried, and from which seed: always the same here, so that a failure is one for everybody.
 * FUZZ_RUNS=20 tries twenty times as often, FUZZ_SEED takes another seed.
 */
export function fuzz(numRuns: number): { numRuns: number; seed: number } {
  return {
    numRuns: Math.ceil(numRuns * Number(process.env.FUZZ_RUNS ?? 1)),
    seed: Number(process.env.FUZZ_SEED ?? 502),
  }
}

/**
 * Runs what must come to its end. A loop without an end would never give a test runner's own time limit a turn, so V8 is
 * told to break it off. The limit is far above what linear work takes here, and far below what squared work does.
 */
export function finish<T>(work: () => T, timeoutMs = 15_000): T {
  return runInNewContext('work()', { work }, { timeout: timeoutMs })
}

/** A piece over and over, up to a size: where an expression goes back over its text again and again, this shows it. */
export function repeat(piece: string, size: number): string {
  return piece.repeat(Math.ceil(size / piece.length)).slice(0, size)
}
