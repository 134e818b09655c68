import { ParseError } from '../../errors.js'
import { readPorts, readSource } from './chains.js'
import type { Family, Firewall, FirewallRule } from './facts.js'

interface Zone {
  name: string
  isDefault: boolean
  isActive: boolean
  /** `ports`, `services`, `target`… with their values. */
  settings: Map<string, string[]>
  richRules: string[]
}

/** Ports of services that zones let in, by the service's name. */
type Services = ReadonlyMap<string, FirewallRule['ports']>
interface Known {
  services: Services
  family: Family
}

/**
 * Reads the line `default ZONE`, what `firewall-cmd --list-all-zones` calls active, and the services' ports (lines
 * `NAME PORT/PROTOCOL`). Without zones, as a plain user gets none, it runs and its rules are not known.
 * As in firewalld.zone(5), a packet belongs to a zone by its source, else by its interface, else to the default zone.
 */
export function readFirewalld(zonesText: string, servicesText: string, family: Family = 'ip'): Firewall {
  const known = { services: readServices(servicesText), family }
  const zones = readZones(zonesText).toSorted((one, other) => rank(one) - rank(other))
  const lastZone = zones.find(({ isDefault }) => isDefault)
  return {
    tool: 'firewalld',
    active: true,
    inputPolicy: lastZone ? readPolicy(lastZone) : null,
    rules: [{ ...everything, interface: 'lo', text: 'lo' }, ...zones.flatMap((zone) => rulesOf(zone, known))],
  }
}

const everything: FirewallRule = {
  action: 'accept',
  ports: [],
  source: null,
  interface: null,
  isConditional: false,
  text: '',
}

function readServices(text: string): Services {
  const services = new Map<string, [number, number][]>()
  for (const line of text.split('\n')) {
    // sample: samba 139/tcp
    const [, name = '', ports = ''] = /^(\S+) ([\d-]+)\/tcp$/.exec(line) ?? []
    if (name === '') continue
    const known = services.get(name) ?? []
    known.push(...(readPorts(ports) ?? []))
    services.set(name, known)
  }
  return services
}

function readZones(text: string): Zone[] {
  // sample: default public
  const defaultZone = /^default (\S+)$/m.exec(text)?.[1]
  const zones: Zone[] = []
  for (const line of text.split('\n')) {
    // sample: public (default, active) since 2.0, public (active), drop
    const [, name, state = ''] = /^([\w-]+)(?: \(([^)]*)\))?$/.exec(line) ?? []
    if (name === undefined) takeSetting(zones.at(-1), line.trim())
    else
      zones.push({
        name,
        isDefault: name === defaultZone,
        isActive: /active/.test(state),
        settings: new Map(),
        richRules: [],
      })
  }
  return zones.filter(({ isDefault, isActive }) => isDefault || isActive)
}

function takeSetting(zone: Zone | undefined, line: string): void {
  // sample: ports: 8080/tcp 9000-9010/udp
  const [, name = '', values = ''] = /^([a-z -]+): ?(.*)$/.exec(line) ?? []
  if (line.startsWith('rule ')) zone?.richRules.push(line)
  else if (name !== '') zone?.settings.set(name, values.split(' ').filter(Boolean))
}

function rank({ settings, isDefault }: Zone): number {
  if (settings.get('sources')?.length) return 0
  return isDefault ? 2 : 1
}

function readPolicy({ settings }: Zone): FirewallRule['action'] {
  const target = settings.get('target')?.[0]
  if (target === 'ACCEPT') return 'accept'
  return target === 'DROP' ? 'drop' : 'reject'
}

/** Every rule of a zone holds at every place of it. */
const mostRules = 20_000

