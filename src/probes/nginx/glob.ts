import { posix } from 'node:path'

/** A path of the configuration as nginx reads it: relative ones start at the folder of the main file. */
export function resolvePath(path: string, configFile: string): string {
  return path.startsWith('/') ? path : posix.join(posix.dirname(configFile), path)
}

/** The paths that a pattern of `include` means, in the order in which nginx reads them. */
export function matchPath(pattern: string, paths: readonly string[]): string[] {
  if (!/[*?[]/.test(pattern)) return paths.filter((path) => path === pattern)
  const regex = globToRegex(pattern)
  return paths.filter((path) => regex.test(path)).sort(byBytes)
}

/** glob(3) as nginx calls it: `*` and `?` match no slash, and no dot at the start of a name. */
function globToRegex(pattern: string): RegExp {
  // sample: /etc/nginx/conf.d/*.conf, sites-[ab]?/[!.]*, \*
  const source = pattern.replace(/\\.|\[[!^]?\]?[^\]/]*\]|\*|\?|[^\w/]/g, (token, at: number) => {
    const atStart = at === 0 || pattern[at - 1] === '/' ? '(?!\\.)' : ''
    if (token === '*') return `${atStart}[^/]*`
    if (token === '?') return `${atStart}[^/]`
    if (token.startsWith('[') && token.length > 1) return atStart + token.replace(/^\[!/, '[^').replaceAll('\\', '\\\\')
    return `\\${token.at(-1)}`
  })
  return new RegExp(`^${source}$`, 's')
}

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
