import { UserError } from '../errors.js'
import { t } from '../language/language.js'
import { isEndpoint } from './endpoint.js'
import type { Inventory, InventoryHost } from './load.js'
import { suggestNames } from './nearest.js'
import { expandRanges } from './ranges.js'
import type { SshConfig } from './ssh-config.js'
import { globTest } from './target.js'

/**
 * The hosts of ssh_config that any of the globs matches as an inventory, behind those of another one, which knows better.
 * Throws UserError for a glob that matches nothing.
 */
export function addAliases(globs: readonly string[], sshConfig: SshConfig, inventory?: Inventory): Inventory {
  const { aliases, label } = sshConfig
  const names = new Set(globs.flatMap((glob) => findAliases(glob, sshConfig)))
  const added = aliases
    .filter((name) => names.has(name))
    .map((name): InventoryHost => ({ name, groups: [], settings: {} }))
  const isNew = ({ name }: InventoryHost) => inventory?.hosts.has(name) !== true
  return {
    ...(inventory ?? { file: label, groups: new Map(), notes: [] }),
    hosts: new Map([...(inventory?.hosts ?? []), ...added.filter(isNew).map((host) => [host.name, host] as const)]),
  }
}

function findAliases(glob: string, { aliases, label, note }: SshConfig): string[] {
  const found = aliases.filter(globTest(glob))
  if (found.length > 0) return found
  throw new UserError(t`no Host of ${label} matches '${glob}'`, { mend: note ?? suggestAlias(glob, aliases) })
}

function suggestAlias(glob: string, aliases: readonly string[]): string {
  if (glob.includes('/') || glob === 'none') return t`to have another file read, write -F ${glob}`
  return aliases.length === 0 ? t`it is not there, or names hosts by patterns alone` : suggestNames(glob, aliases)
}

/** A target as the names that it stands for, where ssh_config means some of them, and the inventory does not. */
export function spellAliases(word: string, isInside: (name: string) => boolean, { names }: SshConfig): string[] {
  if (isEndpoint(word)) return [word]
  const spelled = expandRanges(word)
  return spelled.some((name) => !isInside(name) && names(name)) ? spelled : [word]
}
