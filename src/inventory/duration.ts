import { t } from '../language/language.js'

/** What a duration looks like, for messages. */
export function sayDurationRule(): string {
  return t`a duration from 1ms to 24h; write 10s, 500ms or 2m, or a plain number of seconds`
}

const MS_PER_UNIT: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/** Past a day a deadline is a slip of the pen, and past 24.8 days a timer of Node fires at once. */
const LONGEST_MS = 24 * 3_600_000

// 1.5m
const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/

/** Milliseconds of a duration as people write it, or undefined when it is not one. A plain number counts seconds. */
export function parseDurationMs(text: string | number): number | undefined {
  const [, amount, unit = 's'] = DURATION.exec(String(text).trim()) ?? []
  const ms = Math.round(Number(amount) * (MS_PER_UNIT[unit] ?? Number.NaN))
  return ms >= 1 && ms <= LONGEST_MS ? ms : undefined
}
