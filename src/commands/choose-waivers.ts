import { causes } from '../causes/index.js'
import type { Extensions } from '../checks/extensions.js'
import type { Check } from '../inventory/check-schema.js'
import { statusesToWaive } from '../waivers/apply.js'
import { findWaiversFile, loadWaivers } from '../waivers/load.js'
import type { Waiver } from '../waivers/waiver.js'

/** What waivers may be about, besides what is built in. */
interface Known {
  extensions: Extensions
  checks: readonly Check[]
}

/** The waivers of a run: of the file that was named, else of `waivers.yaml` beside the inventory. Throws UserError. */
export function chooseWaivers(
  where: { named: string | undefined; cwd: string; inventoryFile?: string },
  { extensions, checks }: Known,
): Waiver[] {
  const file = findWaiversFile(where.named, where.cwd, where.inventoryFile)
  if (file === undefined) return []
  const own = checks.map(({ name, cause = `check-${name}` }) => cause)
  const ids = [...causes, ...extensions.causes].map(({ id }) => id)
  return loadWaivers(file, [...ids, ...own, ...statusesToWaive])
}
