import { parseJson, type TextFormat } from '../formats.js'
import { readIni } from './read-ini.js'
import { readList } from './read-list.js'
import { readYamlGroups } from './read-yaml-groups.js'
import type { HostTree } from './tree.js'

/** Reads an inventory of Ansible into the tree, if the format is one of them. Throws UserError. */
export async function readAnsibleText(
  format: TextFormat,
  text: string,
  file: string,
  tree: HostTree,
): Promise<boolean> {
  if (format === 'ansible-ini') readIni(text, file, tree)
  else if (format === 'ansible-yaml') readYamlGroups(text, file, tree)
  else if (format === 'ansible-json') await readList(parseJson(text), file, tree)
  else return false
  return true
}
