import { posix } from 'node:path'

/** A path of the configuration as nginx reads it: relative ones start at the folder of the main file. */
export function resolvePath(path: string, configFile: string): string {
  return path.startsWith('/') ? path : posix.join(posix.dirname(configFile), path)
}

/** The paths that a pattern of `include` means, in the order in which nginx reads them: as glob(3), slash by slash. */
export function matchPath(pattern: string, paths: readonly string[]): string[] {
  if (!/[*?[]/.test(pattern)) return paths.filter((path) => path === pattern)
  const names = pattern.split('/').map(readName)
  const isMeant = (parts: string[]) =>
    parts.length === names.length && names.every((name, at) => matchName(name, parts[at]))
  return paths.filter((path) => isMeant(path.split('/'))).sort(byBytes)
}

/** What a piece of a pattern stands for: any characters, or one that it takes. */
type Token = { kind: 'any' } | { kind: 'wild' | 'plain'; takes: (char: string) => boolean }

function readName(pattern: string): Token[] {
  // sample: *.conf, [ab]?, [!.]*, \*
  return (pattern.match(/\\.|\[[!^]?\]?[^\]]*\]|./gs) ?? []).map((token): Token => {
    if (token === '*') return { kind: 'any' }
    if (token === '?') return { kind: 'wild', takes: () => true }
    const [, negation, set] = /^\[([!^]?)(.+)\]$/s.exec(token) ?? []
    if (set === undefined) return { kind: 'plain', takes: (char) => char === token.at(-1) }
    return { kind: 'wild', takes: (char) => isIn(set, char) === (negation === '') }
  })
}

/** Whether a set of a pattern has a character: `ab`, `a-z`. */
function isIn(set: string, char: string): boolean {
  return [...set.matchAll(/(.)-(.)|./gs)].some(([one, from = one, to = one]) => from <= char && char <= to)
}

/**
 * No wildcard takes a dot at the start of a name. Only the last `*` ever gives back what it took: however many there are,
 * the work grows with the lengths of both, and no faster.
 */
function matchName(tokens: readonly Token[], name = ''): boolean {
  if (name.startsWith('.') && tokens[0]?.kind !== 'plain') return false
  let token = 0
  let star: { token: number; at: number } | undefined
  for (let at = 0; at < name.length; ) {
    const wanted = tokens[token]
    if (wanted?.kind === 'any') star = { token: ++token, at }
    else if (wanted?.takes(name[at] ?? '')) [token, at] = [token + 1, at + 1]
    else if (star) [token, at] = [star.token, ++star.at]
    else return false
  }
  return tokens.slice(token).every(({ kind }) => kind === 'any')
}

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
