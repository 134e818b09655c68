/** What turns the times of a kernel log into epoch milliseconds. */
export interface KernelClock {
  nowMs: number
  bootedMs: number
  utcOffsetMinutes: number
}

/** A line of the kernel log: when, and what, without the host's and the kernel's prefixes. */
export interface KernelLine {
  atMs: number | null
  text: string
}

/** A way to write the time at the start of a line, and what it comes to. */
const timeForms: readonly [RegExp, (clock: KernelClock, parts: string[]) => number][] = [
  // sample: 1795508733.462123 web-1 kernel: Out of memory: … (journalctl -o short-unix)
  [/^(\d{9,}\.\d+) /, (_clock, [seconds]) => Math.round(Number(seconds) * 1000)],
  // sample: [   12.345678] Out of memory: … (dmesg)
  [/^\[\s*(\d+\.\d+)\] ?/, ({ bootedMs }, [seconds]) => Math.round(bootedMs + Number(seconds) * 1000)],
  // sample: 2026-11-24T08:12:33.123456+00:00 web-1 kernel: … (rsyslog since Debian 12)
  [/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)) /, (_clock, [time = '']) => Date.parse(time)],
  // sample: Nov 24 08:12:33 web-1 kernel: … (syslog of old: local time, no year)
  [/^([A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d) /, (clock, [time = '']) => readYearless(time, clock)],
]

/** printk() writes no longer ones (LOG_LINE_MAX is 1024), syslog puts its own prefix before them. */
const longestLine = 1200

/** Reads one line; undefined for an empty one. A line with a time of an unknown form keeps its text. */
export function readKernelLine(whole: string, clock: KernelClock): KernelLine | undefined {
  const line = whole.slice(0, longestLine)
  if (line.trim() === '') return undefined
  for (const [form, toMs] of timeForms) {
    const match = form.exec(line)
    if (!match) continue
    const atMs = toMs(clock, match.slice(1))
    return { atMs: Number.isFinite(atMs) ? atMs : null, text: dropPrefix(line.slice(match[0].length)) }
  }
  return { atMs: null, text: line }
}

function dropPrefix(text: string): string {
  // sample: web-1 kernel: [ 8123.456789] Out of memory: …
  return text.replace(/^\S+ (?:kernel|systemd-oomd)(?:\[\d+\])?: (?:\[\s*\d+\.\d+\] ?)?/, '')
}

/** The latest such moment that is not in the future (a day's grace for clocks that differ). */
function readYearless(time: string, { nowMs, utcOffsetMinutes }: KernelClock): number {
  const year = new Date(nowMs).getUTCFullYear()
  const inYear = (each: number) => Date.parse(`${time} ${each} UTC`) - utcOffsetMinutes * 60_000
  return inYear(year) > nowMs + 86_400_000 ? inYear(year - 1) : inYear(year)
}
