import { UserError } from '../errors.js'
import { type BuildContext, buildHost } from './build-host.js'
import { parseEndpoint } from './endpoint.js'
import type { Host } from './host.js'
import { expandRanges } from './ranges.js'
import { mergeSettings } from './settings.js'

// db*, web:&eu, !old, env=prod
const NEEDS_INVENTORY = /^all$|[*?=&!]/

/**
 * The hosts of a target that is no name of the inventory, such as `deploy@web[01-03]:2222`. They are named as they are written,
 * and what is written wins over every other setting. Throws UserError.
 */
export function buildWrittenHosts(word: string, context: BuildContext): Host[] {
  return expandRanges(word).map((name) => {
    const overrides = mergeSettings(context.overrides, parseEndpoint(name))
    return buildHost({ name, groups: [], settings: {} }, { ...context, overrides })
  })
}

/** Throws UserError for a word that selects from an inventory, as there is none. */
export function refuseSelection(word: string): void {
  if (!NEEDS_INVENTORY.test(word)) return
  const mend = 'name an inventory with -i FILE, or write the hosts out: user@host'
  throw new UserError(`'${word}' selects from an inventory, and none was found`, { mend })
}
