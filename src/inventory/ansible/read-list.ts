import { UserError } from '../../errors.js'
import { t } from '../../language/language.js'
import { isMapping } from './ansible-yaml.js'
import { addGroup, addHost, type HostTree, setGroupVariable, type Variables } from './tree.js'

/** What is asked of a program for each host that `_meta` does not speak of. */
export type ReadHostVariables = (host: string) => Promise<unknown>

/**
 * Reads what a dynamic inventory prints for `--list` into the tree (`plugins/inventory/script.py`): groups by name, each a list of
 * hosts or a mapping of hosts, children and vars, and in `_meta` the variables of the hosts. Throws UserError.
 */
export async function readList(data: unknown, file: string, tree: HostTree, ask?: ReadHostVariables): Promise<void> {
  if (!isMapping(data)) throw refuse(t`the inventory must be an object of groups`, file)
  const { _meta: meta, ...groups } = data
  const named = Object.entries(groups).flatMap(([name, group]) => readGroup(name, group, file, tree))
  const known = isMapping(meta) ? meta.hostvars : undefined
  if (known !== undefined && !isMapping(known)) throw refuse(t`'hostvars' of '_meta' must be an object of hosts`, file)
  const hosts = [...new Set(named)]
  const given = await Promise.all(hosts.map((host) => (known ? lookUp(known, host) : ask?.(host))))
  hosts.forEach((host, index) => {
    const variables = given[index] ?? {}
    if (!isMapping(variables)) throw refuse(t`the variables of '${host}' must be an object`, file)
    setAll(addHost(tree, host, { file }).variables, variables, file)
  })
}

/** The hosts that the group names. One without any of the three keys is itself a host, with its variables. */
function readGroup(name: string, data: unknown, file: string, tree: HostTree): string[] {
  const group = addGroup(tree, name)
  const isHost = isMapping(data) && !['hosts', 'vars', 'children'].some((key) => key in data)
  const whole = isHost ? { hosts: [name], vars: data } : data
  const { hosts = [], vars = {}, children = [] } = isMapping(whole) ? whole : { hosts: whole }
  if (!isNames(hosts)) throw refuse(t`the hosts of the group '${name}' must be a list of names`, file)
  if (!isNames(children)) throw refuse(t`the children of the group '${name}' must be a list of names`, file)
  if (!isMapping(vars)) throw refuse(t`the vars of the group '${name}' must be an object`, file)
  for (const host of hosts) addHost(tree, host, { file }, group)
  for (const [key, value] of Object.entries(vars))
    setGroupVariable(group, key, { value: unwrap(value), place: { file } })
  for (const child of children) {
    addGroup(tree, child)
    group.children.set(child, { file })
  }
  return hosts
}

function lookUp(variables: Record<string, unknown>, host: string): unknown {
  return Object.hasOwn(variables, host) ? variables[host] : undefined
}

function isNames(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((name) => typeof name === 'string' && name !== '')
}

function setAll(variables: Variables, given: object, file: string): void {
  for (const [key, value] of Object.entries(given)) variables.set(key, { value: unwrap(value), place: { file } })
}

/** `ansible-inventory --list` wraps what was encrypted or must not be filled in. */
function unwrap(value: unknown): unknown {
  if (!isMapping(value)) return value
  return value.__ansible_vault ?? value.__ansible_unsafe ?? value
}

function refuse(message: string, file: string): UserError {
  const mend = t`it must look like the output of 'ansible-inventory --list'`
  return new UserError(message, { place: { file }, mend })
}
