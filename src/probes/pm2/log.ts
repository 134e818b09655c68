import { readLogTime } from '../log-time.js'
import type { Pm2LogLine } from './schema.js'

// sample: 2026-11-24T08:25:45: PM2 log: App [web:0] online ; of pm2 2.x: [2018-06-26 14:55:39] PM2 log: …
const stamp = /^\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?\]?:? /

/** Lines of pm2.log. Their times are local and carry no zone; lines that belong to the one above have none. */
export function readLog(text: string, utcOffsetMinutes: number): Pm2LogLine[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return lines.map((line) => ({ atMs: readLogTime(line, utcOffsetMinutes), text: line.replace(stamp, '') }))
}
