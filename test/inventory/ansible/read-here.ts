import { dirname } from 'node:path'
import { UserError } from '../../../src/errors.js'
import { readAnsibleText } from '../../../src/inventory/ansible/read-ansible-text.js'
import { readFolder } from '../../../src/inventory/ansible/read-folder.js'
import { readProgram } from '../../../src/inventory/ansible/read-program.js'
import { type ResolvedTree, resolveVariables } from '../../../src/inventory/ansible/resolve-variables.js'
import { createTree } from '../../../src/inventory/ansible/tree.js'
import { detectAnsible } from '../../../src/inventory/formats.js'
import { readSource } from '../../../src/inventory/read-source.js'

/** What fleetdx makes of an inventory of Ansible, before it becomes settings. */
export async function readHere(path: string): Promise<ResolvedTree> {
  const tree = createTree('all', 'ungrouped')
  const source = await readSource(path)
  const context = { cwd: dirname(path), env: process.env }
  if (source.form === 'folder') await readFolder(path, tree, context)
  else if (source.form === 'program') await readProgram(path, tree, context)
  else await readAnsibleText(detectAnsible(source.text, path), source.text, path, tree)
  // Ansible only warns of such a file, too, but is told to fail.
  if (tree.notes.some((note) => note.endsWith('as it is no inventory of Ansible'))) throw new UserError('passed over')
  return resolveVariables(tree, source.form === 'folder' ? path : dirname(path))
}
