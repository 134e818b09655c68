import type { Credentials } from '../auth/credentials.js'

const runs = new WeakMap<Credentials['asks'], Map<string, Promise<string | undefined>>>()

/**
 * Asks for the passphrase of a key file once in a run, for each host has an `ssh` of its own that asks; and again where
 * `wrong` is what was answered before. That there is none is remembered as well.
 */
export async function rememberPassphrase(
  asks: Credentials['asks'],
  file: string,
  wrong?: string,
): Promise<string | undefined> {
  const known = runs.get(asks) ?? new Map<string, Promise<string | undefined>>()
  runs.set(asks, known)
  const before = known.get(file)
  if (before && (wrong === undefined || (await before) !== wrong)) return before
  // Another `ssh` may have found out meanwhile that it was wrong.
  const now = known.get(file)
  if (now && now !== before) return now
  const asking = Promise.resolve(asks.askPassphrase?.(file)).catch(() => undefined)
  known.set(file, asking)
  return asking
}
