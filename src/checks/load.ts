import { createJiti } from 'jiti'
import * as zod from 'zod'
import { type SourcePlace, UserError, UserErrors } from '../errors.js'
import { listCheckFiles } from '../inventory/read-checks.js'
import { t } from '../language/language.js'
import { type Extensions, noExtensions } from './extensions.js'
import { guardCause, guardProbe } from './guard.js'
import { findMistakes, type Module, sayHowToExport } from './module-mistakes.js'
import { isCause, isProbe } from './module-shape.js'

/**
 * Loads the modules of a folder of checks. They run in this process, with all its rights. What they import from fleetdx
 * and zod is what this program itself is made of. Throws UserErrors for all that cannot be used.
 */
export async function loadExtensions(folder: string | undefined): Promise<Extensions> {
  const files = folder === undefined ? [] : listCheckFiles(folder, /(?<!\.d)\.(?:ts|mts|js|mjs)$/)
  if (files.length === 0) return noExtensions
  const jiti = createJiti(import.meta.url, {
    fsCache: false,
    moduleCache: false,
    interopDefault: false,
    virtualModules: { fleetdx: await import('../index.js'), zod },
  })
  const mistakes: UserError[] = []
  const modules: Module[] = []
  for (const file of files) {
    try {
      const loaded: unknown = await jiti.import(file)
      modules.push({ file, items: listItems(loaded, file) })
    } catch (error) {
      mistakes.push(error instanceof UserError ? error : explainFailure(error, file))
    }
  }
  mistakes.push(...findMistakes(modules))
  if (mistakes.length > 0) throw new UserErrors(mistakes)
  const items = modules.flatMap(({ items }) => items)
  return { probes: items.filter(isProbe).map(guardProbe), causes: items.filter(isCause).map(guardCause) }
}

function listItems(loaded: unknown, file: string): readonly unknown[] {
  const exported = typeof loaded === 'object' && loaded !== null && 'default' in loaded ? loaded.default : undefined
  if (exported === undefined) {
    throw new UserError(t`this module has no default export`, { place: { file }, mend: sayHowToExport() })
  }
  return Array.isArray(exported) ? exported : [exported]
}

function explainFailure(error: unknown, file: string): UserError {
  const text = error instanceof Error ? error.message : String(error)
  const [line = ''] = text.split('\n')
  const mend = t`mend it, or take the file out of the folder (a name that starts with _ is passed over)`
  const place = findPlace(error, file)
  return new UserError(t`this module cannot be loaded: ${line.trim()}`, { place, mend, cause: error })
}

/** Where in the file an error of the loader, or of the module's own code, came from. */
function findPlace(error: unknown, file: string): SourcePlace {
  const told = error instanceof Error ? `${error.message}\n${error.stack}` : ''
  const [, rest = ''] = told.split(`${file}:`)
  // sample: 12:7), where the column is that of what the loader made of the line
  const line = /^\d+/.exec(rest)?.[0]
  return line === undefined ? { file } : { file, line: Number(line) }
}
