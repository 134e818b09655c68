import { type Directive, isDirective } from './parse.js'

/** Variables that hold the name of the site which a visitor asks for. */
const hostVariables: readonly string[] = ['$host', '$http_host', '$server_name']

/**
 * What the variables of `map` blocks hold for most requests to a site of these names: what stands beside the site's own
 * name, else the default. Undefined where a pattern of names, or an included file, may decide.
 */
export function readMaps(maps: readonly Directive[], names: readonly string[]): [string, string | undefined][] {
  return maps.flatMap(({ args: [source = '', variable = ''], block }) =>
    variable.startsWith('$') ? [[variable.slice(1), readMap(source, names, block)]] : [],
  )
}

function readMap(source: string, names: readonly string[], block: Directive['block']): string | undefined {
  const entries = (block ?? []).filter(isDirective)
  const isByName = hostVariables.includes(source)
  const own = isByName ? entries.find(({ name }) => names.includes(name)) : undefined
  if (own) return own.args[0]
  // sample: ~^api\., *.example.com, .example.com
  const mayDecide = ({ name }: Directive) => name === 'include' || (isByName && /^[~*.]/.test(name))
  return entries.some(mayDecide) ? undefined : entries.find(({ name }) => name === 'default')?.args[0]
}
