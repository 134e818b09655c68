import { createLogUpdate } from 'log-update'
import type { ReportProgress } from '../progress.js'
import { measure } from '../report/fit.js'
import { count, openTally, renderProgress, renderProgressLine } from '../report/progress.js'
import { createStyle } from '../report/style.js'
import { chooseWidth, wantsColor, wantsUnicode } from '../report/terminal.js'
import type { CommandIo } from './command-io.js'

const redrawMs = 100
const lineMs = 5_000

/** Where a run stands, while it runs: on standard error only. */
export interface Progress {
  report: ReportProgress
  /** Says a sentence without breaking the picture. */
  say(sentence: string): void
  /** Takes the picture away for as long as something else has the terminal. */
  stepAside<T>(work: () => Promise<T>): Promise<T>
  /** Takes the picture away; safe to call twice. */
  end(): void
}

/** Rows that a text takes on a terminal, which breaks its lines anew when it gets narrower. */
function rowsOf(text: string, width: number): number {
  return text.split('\n').reduce((rows, line) => rows + Math.max(1, Math.ceil(measure(line) / width)), 0)
}

/** Erases a number of lines, from the one with the cursor upwards. */
function eraseLines(count: number): string {
  return '\u001b[2K\u001b[1A'.repeat(count)
}

/** Draws the progress of a run: one live area on a terminal, a line every few seconds elsewhere. */
export function showProgress(total: number, { stderr, env }: CommandIo): Progress {
  let tally = openTally(total)
  let drawn = ''
  let isAside = false
  const canRedraw = stderr.isTTY === true && env.TERM !== 'dumb'
  const draw = canRedraw ? createLogUpdate(stderr) : undefined
  const show = () => {
    if (isAside) return
    // The width is asked for each time: a terminal may be resized.
    const look = { width: chooseWidth(env, stderr), color: wantsColor(env, stderr), unicode: wantsUnicode(env) }
    if (draw) {
      const moreRows = rowsOf(drawn, look.width) - rowsOf(drawn, Number.POSITIVE_INFINITY)
      if (moreRows > 0) {
        stderr.write(eraseLines(moreRows))
        draw.clear()
      }
      drawn = renderProgress(tally, Date.now(), createStyle(look))
      draw(drawn)
    } else stderr.write(`${renderProgressLine(tally, Date.now())}\n`)
  }
  const timer = setInterval(show, draw ? redrawMs : lineMs)
  return {
    report: (event) => {
      tally = count(tally, event, Date.now())
    },
    say: (sentence) => {
      draw?.clear()
      stderr.write(`${sentence}\n`)
    },
    stepAside: (work) => {
      isAside = true
      draw?.clear()
      return work().finally(() => {
        isAside = false
      })
    },
    end: () => {
      clearInterval(timer)
      draw?.clear()
      draw?.done()
    },
  }
}
