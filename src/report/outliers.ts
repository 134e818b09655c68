import type { Comparison } from '../compare/comparison.js'
import { byRank, headingOf, isMinor, variableOf } from '../compare/fact-columns.js'
import { foldHosts } from '../compare/fold-hosts.js'
import type { Outlier } from '../compare/outliers.js'
import type { Contrast } from '../compare/sick-and-well.js'
import { tellContrast, tellDifference, tellOthers } from '../compare/tell-difference.js'
import { t } from '../language/language.js'
import type { RunRecord } from '../record.js'
import { wrapWords } from './fit.js'
import type { Style } from './style.js'

/** An outlier and what it is one of. */
interface Odd {
  outlier: Outlier
  comparison: Comparison
}

const mostContrasts = 6
const mostLines = 12
const mostCamps = 4
const mostDifferences = 6

/** In what sick hosts differ from healthy ones, and which hosts differ from their like, the most telling first. */
export function drawOutliers({ hosts, fleet: { comparisons, contrasts } }: RunRecord, style: Style): string[] {
  const healthy = hosts.filter(({ status }) => status === 'healthy').length
  const odd = comparisons
    .flatMap((comparison) => comparison.outliers.map((outlier) => ({ outlier, comparison })))
    .map((odd) => leaveOut(odd, contrasts))
    .filter(({ outlier }) => !outlier.differs.every(({ column }) => isMinor(column)))
    .toSorted((one, other) => byRank(firstColumn(one), firstColumn(other)))
  const more = odd.length - mostLines
  const lines = [
    ...contrasts.slice(0, mostContrasts).flatMap((contrast) => drawContrast(contrast, healthy, style)),
    ...odd.slice(0, mostLines).flatMap((one) => drawOdd(one, style)),
    ...(more > 0 ? indent(t`and ${more} more: fleetdx compare`, style) : []),
    ...comparisons
      .map((comparison) => drawCamps(comparison, style))
      .filter((lines) => lines.length > 0)
      .slice(0, mostCamps)
      .flat(),
    ...drawHint(odd, style),
  ]
  return lines.length === 0 ? [] : [style.paint('strong', t`Outliers`), ...lines]
}

/** Without what the sick are told to differ in from the healthy. */
function leaveOut({ outlier, comparison }: Odd, contrasts: readonly Contrast[]): Odd {
  const told = contrasts
    .filter(({ app, sick }) => app === comparison.app && outlier.hosts.every((host) => sick.includes(host)))
    .flatMap(({ differs }) => differs.map(({ column }) => column))
  const differs = outlier.differs.filter(({ column }) => !told.includes(column))
  return { outlier: { ...outlier, differs }, comparison }
}

function firstColumn({ outlier }: Odd): string {
  return outlier.differs[0]?.column ?? ''
}

/** `next-build-missing: web[03-05] differ from the 33 healthy hosts in: Node.js (18.20.4, healthy 20.19.2)`; of some, who they are. */
function drawContrast({ cause, app, sick, well, differs }: Contrast, healthy: number, style: Style): string[] {
  const who = nameSubject(app, sick)
  const about = cause ?? t`cause unknown`
  const list = listSome(differs.map(tellContrast))
  return indent(
    well.length === healthy
      ? t`${about}: ${who} differ from the ${well.length} healthy hosts in: ${list}`
      : t`${about}: ${who} differ from ${well.length} of the healthy hosts (${foldHosts(well)}) in: ${list}`,
    style,
  )
}

function drawOdd({ outlier, comparison }: Odd, style: Style): string[] {
  const who = nameSubject(comparison.app, outlier.hosts)
  const others = tellOthers(outlier, comparison)
  const usual = new Map(comparison.columns.map(({ id, majority }) => [id, majority?.value ?? '']))
  const list = listSome(outlier.differs.map((one) => tellDifference(one, usual.get(one.column) ?? '')))
  const isOne = outlier.hosts.length === 1
  return indent(
    isOne ? t`${who} differs from ${others} in: ${list}` : t`${who} differ from ${others} in: ${list}`,
    style,
  )
}

function nameSubject(app: string | null, hosts: readonly string[]): string {
  const names = foldHosts(hosts)
  return app === null ? names : t`${app} on ${names}`
}

/** Where no value has a majority and yet they are no host's own, two camps perhaps: that is told, and nobody called odd. */
function drawCamps({ app, group, columns }: Comparison, style: Style): string[] {
  const split = columns.filter(
    ({ id, majority, values, seen }) =>
      !majority && values > 1 && values * 2 <= seen && !isMinor(id) && variableOf(id) === undefined,
  )
  if (split.length === 0) return []
  const what = [app, group].filter((name) => name !== null).join(', ') || t`all hosts`
  const list = listSome(split.map(({ id, values }) => t`${headingOf(id)} (${values} values)`))
  return indent(t`${what}: no majority in: ${list}`, style)
}

/** How to see it whole: the first that is odd beside one that is not. */
function drawHint([first]: readonly Odd[], style: Style): string[] {
  if (!first) return []
  const odd = new Set(first.comparison.outliers.flatMap(({ hosts }) => hosts))
  const usual = first.comparison.hosts.find((host) => !odd.has(host))
  const [host] = first.outlier.hosts
  if (usual === undefined || host === undefined) return []
  return [`  ${style.paint('dim', t`side by side: ${''}`)}${style.paint('strong', `fleetdx diff ${host} ${usual}`)}`]
}

function listSome(items: readonly string[]): string {
  const more = items.length - mostDifferences
  return [...items.slice(0, mostDifferences), ...(more > 0 ? [t`${more} more`] : [])].join(t`, `)
}

function indent(text: string, style: Style): string[] {
  return wrapWords(style.spell(text), style.width - 4).map((line, index) => (index === 0 ? '  ' : '    ') + line)
}
