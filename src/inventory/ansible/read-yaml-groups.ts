import { formatPlace, UserError } from '../../errors.js'
import { t } from '../../language/language.js'
import { atPlace } from '../at-place.js'
import type { YamlFile } from '../read-yaml.js'
import { isMapping, readAnsibleYaml } from './ansible-yaml.js'
import { expandHostPattern } from './host-pattern.js'
import { addGroup, addHost, type HostTree, setGroupVariable } from './tree.js'

const SECTIONS = ['vars', 'children', 'hosts']

/** Reads a YAML inventory of Ansible into the tree (`plugins/inventory/yaml.py`). Throws UserError where Ansible refuses it. */
export function readYamlGroups(text: string, file: string, tree: HostTree): void {
  const yaml = readAnsibleYaml(text, file, ({ message, place }) => {
    tree.notes.push(t`${place ? formatPlace(place) : file}: ${message}: as for Ansible, only the last one counts`)
  })
  if (!isMapping(yaml.data)) {
    throw new UserError(t`the inventory must be a mapping of groups`, {
      place: yaml.placeOf([]),
      mend: t`begin with 'all:'`,
    })
  }
  for (const [name, data] of Object.entries(yaml.data)) readGroup(name, data, [name], { yaml, tree })
}

interface Reading {
  yaml: YamlFile
  tree: HostTree
}

function readGroup(name: string, data: unknown, path: string[], reading: Reading): void {
  const { yaml, tree } = reading
  const place = yaml.placeOf(path, 'key')
  if (!isMapping(data ?? {})) {
    tree.notes.push(
      t`${formatPlace(place)}: '${name}' is no group: it must hold hosts, children or vars; it is passed over`,
    )
    return
  }
  const group = addGroup(tree, name)
  for (const [key, written] of Object.entries(data ?? {})) {
    if (!SECTIONS.includes(key)) {
      const where = formatPlace(yaml.placeOf([...path, key], 'key'))
      tree.notes.push(t`${where}: '${key}' of the group '${name}' is passed over: a group has hosts, children and vars`)
      continue
    }
    for (const [entry, value] of readEntries(key, written, name, path, yaml)) {
      const at = [...path, key, entry]
      if (key === 'vars') setGroupVariable(group, entry, { value, place: yaml.placeOf(at) })
      else if (key === 'hosts') readHosts(entry, value, name, at, reading)
      else {
        group.children.set(entry, yaml.placeOf(at, 'key'))
        readGroup(entry, value, at, reading)
      }
    }
  }
}

/** A text alone is one entry without settings. */
function readEntries(
  key: string,
  written: unknown,
  group: string,
  path: string[],
  yaml: YamlFile,
): [string, unknown][] {
  const entries = typeof written === 'string' ? { [written]: null } : (written ?? {})
  if (isMapping(entries)) return Object.entries(entries)
  const mend = key === 'vars' ? t`write 'name: value'` : t`write each name on a line of its own, with a colon: 'web01:'`
  const message = t`'${key}' of the group '${group}' must be a mapping of names`
  throw new UserError(message, { place: yaml.placeOf([...path, key], 'key'), mend })
}

function readHosts(pattern: string, data: unknown, group: string, path: string[], { yaml, tree }: Reading): void {
  const place = yaml.placeOf(path, 'key')
  if (!isMapping(data ?? {})) {
    const mend = t`write what is set for '${pattern}' as 'name: value', indented below it`
    throw new UserError(t`the host '${pattern}' must have a mapping of variables, or nothing`, { place, mend })
  }
  const { names, port } = atPlace(place, () => expandHostPattern(pattern))
  for (const name of names) {
    const isNew = !tree.hosts.has(name)
    const { variables } = addHost(tree, name, place, addGroup(tree, group))
    if (isNew && port !== undefined) variables.set('ansible_port', { value: port, place })
    for (const [key, value] of Object.entries(data ?? {})) {
      variables.set(key, { value, place: yaml.placeOf([...path, key]) })
    }
  }
}
