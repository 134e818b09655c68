import { basename, extname } from 'node:path'
import { UserError } from '../errors.js'
import { isMapping } from './ansible/ansible-yaml.js'
import { parseEndpoint } from './endpoint.js'
import { readLines } from './lists/lines.js'
import { splitNodes } from './lists/read-genders.js'
import { expandRanges } from './ranges.js'
import { isName } from './schema.js'

/** What the text of an inventory can be: fleetdx's own YAML, one of Ansible's, or a list of hosts. */
export type TextFormat =
  | 'fleetdx'
  | 'ansible-ini'
  | 'ansible-yaml'
  | 'ansible-json'
  | 'list'
  | 'clustershell'
  | 'genders'

/** What may be written before a path, as in `-i genders:PATH`, where a file could be taken for something else. */
export const formatNames = ['fleetdx', 'ansible', 'list', 'clustershell', 'genders'] as const
export type FormatName = (typeof formatNames)[number]

// defaults: { user: deploy }
const OWN_KEY = /^["']?(?:defaults|groups|hosts)["']?\s*:(?:\s|$)/m

// {hosts: {web01: }}
const OWN_FLOW = /^\s*\{\s*["']?(?:defaults|groups|hosts)["']?\s*:/

// all:
const ALL_KEY = /^["']?(?:all|ungrouped)["']?\s*:\s*(?:$|[#{&])/m

// web:
const ANY_KEY = /^["']?[\p{L}\p{N}_][\p{L}\p{N}_.-]*["']?\s*:(?:\s|$)/mu

//   hosts: {web01: {}}, with a blank or a brace before it
const GROUP_KEY = /[ \t{,]["']?(?:hosts|children|vars)["']?\s*:(?:\s|$)/

// [web:children]
const SECTION = /^\s*\[[^:\]\s]+(?::\w+)?\]\s*(?:#.*)?$/m

// web01 ansible_host=10.0.0.1
const ANSIBLE_VARIABLE = /^\s*[^\s#;].*\sansible_\w+=/m

/** The format that a text is in by its form and the name of its file, if it is in one. An empty text is in none. */
export function detectFormat(
  text: string,
  file: string,
  { hasVarsFolder }: { hasVarsFolder: boolean },
): TextFormat | undefined {
  if (text.trim() === '') return undefined
  if (text.trimStart().startsWith('{')) return detectJson(text)
  if (OWN_KEY.test(text)) return 'fleetdx'
  if (ALL_KEY.test(text) || (ANY_KEY.test(text) && GROUP_KEY.test(text))) return 'ansible-yaml'
  if (isNamedGenders(file)) return 'genders'
  if (SECTION.test(text) || ANSIBLE_VARIABLE.test(text) || extname(file) === '.ini') return 'ansible-ini'
  const lines = readLines(text, file).map(({ line }) => line)
  if (lines.length === 0) return undefined
  if (lines.every(isHost)) return hasVarsFolder ? 'ansible-ini' : 'list'
  if (lines.every(isClusterShellGroup) && lines.some(holdsSeveral)) return 'clustershell'
  if (lines.every(isGendersLine) && lines.some((line) => /\s\S*[,=]/.test(line))) return chooseByAttributes(lines)
  return undefined
}

/** As `detectFormat`, of what `ansible:` is written before. */
export function detectAnsible(text: string, file: string): TextFormat {
  const format = detectFormat(text, file, { hasVarsFolder: true }) ?? 'ansible-ini'
  if (format === 'fleetdx')
    return /^\.(?:ya?ml|json)$/.test(extname(file)) || !SECTION.test(text) ? 'ansible-yaml' : 'ansible-ini'
  return format.startsWith('ansible-') ? format : 'ansible-ini'
}

/** Whether it is certain that a YAML text is one of Ansible, even if it holds no host. */
export function namesAll(text: string): boolean {
  return ALL_KEY.test(text)
}

function isNamedGenders(file: string): boolean {
  return basename(file) === 'genders' || extname(file) === '.genders'
}

function detectJson(text: string): TextFormat {
  const data = parseJson(text)
  // What is no JSON may be YAML in one line.
  if (!isMapping(data)) return OWN_FLOW.test(text) || !GROUP_KEY.test(text) ? 'fleetdx' : 'ansible-yaml'
  return detectData(data)
}

/** Whether data has the keys of fleetdx's own inventory, and no others. */
export function isOwnData(data: Record<string, unknown>): boolean {
  const keys = Object.keys(data)
  const areOwn = keys.every((key) => ['defaults', 'groups', 'hosts'].includes(key))
  return keys.length > 0 && areOwn && !Object.values(data).some(Array.isArray)
}

function detectData(data: Record<string, unknown>): 'fleetdx' | 'ansible-yaml' | 'ansible-json' {
  if ('_meta' in data) return 'ansible-json'
  if (isOwnData(data)) return 'fleetdx'
  const groups = Object.values(data)
  const hasLists = groups.some(
    (group) => Array.isArray(group) || (isMapping(group) && Array.isArray(group.hosts ?? group.children)),
  )
  if (hasLists) return 'ansible-json'
  const hasGroups = groups.some(
    (group) => isMapping(group) && ['hosts', 'children', 'vars'].some((key) => isMapping(group[key])),
  )
  return hasGroups ? 'ansible-yaml' : 'fleetdx'
}

/** The value of a JSON text; undefined for what is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isHost(line: string): boolean {
  return doesRead(() => expandRanges(line).slice(0, 1).map(parseEndpoint))
}

function isClusterShellGroup(line: string): boolean {
  // sample: compute: node[1-5],@io
  const [, name = '', nodes = ''] = /^([^\s:]+):\s*(.*)$/.exec(line) ?? []
  return isName(name) && !/^\d+$/.test(nodes) && splitNodes(nodes).every((node) => isNode(node.replace(/^@/, '')))
}

function isNode(node: string): boolean {
  // sample: node[1-5]!node3, whose operator is refused by name later
  return node.split(/[!&^]/).every((part) => isName(part.replace(/\[[^[\]]*\]/g, '0').replace(/^@/, '')))
}

function holdsSeveral(line: string): boolean {
  return /[[,@]|:\s*\S+\s+\S/.test(line)
}

function isGendersLine(line: string): boolean {
  const [nodes = '', ...attributes] = line.split(/\s+/)
  // sample: compute,rack=3; a line of /etc/hosts has an address before a name
  const areAttributes = attributes.every((each) => /^(?:[A-Za-z_][\w.-]*(?:=[^,=]*)?(?:,|$))+$/.test(each))
  return (
    attributes.length < 2 &&
    areAttributes &&
    splitNodes(nodes).every((node) => isNode(node)) &&
    !/^[\d.:]+$/.test(nodes)
  )
}

/** `web01 role=db` could be a host with a variable of Ansible as well; an attribute without a value, or a range with `-`, could not. */
function chooseByAttributes(lines: string[]): TextFormat {
  const isCertain = (line: string) => {
    const [nodes = '', attributes = ''] = line.split(/\s+/)
    return /,|\[[^\]]*-/.test(nodes) || attributes.split(',').some((each) => each !== '' && !each.includes('='))
  }
  return lines.some(isCertain) ? 'genders' : 'ansible-ini'
}

function doesRead(read: () => unknown): boolean {
  try {
    read()
    return true
  } catch (error) {
    if (error instanceof UserError) return false
    throw error
  }
}
