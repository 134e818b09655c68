import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Environment } from './account.js'
import { type FormatName, formatNames } from './formats.js'

/** An inventory that is to be read. */
export interface FoundInventory {
  file: string
  /** What it was said to be, as in `-i genders:PATH`; else it is seen by the file itself. */
  format?: FormatName
  /** Somebody named it: it may be a program that is run, while one that happens to lie here may not. */
  isNamed: boolean
}

/** Where an inventory is looked for when none is named. */
export function listDefaultFiles(cwd: string, home: string): string[] {
  return [join(cwd, 'inventory.yaml'), join(home, '.config', 'fleetdx', 'inventory.yaml')]
}

/** The inventory named by -i, else by FLEETDX_INVENTORY, else the first of the default files that exists, else none. */
export function findInventory(
  named: string | undefined,
  { env, cwd, home }: { env: Environment; cwd: string; home: string },
): FoundInventory | undefined {
  const wanted = named ?? env.FLEETDX_INVENTORY
  if (wanted) return { ...splitFormat(wanted, cwd), isNamed: true }
  const file = listDefaultFiles(cwd, home).find((each) => existsSync(each))
  return file === undefined ? undefined : { file, isNamed: false }
}

/** A file whose name begins so is that file. */
function splitFormat(wanted: string, cwd: string): Omit<FoundInventory, 'isNamed'> {
  const format = formatNames.find((name) => wanted.startsWith(`${name}:`))
  const file = resolve(cwd, wanted)
  if (format === undefined || existsSync(file)) return { file }
  return { file: resolve(cwd, wanted.slice(format.length + 1)), format }
}
