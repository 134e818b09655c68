import type { Cause } from '../causes/define.js'
import { groupBy } from '../group-by.js'
import { t, translate } from '../language/language.js'
import { measure, wrapWhole } from './fit.js'
import type { Style } from './style.js'

/** All causes by their layers, a line each; titles wrap where the width is known. Ends with a line feed. */
export function renderCauses(causes: readonly Cause[], style: Style): string {
  const idWidth = Math.max(...causes.map(({ id }) => measure(id)))
  const groups = groupBy(causes, ({ layer }) => layer).map((group) => [
    style.paint('strong', group[0].layer),
    ...group.flatMap((cause) => drawRow(cause, idWidth, style)),
  ])
  const hint = t`${causes.length} causes; fleetdx explain ID tells all about one`
  return `${[...groups, [hint]].map((lines) => lines.join('\n')).join('\n\n')}\n`
}

function drawRow({ id, title }: Cause, idWidth: number, style: Style): string[] {
  const titles = wrapWhole(style.spell(translate(title)), style.width - idWidth - 4)
  return titles.map((line, index) => `  ${(index === 0 ? id : '').padEnd(idWidth)}  ${line}`)
}
