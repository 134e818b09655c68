import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Environment } from './account.js'

/** Where an inventory is looked for when none is named. */
export function listDefaultFiles(cwd: string, home: string): string[] {
  return [join(cwd, 'inventory.yaml'), join(home, '.config', 'fleetdx', 'inventory.yaml')]
}

/** The inventory named by -i, else by FLEETDX_INVENTORY, else the first of the default files that exists, else none. */
export function findInventory(
  named: string | undefined,
  { env, cwd, home }: { env: Environment; cwd: string; home: string },
): string | undefined {
  const wanted = named ?? env.FLEETDX_INVENTORY
  return wanted ? resolve(cwd, wanted) : listDefaultFiles(cwd, home).find((file) => existsSync(file))
}
