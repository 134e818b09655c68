import { isIP } from 'node:net'
import { z } from 'zod'
import { knownValue } from '../fact.js'
import { groupBy } from '../group-by.js'
import { t } from '../language/language.js'
import type { HostRecord } from '../record.js'
import { foldHosts } from './fold-hosts.js'
import { findLeads, type Lead } from './lead.js'
import { wordOf } from './status-word.js'

/** One thing that several hosts fail at: whoever mends it mends them all, or knows that it was not that. */
export const commonCauseSchema = z.object({
  /**
   * server: an address that apps or gateways dial in vain. name: one that cannot be resolved on the hosts. jump-host: the
   * server on the way to them. login: the one that was refused first. resolver: that of the machine that ran the check.
   * certificate: the same one on all. change: what was changed on all of them, soon before they broke.
   */
  kind: z.enum(['server', 'name', 'jump-host', 'login', 'resolver', 'certificate', 'change']),
  /** `10.0.0.5:5432`, `db.internal`, `deploy@gate:22`, `shop was deployed`; '' for the resolver. */
  what: z.string(),
  /** The host of this run that it is on; null where it is on none. */
  host: z.string().nullable(),
  /** It in a sentence, with where to look first. */
  summary: z.string(),
  /** The names of the hosts that fail at it, in the order of the run. */
  hosts: z.array(z.string()),
  /** The same folded, as a target takes it. */
  folded: z.string(),
  /** Where it was seen first on each of some hosts. */
  evidence: z.array(z.object({ host: z.string(), source: z.string(), text: z.string() })),
})

export type CommonCause = z.infer<typeof commonCauseSchema>

const mostEvidence = 5

/** What at least two hosts fail at alike, the one with the most hosts first. Only what their records show counts. */
export function findCommonCauses(hosts: readonly HostRecord[]): CommonCause[] {
  const leads = hosts.flatMap((host) => findLeads(host).map((lead) => ({ ...lead, host: host.name })))
  const shared = groupBy(leads, ({ kind, what }) => `${kind} ${what}`).flatMap((group) => toCommonCause(group, hosts))
  return [...shared, ...blameResolver(hosts)].toSorted((a, b) => b.hosts.length - a.hosts.length)
}

function toCommonCause(group: [LeadOf, ...LeadOf[]], hosts: readonly HostRecord[]): CommonCause[] {
  const firsts = [...new Map(group.toReversed().map((lead) => [lead.host, lead])).values()].toReversed()
  if (firsts.length < 2) return []
  const [{ kind, what }] = group
  const names = firsts.map(({ host }) => host)
  const summary = summarize(kind, what, names.length)
  const target = kind === 'server' ? findHost(what, hosts) : undefined
  return [
    {
      ...{ kind, what, host: target?.name ?? null, hosts: names, folded: foldHosts(names) },
      summary: target ? tellHost(summary, target) : summary,
      evidence: firsts.slice(0, mostEvidence).map(({ host, evidence }) => ({ host, ...evidence })),
    },
  ]
}

type LeadOf = Lead & { host: string }

function summarize(kind: Lead['kind'], what: string, count: number): string {
  if (kind === 'server') return t`${count} hosts fail to reach ${nameServer(what)}: look there first`
  if (kind === 'name')
    return t`${count} hosts cannot resolve ${what}: look at that name, and at their name server, first`
  if (kind === 'jump-host') return t`${count} hosts are behind ${what}, which lets nothing through: look there first`
  if (kind === 'login')
    return t`${count} hosts were not tried, because ${what} refused the same login: set it right first`
  return t`${count} hosts have the same certificate, ${what}: renew it once, for all`
}

/** Who usually listens on a port. */
const products: Readonly<Record<string, string>> = {
  1433: 'SQL Server',
  3306: 'MySQL',
  5432: 'PostgreSQL',
  5672: 'RabbitMQ',
  6379: 'Redis',
  9092: 'Kafka',
  9200: 'Elasticsearch',
  11211: 'memcached',
  27017: 'MongoDB',
}

/** `10.0.0.5:5432 (PostgreSQL)` */
function nameServer(server: string): string {
  const product = products[server.slice(server.lastIndexOf(':') + 1)]
  return product === undefined ? server : `${server} (${product})`
}

/** Where the server is one of the run's own hosts, its state is the next question. */
function tellHost(summary: string, { name, status }: HostRecord): string {
  return t`${summary} (this is host ${name} of the run: ${wordOf(status)})`
}

function findHost(server: string, hosts: readonly HostRecord[]): HostRecord | undefined {
  const dialled = server.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1')
  const found = hosts.filter(
    ({ name, address, facts }) =>
      [name, address].includes(dialled) || (facts && knownValue(facts.host)?.addresses.includes(dialled)),
  )
  return found.length === 1 ? found[0] : undefined
}

/** Where not one name was resolved here, and several were asked for, they are hardly all wrong. */
function blameResolver(hosts: readonly HostRecord[]): CommonCause[] {
  const failed = hosts.filter(({ reason }) => reason?.reason === 'dns')
  const isReached = ({ address, facts }: HostRecord) => facts !== null && isIP(address) === 0
  if (failed.length < 2 || hosts.some(isReached)) return []
  const names = failed.map(({ name }) => name)
  return [
    {
      ...{ kind: 'resolver', what: '', host: null, hosts: names, folded: foldHosts(names) },
      summary: t`none of the names of ${names.length} hosts could be resolved here: look at the name server of this machine first`,
      evidence: failed
        .slice(0, mostEvidence)
        .map(({ name, reason }) => ({ host: name, source: reason?.hop ?? '', text: reason?.message ?? '' })),
    },
  ]
}
