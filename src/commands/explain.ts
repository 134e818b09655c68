import leven from 'leven'
import type { Cause } from '../causes/define.js'
import { causes } from '../causes/index.js'
import { UserError } from '../errors.js'
import { joinWords } from '../language/join-words.js'
import { t } from '../language/language.js'
import { renderPage, toPage } from '../report/cause-page.js'
import { createStyle } from '../report/style.js'
import type { CommandIo } from './command-io.js'
import type { Format } from './format.js'
import { textOptionsOf } from './text-options.js'

/** `fleetdx explain ID`: tells all about one cause, as a runbook does. Throws UserError for an id that there is not. */
export function explainCause(id: string, format: Format, io: CommandIo): void {
  const page = toPage(findCause(id))
  io.stdout.write(
    format === 'json' ? `${JSON.stringify(page, null, 2)}\n` : renderPage(page, createStyle(textOptionsOf(io))),
  )
}

function findCause(id: string): Cause {
  const cause = causes.find((each) => each.id === id.toLowerCase())
  if (cause) return cause
  throw new UserError(t`no cause has the id '${id}'`, {
    mend: suggest(nearestIds(id)),
  })
}

function suggest(ids: readonly string[]): string {
  return ids.length === 0
    ? t`'fleetdx causes' lists all`
    : t`did you mean ${joinWords(ids)}? 'fleetdx causes' lists all`
}

/** The ids most like a text, three at most: those that share words with it, the most first, and near misspellings. */
function nearestIds(text: string): string[] {
  const words = text.toLowerCase().split(/[^a-z0-9]+/)
  const shared = (id: string) => id.split('-').filter((word) => words.includes(word)).length
  return causes
    .map(({ id }) => ({ id, shared: shared(id), edits: leven(id, text.toLowerCase()) }))
    .filter(({ id, shared, edits }) => shared > 0 || edits <= id.length / 3)
    .toSorted((one, other) => other.shared - one.shared || one.edits - other.edits)
    .slice(0, 3)
    .map(({ id }) => id)
}
