import type { TextOptions } from '../report/style.js'
import { chooseWidth, wantsColor, wantsUnicode } from '../report/terminal.js'
import type { CommandIo } from './command-io.js'

/** How a text is set on what a command writes to. */
export function textOptionsOf({ stdout, env }: CommandIo): TextOptions {
  return { width: chooseWidth(env, stdout), color: wantsColor(env, stdout), unicode: wantsUnicode(env) }
}
