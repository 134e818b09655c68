import { groupBy } from '../group-by.js'
import { t } from '../language/language.js'
import type { HostRecord } from '../record.js'
import { wrapWords } from './fit.js'
import { listNames } from './list-names.js'
import type { Style } from './style.js'

/** Says which hosts the system's `ssh` had to reach, and why, where nobody had asked for it. */
export function drawTransports(hosts: readonly Pick<HostRecord, 'name' | 'transport'>[], style: Style): string[] {
  const switched = hosts.flatMap(({ name, transport }) =>
    transport?.kind === 'openssh' && transport.because !== null ? [{ name, because: transport.because }] : [],
  )
  if (switched.length === 0) return []
  const lines = groupBy(switched, ({ because }) => because).flatMap((group) =>
    wrapWords(style.spell(t`${listNames(group.map(({ name }) => name))}: ${group[0].because}`), style.width - 2),
  )
  return [style.paint('dim', t`Reached by the system's ssh`), ...lines.map((line) => `  ${line}`)]
}
