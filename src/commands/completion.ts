import { homedir } from 'node:os'
import { causes } from '../causes/index.js'
import type { Suggestion, Suggestions, WordSources } from '../cli/suggest.js'
import { findInventory } from '../inventory/find-inventory.js'
import { loadInventory } from '../inventory/load.js'
import { readSource } from '../inventory/read-source.js'
import { t, translate } from '../language/language.js'
import { readAsset } from '../read-asset.js'
import type { CommandIo } from './command-io.js'

/** The shells that there is a completion for. */
export type Shell = 'bash' | 'zsh' | 'fish'

/** `fleetdx completion`: prints the script that a shell loads. It asks `fleetdx complete` for each word. */
export function printCompletion(shell: Shell, { stdout }: CommandIo): void {
  stdout.write(readAsset(`commands/completions/fleetdx.${shell}`))
}

/**
 * `fleetdx complete`: prints suggestions for the script of a shell, a line each with a tab before its description, and
 * last `:files` where the shell is to add the names of files, else `:words`.
 */
export function printSuggestions({ found, wantsFiles }: Suggestions, { stdout }: CommandIo): void {
  const lines = found.map(({ value, description }) => `${value}\t${description.replaceAll(/\s+/g, ' ')}`)
  stdout.write(`${[...lines, wantsFiles ? ':files' : ':words'].join('\n')}\n`)
}

/** Where the words come from that only the inventory, or the causes, know. */
export function openSources(io: Pick<CommandIo, 'env' | 'cwd'>): WordSources {
  return {
    targets: (words) => listTargets(words, io).catch(() => []),
    causes: async () => causes.map(({ id, title }) => ({ value: id, description: translate(title) })),
  }
}

/** A key on the keyboard must not run somebody's program: such an inventory is not asked. */
async function listTargets(
  words: readonly string[],
  { env, cwd }: Pick<CommandIo, 'env' | 'cwd'>,
): Promise<Suggestion[]> {
  const home = env.HOME ?? homedir()
  const found = findInventory(namedInventory(words), { env, cwd, home })
  if (!found || (await readSource(found.file)).form === 'program') return []
  const { hosts, groups } = await loadInventory(found.file, home, { ...found, env, cwd })
  return [
    ...[...groups].map(([value, { size }]) => ({ value, description: t`group of ${size}` })),
    ...[...hosts.values()].map(({ name, groups }) => ({ value: name, description: groups.join(', ') })),
  ]
}

/** What `-i` says in the words typed so far. */
function namedInventory(words: readonly string[]): string | undefined {
  const index = words.findLastIndex((word) => /^(?:-i|--inventory(?:=.*)?)$/s.test(word))
  const word = words[index]
  if (word === undefined) return undefined
  return word.startsWith('--inventory=') ? word.slice('--inventory='.length) : words[index + 1]
}
