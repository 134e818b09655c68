import type { HostRecord } from '../record.js'
import { bad, none, unseen } from './cell.js'
import { type Column, columns } from './columns.js'

/** The columns of these hosts: those of every report, and one for each check of the user's own, in the order of the inventory. */
export function columnsOf(hosts: readonly HostRecord[]): Column[] {
  const names = new Set(hosts.flatMap(({ checks }) => checks.map(({ name }) => name)))
  const own = [...names].map((name) => ({
    id: `check-${name}`,
    heading: name.toUpperCase(),
    priority: 6,
    cell: checkCell(name),
  }))
  return [...columns.slice(0, -1), ...own, ...columns.slice(-1)]
}

function checkCell(name: string): Column['cell'] {
  return ({ record }) => {
    const result = record.checks.find((check) => check.name === name)
    if (!result) return record.facts ? none : unseen
    return { pass: { text: '✔' }, fail: bad('✖'), unknown: unseen }[result.state]
  }
}
