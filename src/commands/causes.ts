import { causes } from '../causes/index.js'
import { renderCauses } from '../report/cause-list.js'
import { createStyle } from '../report/style.js'
import type { CommandIo } from './command-io.js'
import type { Format } from './format.js'
import { textOptionsOf } from './text-options.js'

/** `fleetdx causes`: lists every cause that can be named. On a pipe each has one line, whatever its length. */
export function showCauses(format: Format, io: CommandIo): void {
  const rows = causes.map(({ id, layer, title }) => ({ id, layer, title }))
  if (format === 'json') io.stdout.write(`${JSON.stringify(rows, null, 2)}\n`)
  else io.stdout.write(renderCauses(causes, createStyle(textOptionsOf(io))))
}
