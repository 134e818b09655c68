import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { UserError } from '../errors.js'
import { t } from '../language/language.js'
import { type Check, checksSchema } from './check-schema.js'
import { InventoryError } from './inventory-error.js'
import { holdAgainst } from './read-content.js'
import { readYaml, type YamlFile } from './read-yaml.js'
import { mapping } from './schema-words.js'

const fileSchema = mapping({ checks: checksSchema }, () => t`a mapping with the key 'checks'`)

/** The folder of checks: the one that was named, else `checks` beside the inventory, if it is there. Throws UserError. */
export function findChecksFolder(named: string | undefined, cwd: string, inventory?: string): string | undefined {
  if (named === undefined) {
    const beside = inventory === undefined ? undefined : join(dirname(inventory), 'checks')
    return beside !== undefined && isFolder(beside) ? beside : undefined
  }
  const folder = resolve(cwd, named)
  if (isFolder(folder)) return folder
  throw new UserError(t`there is no folder of checks here`, {
    place: { file: folder },
    mend: t`name a folder with files such as disk.yaml or queue.ts`,
  })
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

/** The files of a folder of checks with one of these endings, by name. Those whose name starts with a dot or `_` rest. */
export function listCheckFiles(folder: string, ending: RegExp): string[] {
  const names = readdirSync(folder).filter((name) => ending.test(name) && !/^[._]/.test(name))
  return names.sort().map((name) => join(folder, name))
}

/** The checks in the YAML files of a folder, which hold for every host. Throws InventoryError. */
export function readChecks(folder: string): Check[] {
  const places = new Map<string, string>()
  return listCheckFiles(folder, /\.ya?ml$/).flatMap((file) => {
    const yaml = readYaml(readText(file), file)
    const { checks } = holdAgainst(fileSchema, yaml, t`the file`)
    const mistakes = checks.flatMap(({ name }, index) => explainTwin(name, index, places, yaml))
    if (mistakes.length > 0) throw new InventoryError(mistakes)
    for (const { name } of checks) places.set(name, file)
    return checks
  })
}

function explainTwin(name: string, index: number, places: ReadonlyMap<string, string>, yaml: YamlFile): UserError[] {
  const other = places.get(name)
  if (other === undefined) return []
  const place = yaml.placeOf(['checks', index, 'name'])
  return [new UserError(t`a check '${name}' stands in ${other} too`, { place, mend: t`rename one` })]
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new UserError(t`these checks cannot be read: ${String(cause)}`, { place: { file }, cause })
  }
}
