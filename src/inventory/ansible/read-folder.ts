import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../../errors.js'
import { t } from '../../language/language.js'
import { detectFormat } from '../formats.js'
import { readSource } from '../read-source.js'
import { refusePlugins } from '../refuse-others.js'
import { readAnsibleText } from './read-ansible-text.js'
import { readIni } from './read-ini.js'
import { type RunContext, readProgram } from './read-program.js'
import { createTree, type HostTree } from './tree.js'

// hosts.bak, .git, group_vars (inventory/manager.py)
const IGNORED =
  /^\.|^(?:host_vars|group_vars|vars_plugins)$|(?:\.(?:pyc|pyo|swp|bak|rpm|md|txt|rst|orig|ini|cfg|retry)|~)$/

/** Links may make a circle of folders. */
const DEEPEST = 20

/**
 * Reads a folder as Ansible does: every file of it is an inventory of its own, in the order of the names, and what one defines the next
 * may add to. A file that is none is noted and passed over. Throws UserError for one that is broken.
 */
export async function readFolder(
  folder: string,
  tree: HostTree,
  context: RunContext,
  asked = folder,
  depth = 0,
): Promise<void> {
  for (const name of (await listFolder(folder)).sort()) {
    const file = join(folder, name)
    if (name.endsWith('.ini')) tree.notes.push(t`${file}: passed over, as Ansible passes over .ini files of a folder`)
    if (IGNORED.test(name)) continue
    const source = await readSource(file)
    if (source.form === 'program') await readProgram(file, tree, context)
    else if (source.form === 'text') await readText(source.text, file, tree, asked)
    else if (depth < DEEPEST) await readFolder(file, tree, context, asked, depth + 1)
  }
}

async function readText(text: string, file: string, tree: HostTree, asked: string): Promise<void> {
  const note = findOther(text, file, asked)
  if (note !== undefined) {
    tree.notes.push(note)
    return
  }
  const format = detectFormat(text, file, { hasVarsFolder: true })
  if (format !== undefined && (await readAnsibleText(format, text, file, tree))) return
  // What is of no certain form is tried as INI in the end.
  if (format !== 'fleetdx' && isIni(text, file)) readIni(text, file, tree)
  else tree.notes.push(t`${file}: passed over, as it is no inventory of Ansible`)
}

function isIni(text: string, file: string): boolean {
  try {
    readIni(text, file, createTree())
    return true
  } catch (error) {
    if (error instanceof UserError) return false
    throw error
  }
}

function findOther(text: string, file: string, asked: string): string | undefined {
  try {
    refusePlugins(text, file, asked)
    return undefined
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return t`${file}: ${error.message}: its hosts are missing; ${error.mend}`
  }
}

async function listFolder(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new UserError(t`the inventory cannot be read: ${reason}`, { place: { file: folder }, cause })
  }
}
