import type { HostRecord, RunRecord } from '../record.js'
import { type Cluster, findClusters } from './cluster.js'

/** Never empty. */
type Members = [HostRecord, ...HostRecord[]]

/** A cluster with the records of its hosts, in the order of the run. */
export interface Case extends Omit<Cluster, 'hosts'> {
  hosts: Members
  /** Whether all of them are. */
  isWaived: boolean
}

/**
 * What is wrong with the fleet, a case once, with all its hosts: the most urgent first, what is waived last. Hosts that the
 * record has in no cluster, as a record of an older version has none, are clustered now.
 */
export function listCases({ hosts, fleet: { clusters } }: Pick<RunRecord, 'hosts' | 'fleet'>): Case[] {
  const byName = new Map(hosts.map((host) => [host.name, host]))
  const clustered = new Set(clusters.flatMap((cluster) => cluster.hosts))
  const others = findClusters(hosts.filter(({ name }) => !clustered.has(name)))
  return [...clusters, ...others]
    .flatMap((cluster) => toCase(cluster, byName))
    .toSorted((one, other) => Number(one.isWaived) - Number(other.isWaived))
}

function toCase(cluster: Cluster, byName: ReadonlyMap<string, HostRecord>): Case[] {
  const [first, ...others] = cluster.hosts.flatMap((name) => byName.get(name) ?? [])
  if (!first) return []
  const hosts: Members = [first, ...others]
  return [{ ...cluster, hosts, isWaived: hosts.every(({ isWaived }) => isWaived) }]
}

/** Whether what mends the first of these hosts is, to the letter, what mends the others. */
export function haveOneMend(hosts: Members): boolean {
  return hosts.every((host) => mendOf(host) === mendOf(hosts[0]))
}

function mendOf({ causes: [root], reason }: HostRecord): string {
  return JSON.stringify(root ? root.remedy.map(({ command }) => command) : (reason?.mend ?? null))
}
