/**
 * When a log line was written, from a time stamp at its start or the `time` of a JSON line, in epoch milliseconds; null
 * where it has none. A stamp without a zone is local time: `utcOffsetMinutes` is what local time is ahead of UTC.
 */
export function readLogTime(line: string, utcOffsetMinutes: number): number | null {
  // sample: {"level":50,"time":1764000000000,"msg":"…"} (pino)
  const json = /^\{.{0,200}?"time":(\d{13})\b/.exec(line)
  if (json) return Number(json[1])
  // sample: 2026-11-24T04:17:01: …, [2026-11-24 04:17:01.123 +01:00] …, 2026-11-24T04:17:01.123Z …
  const stamp =
    /^\[?(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d))?(?:[.,](\d{1,3})\d*)?(?: ?(Z|[+-]\d\d:?\d\d))?/.exec(line)
  if (!stamp) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = stamp
    .slice(1, 7)
    .map((digits) => Number(digits ?? 0))
  const millisecond = Number((stamp[7] ?? '').padEnd(3, '0'))
  const offset = stamp[8] === undefined ? utcOffsetMinutes : readUtcOffset(stamp[8])
  return Date.UTC(year, month - 1, day, hour, minute - offset, second, millisecond)
}

/** Minutes ahead of UTC: `+0530` and `+05:30` are 330, `Z` is 0. */
export function readUtcOffset(zone: string): number {
  const match = /^([+-])(\d\d):?(\d\d)$/.exec(zone)
  if (!match) return 0
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]))
}

/** A log line without the time stamp that it starts with, if it does. */
export function withoutLogTime(line: string): string {
  // sample: 2026-11-24T04:17:01: Error: boom
  return line.replace(/^\[?\d{4}-\d\d-\d\d[T ][\d:.,]+(?: ?(?:Z|[+-]\d\d:?\d\d))?\]?:? /, '')
}
