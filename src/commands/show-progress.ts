import { createLogUpdate } from 'log-update'
import type { ReportProgress } from '../progress.js'
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
  /** Takes the picture away; safe to call twice. */
  end(): void
}

/** Draws the progress of a run: one live area on a terminal, a line every few seconds elsewhere. */
export function showProgress(total: number, { stderr, env }: CommandIo): Progress {
  let tally = openTally(total)
  const style = createStyle({
    width: chooseWidth(env, stderr),
    color: wantsColor(env, stderr),
    unicode: wantsUnicode(env),
  })
  const draw = stderr.isTTY ? createLogUpdate(stderr) : undefined
  const timer = setInterval(
    () =>
      draw
        ? draw(renderProgress(tally, Date.now(), style))
        : stderr.write(`${renderProgressLine(tally, Date.now())}\n`),
    draw ? redrawMs : lineMs,
  )
  return {
    report: (event) => {
      tally = count(tally, event, Date.now())
    },
    say: (sentence) => {
      draw?.clear()
      stderr.write(`${sentence}\n`)
    },
    end: () => {
      clearInterval(timer)
      draw?.clear()
      draw?.done()
    },
  }
}
