import type { CommonCause } from '../compare/common-cause.js'
import { t } from '../language/language.js'
import type { RunRecord } from '../record.js'
import { cut, wrapWords } from './fit.js'
import { listNames } from './list-names.js'
import type { Style } from './style.js'

const mostCauses = 8
const mostEvidence = 2

/** What several hosts fail at alike: to be looked at before any of them. */
export function drawCommonCauses({ fleet: { commonCauses } }: RunRecord, style: Style): string[] {
  const more = commonCauses.length - mostCauses
  const lines = [
    ...commonCauses.slice(0, mostCauses).flatMap((cause) => drawCommonCause(cause, style)),
    ...(more > 0 ? [style.paint('dim', `  ${t`and ${more} more: see --format json`}`)] : []),
  ]
  return lines.length === 0 ? [] : [style.paint('strong', t`Common causes`), ...lines]
}

function drawCommonCause({ summary, hosts, evidence }: CommonCause, style: Style): string[] {
  const width = style.width - 4
  const quotations = evidence
    .slice(0, mostEvidence)
    .map(({ host, source, text }) => cut(style.spell(`${host}: ${source}: ${text}`), width, style.spell('…')))
  return [
    ...wrapWords(style.spell(summary), style.width - 2).map((line) => `  ${style.paint('bad', line)}`),
    ...wrapWords(listNames(hosts), width).map((line) => `    ${line}`),
    ...quotations.map((line) => `    ${style.paint('dim', line)}`),
  ]
}
