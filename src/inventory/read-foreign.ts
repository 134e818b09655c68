import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { UserError } from '../errors.js'
import { t } from '../language/language.js'
import { readAnsibleText } from './ansible/read-ansible-text.js'
import { readFolder } from './ansible/read-folder.js'
import { type RunContext, readProgram } from './ansible/read-program.js'
import { resolveVariables } from './ansible/resolve-variables.js'
import { createTree, type HostTree } from './ansible/tree.js'
import { detectAnsible, detectFormat, type FormatName, isOwnData, namesAll, type TextFormat } from './formats.js'
import { readClusterShell } from './lists/read-clustershell.js'
import { readGenders } from './lists/read-genders.js'
import { readHostList } from './lists/read-host-list.js'
import type { Inventory } from './load.js'
import { mapTree } from './map-tree.js'
import type { Source } from './read-source.js'
import { refuseLookalikes, refusePlugins } from './refuse-others.js'

/** What a reader needs to know besides the file. */
export interface ForeignWays extends RunContext {
  home: string
  /** What it was said to be. */
  format?: FormatName
  /** Somebody named it, so that it may be run if it is a program. */
  isNamed: boolean
}

function nameKind(format: TextFormat): string {
  const kinds: Readonly<Record<TextFormat, string>> = {
    fleetdx: 'YAML',
    'ansible-ini': 'Ansible INI',
    'ansible-yaml': 'Ansible YAML',
    'ansible-json': 'Ansible JSON',
    list: t`list of hosts`,
    clustershell: t`ClusterShell groups`,
    genders: 'genders',
  }
  return kinds[format]
}

/** The text of an inventory in fleetdx's own shape, and what it is, for people, when it is no file. */
export interface OwnText {
  text: string
  kind?: string
}

/** Reads an inventory that another program has or prints; one of fleetdx's own is only found to be one. Throws UserError. */
export async function readForeign(source: Source, file: string, ways: ForeignWays): Promise<Inventory | OwnText> {
  if (source.form === 'text') return readText(source.text, file, ways)
  const tree = createAnsibleTree()
  if (source.form === 'folder') {
    await readFolder(file, tree, ways)
    return finish(tree, t`Ansible folder`, file, file, ways)
  }
  if (!ways.isNamed) {
    const mend = t`name it, if it is to be run: -i ${file}`
    throw new UserError(t`this is a program, and only one that is named is run`, { place: { file }, mend })
  }
  const own = await readProgram(file, tree, ways, isOwnData)
  if (own !== undefined) return { text: own, kind: t`JSON of a program` }
  return finish(tree, t`Ansible JSON of a program`, file, dirname(file), ways)
}

async function readText(text: string, file: string, ways: ForeignWays): Promise<Inventory | OwnText> {
  if (ways.format === undefined) refusePlugins(text, file, file)
  const format = chooseFormat(text, file, ways.format)
  if (format === undefined) {
    refuseLookalikes(text, file)
    refuseUnmarkedProgram(text, file)
  }
  if (format === undefined || format === 'fleetdx') return { text }
  const tree = await readTree(format, text, file)
  // Misspelt keys of fleetdx's own may look like groups: its messages know better.
  if (tree.hosts.size === 0 && format === 'ansible-yaml' && ways.format === undefined && !namesAll(text))
    return { text }
  return finish(tree, nameKind(format), file, dirname(file), ways)
}

function chooseFormat(text: string, file: string, named: FormatName | undefined): TextFormat | undefined {
  if (named === 'ansible') return detectAnsible(text, file)
  return named ?? detectFormat(text, file, { hasVarsFolder: hasVarsFolder(dirname(file)) })
}

function hasVarsFolder(folder: string): boolean {
  return ['group_vars', 'host_vars'].some((name) => existsSync(join(folder, name)))
}

async function readTree(format: TextFormat, text: string, file: string): Promise<HostTree> {
  if (format === 'list') return readHostList(text, file)
  if (format === 'clustershell') return readClusterShell(text, file)
  if (format === 'genders') return readGenders(text, file)
  const tree = createAnsibleTree()
  await readAnsibleText(format, text, file, tree)
  return tree
}

/** What Ansible's inventories have from the start. */
function createAnsibleTree(): HostTree {
  return createTree('all', 'ungrouped')
}

async function finish(tree: HostTree, kind: string, file: string, base: string, ways: ForeignWays): Promise<Inventory> {
  const isAnsible = tree.groups.has('ungrouped')
  const resolved = await resolveVariables(tree, isAnsible ? base : undefined)
  return mapTree(tree, resolved, { file, kind, cwd: ways.cwd, home: ways.home })
}

function refuseUnmarkedProgram(text: string, file: string): void {
  if (!text.startsWith('#!')) return
  const mend = t`if it is a program that prints an inventory: chmod +x ${file}`
  throw new UserError(t`this begins with #!, and may not be executed`, { place: { file }, mend })
}
