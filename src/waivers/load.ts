import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { UserError } from '../errors.js'
import { InventoryError } from '../inventory/inventory-error.js'
import { suggestNames } from '../inventory/nearest.js'
import { holdAgainst } from '../inventory/read-content.js'
import { readYaml, type YamlFile } from '../inventory/read-yaml.js'
import { parseTarget } from '../inventory/target.js'
import { t } from '../language/language.js'
import { type Waiver, waiversSchema } from './waiver.js'

/** The file of waivers: the one that was named, else `waivers.yaml` beside the inventory, if it is there. */
export function findWaiversFile(named: string | undefined, cwd: string, inventory?: string): string | undefined {
  if (named !== undefined) return resolve(cwd, named)
  const beside = inventory === undefined ? undefined : join(dirname(inventory), 'waivers.yaml')
  return beside !== undefined && existsSync(beside) ? beside : undefined
}

/**
 * Reads a file of waivers; `causes` are the ids that can be waived. A misspelt cause, a bad target or a date that is none
 * is a mistake: nothing is waived by guessing. Throws UserError, and InventoryError for several mistakes.
 */
export function loadWaivers(file: string, causes: readonly string[]): Waiver[] {
  const yaml = readYaml(readText(file), file)
  const { waivers } = holdAgainst(waiversSchema, yaml, t`the file`)
  const mistakes = waivers.flatMap((waiver, index) => [
    ...waiver.causes.flatMap((cause) => explainCause(cause, causes, yaml, index)),
    ...waiver.hosts.flatMap((target) => explainTarget(target, yaml, index)),
  ])
  if (mistakes.length > 0) throw new InventoryError(mistakes)
  return waivers
}

function explainCause(cause: string, known: readonly string[], yaml: YamlFile, index: number): UserError[] {
  if (known.includes(cause)) return []
  const place = yaml.placeOf(['waivers', index, 'causes'])
  return [new UserError(t`there is no cause '${cause}'`, { place, mend: suggestNames(cause, known) })]
}

function explainTarget(target: string, yaml: YamlFile, index: number): UserError[] {
  const place = yaml.placeOf(['waivers', index, 'hosts'])
  try {
    const open = parseTarget(target).find(({ patterns }) => patterns.some((pattern) => /[[\]]/.test(pattern)))
    return open ? [new UserError(t`'${open.written}' has a bracket without its other half`, { place })] : []
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const { message, mend } = error
    return [new UserError(message, { place, ...(mend && { mend }) })]
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new UserError(t`these waivers cannot be read: ${String(cause)}`, { place: { file }, cause })
  }
}
