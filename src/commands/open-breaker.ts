import { type AskToGoOn, type Breaker, createBreaker, noBreaker } from '../ssh/breaker.js'
import type { AskLine } from './ask-line.js'

/** The breaker of a run: it asks at the terminal, where there is one; none for `--no-breaker`. */
export function openBreaker(isWanted: boolean, askLine: AskLine | undefined): Breaker {
  return isWanted ? createBreaker(askLine && askToGoOn(askLine)) : noBreaker
}

function askToGoOn(askLine: AskLine): AskToGoOn {
  // sample: y, Yes
  return async (question) => /^y(es)?$/i.test((await askLine(`${question} [y/N] `, { isHidden: false }))?.trim() ?? '')
}
