import { UserError } from '../errors.js'
import { t } from '../language/language.js'
import { causeShape, isCause, isProbe, probeShape } from './module-shape.js'

/** A module of a folder of checks: what its default export holds. */
export interface Module {
  file: string
  items: readonly unknown[]
}

export function sayHowToExport(): string {
  return t`export default defineProbe(…), defineCause(…), or a list of them; both come from fleetdx`
}

/** What is wrong with the items of modules, one by one and among each other. */
export function findMistakes(modules: readonly Module[]): UserError[] {
  return [
    ...modules.flatMap(({ file, items }) =>
      items.flatMap((item, index) => {
        const what = items.length === 1 ? t`its default export` : t`item ${index + 1} of its default export`
        return explainItem(item, what, file)
      }),
    ),
    ...findTwins(modules),
  ]
}

/** An item is a probe if it has a script, and a cause if it judges. */
function explainItem(item: unknown, what: string, file: string): UserError[] {
  const kind = hasKey(item, 'script') ? 'probe' : hasKey(item, 'judge') ? 'cause' : undefined
  if (kind === undefined) {
    return [new UserError(t`${what} is neither a probe nor a cause`, { place: { file }, mend: sayHowToExport() })]
  }
  const { error } = (kind === 'probe' ? probeShape : causeShape).safeParse(item)
  return (error?.issues ?? []).map(({ path, message }) => {
    const where = nameItem(kind, nameOf(item))
    return new UserError(t`${where}: '${path.join('.')}' ${message}`, { place: { file } })
  })
}

function findTwins(modules: readonly Module[]): UserError[] {
  const owners = new Map<string, string>()
  return modules.flatMap(({ file, items }) =>
    items.flatMap((item) => {
      if (!isProbe(item) && !isCause(item)) return []
      const key = nameItem(isProbe(item) ? 'probe' : 'cause', nameOf(item))
      const owner = owners.get(key)
      owners.set(key, owner ?? file)
      return owner === undefined
        ? []
        : [new UserError(t`${key} is in ${owner} too`, { place: { file }, mend: t`rename one` })]
    }),
  )
}

function nameItem(kind: 'probe' | 'cause', name: string): string {
  return kind === 'probe' ? t`probe '${name}'` : t`cause '${name}'`
}

function hasKey(item: unknown, key: string): boolean {
  return typeof item === 'object' && item !== null && key in item
}

function nameOf(item: unknown): string {
  if (typeof item !== 'object' || item === null) return '?'
  return String('name' in item ? item.name : 'id' in item ? item.id : '?')
}
