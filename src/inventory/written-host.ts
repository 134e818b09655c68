import { UserError } from '../errors.js'
import { t } from '../language/language.js'
import type { ChosenHost } from './build-host.js'
import { parseEndpoint } from './endpoint.js'
import { expandRanges } from './ranges.js'

// db*, web:&eu, !old, env=prod
const NEEDS_INVENTORY = /^all$|[*?=&!]/

/**
 * The hosts of a target that is no name of the inventory, such as `deploy@web[01-03]:2222`. They are named as they are written,
 * and what is written wins over every other setting. Throws UserError.
 */
export function readWrittenHosts(word: string): ChosenHost[] {
  return expandRanges(word).map((name) => ({ name, groups: [], settings: {}, written: parseEndpoint(name) }))
}

/** Throws UserError for a word that selects from an inventory, as there is none. */
export function refuseSelection(word: string): void {
  if (!NEEDS_INVENTORY.test(word)) return
  const mend = t`name an inventory with -i FILE, or write the hosts out: user@host`
  throw new UserError(t`'${word}' selects from an inventory, and none was found`, { mend })
}
