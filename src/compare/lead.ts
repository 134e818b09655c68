import { knownValue } from '../fact.js'
import type { Evidence } from '../path/request-path.js'
import type { CauseRecord, HostRecord } from '../record.js'

/** What a host fails at that others may fail at, too: the same kind and the same name are the same thing. */
export interface Lead {
  kind: 'server' | 'name' | 'jump-host' | 'login' | 'certificate'
  /** `10.0.0.5:5432`, `db.internal`, `deploy@gate:22`, the subject of a certificate. */
  what: string
  evidence: Evidence
}

// sample: connect ECONNREFUSED 10.0.0.5:5432, connect ETIMEDOUT 2001:db8::5:5432
const unconnected = /\bE(?:CONNREFUSED|TIMEDOUT|HOSTUNREACH|NETUNREACH) (?<server>[\w.:-]+:\d+)\b/
// sample: Can't reach database server at `db.internal:5432`
const noDatabase = /Can't reach database server at `(?<server>[\w.:-]+:\d+)`/
// sample: connect() failed (111: Connection refused) while connecting to upstream, …, upstream: "http://10.0.0.7:3000/"
const noUpstream = /while connecting to upstream,.* upstream: "[a-z]+:\/\/(?<server>[^/"]+:\d+)/
// sample: getaddrinfo ENOTFOUND db.internal, host not found in upstream "backend.internal:3000", api.test could not be resolved
const noName =
  /\b(?:ENOTFOUND|EAI_AGAIN) (?<name1>[\w.-]+)|host not found in upstream "(?<name2>[\w.-]+)|(?<![\w.-])(?<name3>[\w.-]+) could not be resolved/

/** What a host fails at, by what its record shows; nothing on the host itself. */
export function findLeads(host: HostRecord): Lead[] {
  const { reason, causes } = host
  const findings = causes.flatMap((cause) => [cause, ...cause.consequences])
  const leads = [
    ...(reason ? readReach(reason) : []),
    ...findings.flatMap(({ evidence }) => evidence.flatMap(readEvidence)),
    ...host.paths.flatMap(readPath),
    ...causes.flatMap((cause) => readCertificate(cause, host)),
  ]
  return leads.filter(({ kind, what }) => kind !== 'server' || !isOwn(what, host))
}

function readReach({ reason, hop, message }: NonNullable<HostRecord['reason']>): Lead[] {
  const evidence = { source: hop, text: message }
  if (reason === 'jump') return [{ kind: 'jump-host', what: hop, evidence }]
  return reason === 'not-tried' ? [{ kind: 'login', what: hop, evidence }] : []
}

/** A line of a log says what failed at its start; what is longer was made to be. */
const mostRead = 4096

function readEvidence(evidence: Evidence): Lead[] {
  const text = evidence.text.slice(0, mostRead)
  const server = [unconnected, noDatabase, noUpstream].map((said) => said.exec(text)?.groups?.server).find(Boolean)
  if (server !== undefined) return [{ kind: 'server', what: server, evidence }]
  const { name1, name2, name3 } = noName.exec(text)?.groups ?? {}
  const name = name1 ?? name2 ?? name3
  return name === undefined ? [] : [{ kind: 'name', what: name, evidence }]
}

/** A gateway that dials another server, which does not answer it. */
function readPath({ serves, target, edges, id, directAnswer }: HostRecord['paths'][number]): Lead[] {
  const link = edges.find((edge) => edge.id === 'target')
  if (serves !== false || target === null || link?.state !== 'broken' || !/:\d+$/.test(target)) return []
  return [{ kind: 'server', what: target, evidence: { source: id, text: link.detail || (directAnswer ?? '') } }]
}

/** By its serial number, where one is known, but called by its subject: renewed ones have the same. */
function readCertificate({ id, subject, evidence }: CauseRecord, { facts }: HostRecord): Lead[] {
  const known = facts ? knownValue(facts.certificates) : undefined
  const [first] = evidence
  if (!/^cert-/.test(id) || !known || !first) return []
  const serial = [...known.served, ...known.files]
    .map(({ certificate }) => certificate)
    .find((certificate) => certificate?.subject === subject)?.serial
  return serial == null ? [] : [{ kind: 'certificate', what: `${subject} (${serial})`, evidence: first }]
}

function isOwn(server: string, { address, facts }: HostRecord): boolean {
  const host = server.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1')
  const own = facts ? (knownValue(facts.host)?.addresses ?? []) : []
  return /^(?:127\.|::1$|0\.0\.0\.0$|::$|localhost$|unix$)/.test(host) || host === address || own.includes(host)
}
