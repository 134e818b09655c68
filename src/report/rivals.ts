import { groupBy } from '../group-by.js'
import { t } from '../language/language.js'
import type { HostRecord } from '../record.js'
import { wrapWords } from './fit.js'
import type { Style } from './style.js'

type Rival = HostRecord['undecided'][number]

const mostRivals = 3

/** What else could be the cause: a block of lines for each thing that is missing to decide, and what would decide it. */
export function drawRivals(host: HostRecord, style: Style, width: number): string[][] {
  const groups = groupBy(rivalsOf(host), ({ because, decide }) => JSON.stringify([because, decide]))
  const blocks = groups.slice(0, mostRivals).map((group) => drawGroup(group, style, width))
  const more = groups.length - mostRivals
  return more > 0 ? [...blocks, [t`and ${more} more that could not be decided: see --format json`]] : blocks
}

/** Where a cause is sure, and requests fail by it, nothing else is asked for on its paths. */
function rivalsOf({ undecided, causes }: HostRecord): Rival[] {
  const sure = causes.filter(({ confidence, effect }) => confidence === 'high' && effect === 'outage')
  const settled = new Set(sure.flatMap(({ paths }) => paths))
  return undecided.filter(({ paths }) => paths.length === 0 || paths.some((path) => !settled.has(path)))
}

function drawGroup(group: readonly [Rival, ...Rival[]], style: Style, width: number): string[] {
  const [{ because, decide }] = group
  const names = group.map(({ title, id }) => t`${title} (${id})`)
  const all = names.reduce((all, name) => t`${all}; ${name}`)
  const sentence = t`could also be: ${all} — undecided, because ${because}`
  return [
    ...wrapWords(style.spell(sentence), width),
    // A command: whole and as it is, to be copied.
    ...(decide === null ? [] : [style.paint('strong', t`to decide: ${decide}`)]),
  ]
}
