/** What the look of a text depends on, of a stream that it goes to. */
export interface TextStream {
  isTTY?: boolean
  columns?: number
}

type Env = Readonly<Record<string, string | undefined>>

/** Width of a text that goes to no terminal: wide enough for whole lines, narrow enough for a mail or a log viewer. */
const pipeWidth = 120

/** Whether to colour: NO_COLOR (no-color.org) and FORCE_COLOR decide if they are set, else whether it is a terminal that can. */
export function wantsColor(env: Env, stream: TextStream): boolean {
  if (isSet(env.NO_COLOR)) return false
  if (isSet(env.FORCE_COLOR)) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false'
  return stream.isTTY === true && env.TERM !== 'dumb'
}

/** Whether symbols beyond ASCII are shown: the locale says so, by the precedence of POSIX. */
export function wantsUnicode(env: Env): boolean {
  const locale = [env.LC_ALL, env.LC_CTYPE, env.LANG].find(isSet)
  // sample: en_US.UTF-8, C.utf8
  return /utf-?8/i.test(locale ?? '')
}

/** Columns to fill: the terminal's, else those of $COLUMNS, else 120. */
export function chooseWidth(env: Env, stream: TextStream): number {
  if (stream.columns) return stream.columns
  const wished = Number(env.COLUMNS)
  return Number.isInteger(wished) && wished > 0 ? wished : pipeWidth
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== ''
}
