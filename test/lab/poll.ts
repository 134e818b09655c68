import { setTimeout as delay } from 'node:timers/promises'

/** Asks again and again until the answer is not undefined, and returns it; after `timeoutMs` rejects with what `describe` says. */
export async function poll<T>(
  ask: () => Promise<T | undefined>,
  { timeoutMs, describe }: { timeoutMs: number; describe: () => string },
): Promise<T> {
  const deadlineMs = Date.now() + timeoutMs
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    if (Date.now() > deadlineMs) throw new Error(describe())
    await delay(100)
  }
}
