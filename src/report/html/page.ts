import { columnsOf } from '../../compare/check-columns.js'
import { rankHosts } from '../../compare/rank.js'
import type { RunRecord } from '../../record.js'
import { listCommonCauses, listPageCases, type PageCluster, type PageCommonCause } from './clusters.js'
import {
  differencesOfHosts,
  listComparisons,
  listContrasts,
  type PageComparison,
  type PageContrast,
} from './differences.js'
import { drawLanes, type Lanes } from './lanes.js'
import { createPool, type Ref } from './pack.js'
import { columnsOfPage, toDetails, toPageHost } from './page-host.js'
import { listWords, type Words } from './words.js'

/** What the page says of the run as a whole. */
export interface Shell {
  words: Words
  startedAt: string
  columns: { id: string; heading: string }[]
  commonCauses: PageCommonCause[]
  clusters: PageCluster[]
  lanes: Lanes | null
  comparisons: PageComparison[]
  contrasts: PageContrast[]
}

/** What is embedded in the page: one pool of values, and the places in it of what the page consists of. */
export interface PackedPage {
  values: unknown[]
  shell: Ref
  /** Of each host, in the order in which a person should look at them: `PageHost` and `PageDetails`. */
  hosts: Ref[]
  details: Ref[]
}

/** Events that a page holds, over all hosts: with few hosts all that are known. */
const mostEvents = 40_000
const fewestEventsOfHost = 8

export function packPage(record: RunRecord): PackedPage {
  const hosts = rankHosts(record.hosts)
  const columns = columnsOfPage(columnsOf(record.hosts))
  const room = Math.max(Math.floor(mostEvents / Math.max(hosts.length, 1)), fewestEventsOfHost)
  const pool = createPool()
  const differs = differencesOfHosts(record.fleet)
  return {
    shell: pool.put(toShell(record, columns)),
    hosts: hosts.map((host) => pool.put(toPageHost(host, columns, differs.get(host.name) ?? []))),
    details: hosts.map((host) => pool.put(toDetails(host, room))),
    values: pool.values,
  }
}

function toShell(record: RunRecord, columns: Shell['columns']): Shell {
  const cases = listPageCases(record)
  return {
    words: listWords(),
    startedAt: record.startedAt,
    columns: columns.map(({ id, heading }) => ({ id, heading })),
    commonCauses: listCommonCauses(record),
    clusters: cases.map(({ cluster }) => cluster),
    lanes: drawLanes(cases),
    comparisons: listComparisons(record.fleet),
    contrasts: listContrasts(record.fleet),
  }
}