/** The rules of a zone at each of its places; after them nothing else is tried for a packet of the place. */
function rulesOf(zone: Zone, { services, family }: Known): FirewallRule[] {
  const rich = zone.richRules.flatMap((line) => readRichRule(line, { services, family }) ?? [])
  const inOrder = [...rich, ...openings(zone, services)].toSorted((one, other) => one.order - other.order)
  const rules = inOrder.map(({ order: _, ...rule }) => ({ ...rule, text: `${zone.name}: ${rule.text}` }))
  const end = { ...everything, action: readPolicy(zone), text: `${zone.name}: target ${zone.settings.get('target')}` }
  const places = placesOf(zone)
  const portCount = rules.reduce((sum, { ports }) => sum + ports.length + 1, 1)
  if (places.length * portCount > mostRules)
    throw new ParseError(`more rules in the zone ${zone.name} than can be told`)
  return places.flatMap((place) => [...rules, end].map((rule) => putAt(rule, place)))
}

type Place = Pick<FirewallRule, 'source' | 'interface'>

function placesOf({ isDefault, settings }: Zone): Place[] {
  const bySource = (settings.get('sources') ?? []).map((source) => ({
    source: source.replace(/^ipset:/, '@'),
    interface: null,
  }))
  const byInterface = (settings.get('interfaces') ?? []).map((name) => ({ source: null, interface: name }))
  return [...bySource, ...(isDefault ? [{ source: null, interface: null }] : byInterface)]
}

function putAt(rule: FirewallRule, place: Place): FirewallRule {
  const isNarrower = rule.source !== null && place.source !== null && rule.source !== place.source
  return {
    ...rule,
    source: rule.source ?? place.source,
    interface: place.interface,
    isConditional: rule.isConditional || isNarrower,
  }
}

/** firewalld tries denials before openings, and a rich rule's priority before both. */
type OrderedRule = FirewallRule & { order: number }

const denialOrder = 0
const openingOrder = 0.5

function openings({ settings }: Zone, services: Services): OrderedRule[] {
  const opening = { ...everything, order: openingOrder }
  const ofServices = (settings.get('services') ?? []).flatMap((name) => {
    const ports = services.get(name) ?? []
    return ports.length === 0 ? [] : [{ ...opening, ports, text: `service ${name}` }]
  })
  const ofPorts = (settings.get('ports') ?? []).flatMap((port) => {
    const ports = port.endsWith('/tcp') ? readPorts(port.replace('/tcp', '')) : undefined
    return ports ? [{ ...opening, ports, text: `port ${port}` }] : []
  })
  const isOpen = settings.get('protocols')?.includes('tcp')
  return [...ofServices, ...ofPorts, ...(isOpen ? [{ ...opening, text: 'protocol tcp' }] : [])]
}

/** undefined for a rule that decides nothing about TCP of the family. */
function readRichRule(line: string, { services, family }: Known): OrderedRule | undefined {
  // sample: rule priority="-5" family="ipv4" source address="10.0.0.4" port port="3000" protocol="tcp" accept
  const action = /\b(accept|reject|drop)\b(?! ?=)/.exec(line.replaceAll(/"[^"]*"/g, '""'))?.[1]
  const value = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(line)?.[1]
  const set = value('source ipset')
  const service = value('service name')
  const ports = service === undefined ? readPorts(value('port port') ?? '') : services.get(service)
  const isOtherFamily = line.includes(family === 'ip' ? 'family="ipv6"' : 'family="ipv4"')
  const isOther = /protocol="(?!tcp)|protocol value="(?!tcp)|icmp|masquerade|forward-port/.test(line)
  if (isOther || isOtherFamily || (action !== 'accept' && action !== 'reject' && action !== 'drop')) return undefined
  return {
    ...everything,
    action,
    ports: value('port port') === undefined && service === undefined ? [] : (ports ?? []),
    source: readSource(value('source address') ?? '') ?? (set === undefined ? null : `@${set}`),
    isConditional: /\bNOT\b|mac=|destination|source-port/i.test(line) || (service !== undefined && !ports),
    text: line,
    order: Number(value('priority') ?? 0) || (action === 'accept' ? openingOrder : denialOrder),
  }
}
