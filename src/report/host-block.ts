import { causes as builtIn } from '../causes/index.js'
import { mainPathOf } from '../compare/host-view.js'
import type { CauseRecord, HostRecord, PathRecord } from '../record.js'
import { drawChain } from './chain.js'
import { drawEvidence, drawRemedy, drawShortly } from './finding-lines.js'
import { wrapWords } from './fit.js'
import { drawRivals } from './rivals.js'
import { type Style, statusLooks } from './style.js'
import { drawTimeline } from './timeline.js'

const sureness = { high: '', medium: ', likely', low: ', perhaps' }

/** Width of the labels on the left, with the space around them. */
const gutter = 8

/** What is wrong with a host that is not healthy: the verdict, the path, why, and what to type. */
export function drawHostBlock(host: HostRecord, style: Style): string[] {
  const width = style.width - gutter
  const [root, ...others] = host.causes
  const part = (label: string, lines: readonly string[]) => hang(label, lines, style)
  return [
    ...drawHead(host, style),
    ...(host.reason ? drawReach(host.reason, host.verdict, style, width) : []),
    ...part('path', drawChain(host.path, style, width)),
    ...(root ? drawRoot(root, host, style, width) : []),
    ...part('when', drawTimeline(host, style, width)),
    ...others.flatMap((cause) => part('also', drawShortly(cause, style, width))),
    ...otherBrokenPaths(host).flatMap((path) => part('path', drawOtherPath(path, style, width))),
    ...drawRivals(host, style, width).flatMap((lines) => part('or', lines)),
    ...drawNotes(host, style, width).flatMap((lines) => part('note', lines)),
    ...host.trouble
      .filter((text) => text !== host.verdict)
      .flatMap((text) => part('note', wrapWords(style.spell(text), width))),
  ]
}

/** What is no problem of the host, but worth knowing: each in short, with what to type. */
export function drawNotes({ notes }: HostRecord, style: Style, width: number): string[][] {
  return notes.map(({ id, summary, remedy }) => [
    ...wrapWords(style.spell(`${summary} (${id})`), width),
    ...remedy.flatMap(({ command }) => (command === null ? [] : [`  ${style.paint('strong', command)}`])),
  ])
}

/** Lines with a label in front of the first; no lines, no label. */
function hang(label: string, lines: readonly string[], style: Style): string[] {
  const indent = ' '.repeat(gutter)
  return lines.map((line, index) =>
    index === 0 ? style.paint('dim', `  ${label}`.padEnd(gutter)) + line : indent + line,
  )
}

function drawHead({ name, status, verdict, causes }: HostRecord, style: Style): string[] {
  const { mark, ink } = statusLooks[status]
  const [root] = causes
  const text = root ? `${name}: ${verdict} (${root.id}${sureness[root.confidence]})` : `${name}: ${verdict}`
  const [first = '', ...rest] = wrapWords(`${style.mark(mark)} ${style.spell(text)}`, style.width - 2)
  return [style.paint(ink, first), ...rest.map((line) => style.paint(ink, `  ${line}`))]
}

function drawReach(
  { reason, phase, hop, message, mend }: NonNullable<HostRecord['reason']>,
  verdict: string,
  style: Style,
  width: number,
): string[] {
  return [
    ...hang('why', verdict.includes(message) ? [] : wrapWords(style.spell(message), width), style),
    ...hang('where', [style.spell(`${hop} · step ${phase} · reason ${reason}`)], style),
    ...hang('mend', mend === null ? [] : mend.split('\n').map((line) => style.paint('strong', line)), style),
  ]
}

function drawRoot(root: CauseRecord, host: HostRecord, style: Style, width: number): string[] {
  return [
    ...hang('why', drawEvidence(root.evidence, style, width), style),
    ...hang('but', drawEvidence(root.against, style, width), style),
    ...hang('so', wrapWords(style.spell(listConsequences(root, host)), width), style),
    ...hang('mend', drawRemedy(root.remedy, style, width), style),
    ...hang('more', isBuiltIn(root.id) ? [`fleetdx explain ${root.id}`] : [], style),
  ]
}

function isBuiltIn(id: string): boolean {
  return builtIn.some((cause) => cause.id === id)
}

/** `app errored, nothing on 3000, visitors get HTTP 502` */
function listConsequences({ consequences }: CauseRecord, host: HostRecord): string {
  const path = mainPathOf(host)
  const seen = path?.serves === false ? whatVisitorsGet(path) : []
  return [...consequences.map(({ title }) => title), ...seen].join(', ')
}

function whatVisitorsGet({ outsideAnswer, gatewayAnswer }: PathRecord): string[] {
  // sample: 3 of 10 failed: 502
  const rate = [outsideAnswer, gatewayAnswer].find((answer) => answer !== null && / failed: /.test(answer))
  if (rate != null) return [`of requests as visitors make them ${rate}`]
  const answer = outsideAnswer ?? gatewayAnswer
  return answer === null ? [] : [`visitors get ${/^\d+$/.test(answer) ? `HTTP ${answer}` : `no answer (${answer})`}`]
}

function otherBrokenPaths(host: HostRecord): PathRecord[] {
  const main = mainPathOf(host)
  return host.paths.filter((path) => path !== main && path.serves === false)
}

function drawOtherPath({ id, edges }: PathRecord, style: Style, width: number): string[] {
  return [style.spell(`also broken: ${id}`), ...drawChain(edges, style, width)]
}
