import { breakFold, foldHostList } from '../compare/fold-hosts.js'
import { expandRanges } from '../inventory/ranges.js'
import { t } from '../language/language.js'

/** Names are told up to about this many columns. */
const mostColumns = 72

/** `db1,web[01-03]`, as a target takes it; of what is too much for a line only how many hosts more. */
export function listNames(names: readonly string[]): string {
  const folds = foldHostList(names).flatMap((fold) => breakFold(fold, mostColumns))
  const ends = folds.map((_, index) => folds.slice(0, index + 1).join(',').length)
  const fitting = Math.max(1, ends.filter((end) => end <= mostColumns).length)
  const shown = folds.slice(0, fitting).join(',')
  const left = folds.slice(fitting).flatMap(expandRanges).length
  return left > 0 ? t`${shown} and ${left} more` : shown
}
