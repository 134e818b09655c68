import { createLogUpdate } from 'log-update'
import type { ReportProgress } from '../progress.js'
import { countRows } from '../report/fit.js'
import { count, isLineDue, openTally, renderProgress, renderProgressLine } from '../report/progress.js'
import { createStyle } from '../report/style.js'
import { chooseWidth, wantsColor, wantsUnicode } from '../report/terminal.js'
import type { CommandIo } from './command-io.js'

const redrawMs = 100
const lookMs = 1_000

/** Where a run stands, while it runs: on standard error only. */
export interface Progress {
  report: ReportProgress
  /** Says a sentence without breaking the picture. */
  say(sentence: string): void
  /** Takes the picture away until it is drawn next: before a piece of the result comes to the same terminal. */
  makeRoom(): void
  /** Takes the picture away for as long as something else has the terminal. */
  stepAside<T>(work: () => Promise<T>): Promise<T>
  /** Takes the picture away; safe to call twice. */
  end(): void
}

/** Erases a number of lines, from the one with the cursor upwards. */
function eraseLines(count: number): string {
  return '\u001b[2K\u001b[1A'.repeat(count)
}

/** Draws the progress of a run: one live area on a terminal, and lines elsewhere, fewer and fewer. */
export function showProgress(total: number, io: CommandIo): Progress {
  return io.stderr.isTTY === true && io.env.TERM !== 'dumb' ? drawLive(total, io) : writeLines(total, io)
}

function drawLive(total: number, { stderr, env }: CommandIo): Progress {
  let tally = openTally(total)
  let drawn = ''
  let isAside = false
  const draw = createLogUpdate(stderr)
  const show = () => {
    if (isAside) return
    // The width is asked for each time: a terminal may be resized.
    const look = { width: chooseWidth(env, stderr), color: wantsColor(env, stderr), unicode: wantsUnicode(env) }
    const moreRows = countRows(drawn, look.width) - countRows(drawn, Number.POSITIVE_INFINITY)
    if (moreRows > 0) {
      stderr.write(eraseLines(moreRows))
      draw.clear()
    }
    drawn = renderProgress(tally, Date.now(), createStyle(look))
    draw(drawn)
  }
  const clear = () => {
    drawn = ''
    draw.clear()
  }
  const timer = setInterval(show, redrawMs)
  return {
    report: (event) => {
      tally = count(tally, event, Date.now())
    },
    say: (sentence) => {
      clear()
      stderr.write(`${sentence}\n`)
    },
    makeRoom: clear,
    stepAside: (work) => {
      isAside = true
      clear()
      return work().finally(() => {
        isAside = false
      })
    },
    end: () => {
      clearInterval(timer)
      clear()
      draw.done()
    },
  }
}

function writeLines(total: number, { stderr }: CommandIo): Progress {
  let tally = openTally(total)
  let last = { tally, count: 0, atMs: Date.now() }
  const show = () => {
    const nowMs = Date.now()
    if (!isLineDue(tally, last, nowMs)) return
    stderr.write(`${renderProgressLine(tally, nowMs, last.tally)}\n`)
    last = { tally, count: last.count + 1, atMs: nowMs }
  }
  const timer = setInterval(show, lookMs)
  return {
    report: (event) => {
      tally = count(tally, event, Date.now())
    },
    say: (sentence) => void stderr.write(`${sentence}\n`),
    makeRoom: () => {},
    stepAside: (work) => work(),
    end: () => clearInterval(timer),
  }
}
