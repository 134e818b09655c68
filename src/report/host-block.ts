import { causes as builtIn } from '../causes/index.js'
import { mainPathOf } from '../compare/host-view.js'
import { readRate } from '../compare/rate.js'
import { joinWords } from '../language/join-words.js'
import { t, translate } from '../language/language.js'
import { sayFailure } from '../path/answer.js'
import type { CauseRecord, HostRecord, PathRecord } from '../record.js'
import { drawChain } from './chain.js'
import { drawEvidence, drawRemedy, drawShortly } from './finding-lines.js'
import { pad, wrapWords } from './fit.js'
import { drawRivals } from './rivals.js'
import { type Style, statusLooks } from './style.js'
import { drawTimeline } from './timeline.js'
import { tellWaivers } from './waiver-lines.js'

/** `, likely` */
export function tellSureness({ confidence }: Pick<CauseRecord, 'confidence'>): string {
  return { high: '', medium: t`, likely`, low: t`, perhaps` }[confidence]
}

/** Width of the labels on the left, with the space around them. */
const gutter = 8

/** A label and the lines beside it; without lines there is no label. */
export interface BlockPart {
  label: string
  lines: readonly string[]
}

/** What a block says besides, where its host stands for others: below the head, above the remedy, and at the end. */
interface BlockFrame {
  before: readonly BlockPart[]
  mend: readonly string[]
  after: readonly BlockPart[]
}

const noFrame: BlockFrame = { before: [], mend: [], after: [] }

/** What is wrong with a host that is not healthy: the verdict, the path, why, and what to type. */
export function drawHostBlock(host: HostRecord, style: Style, frame = noFrame): string[] {
  const width = style.width - gutter
  const [root, ...others] = host.causes
  const part = (label: string, lines: readonly string[]) => hang(label, lines, style)
  return [
    ...drawHead(host, style),
    ...tellWaivers(host).flatMap((text) => part(t`note`, wrapWords(style.spell(text), width))),
    ...frame.before.flatMap(({ label, lines }) => part(label, lines)),
    ...(host.reason ? drawReach(host.reason, host.verdict, frame, style, width) : []),
    ...part(t`path`, drawChain(host.path, style, width)),
    ...(root ? drawRoot(root, host, frame, style, width) : []),
    ...part(t`when`, drawTimeline(host, style, width)),
    ...others.flatMap((cause) => part(t`also`, drawShortly(cause, style, width))),
    ...otherBrokenPaths(host).flatMap((path) => part(t`path`, drawOtherPath(path, style, width))),
    ...drawRivals(host, style, width).flatMap((lines) => part(t`or`, lines)),
    ...drawNotes(host, style, width).flatMap((lines) => part(t`note`, lines)),
    ...host.trouble
      .filter((text) => text !== host.verdict)
      .flatMap((text) => part(t`note`, wrapWords(style.spell(text), width))),
    ...frame.after.flatMap(({ label, lines }) =>
      part(
        label,
        lines.flatMap((line) => wrapWords(style.spell(line), width)),
      ),
    ),
  ]
}

/** What is no problem of the host, but worth knowing: each in short, with what to type. */
export function drawNotes({ notes }: HostRecord, style: Style, width: number): string[][] {
  return notes.map(({ id, summary, remedy }) => [
    ...wrapWords(style.spell(t`${summary} (${id})`), width),
    ...remedy.flatMap(({ command }) => (command === null ? [] : [`  ${style.paint('strong', command)}`])),
  ])
}

/** Lines with a label in front of the first; no lines, no label. */
function hang(label: string, lines: readonly string[], style: Style): string[] {
  const indent = ' '.repeat(gutter)
  return lines.map((line, index) =>
    index === 0 ? style.paint('dim', pad(`  ${label}`, gutter)) + line : indent + line,
  )
}

function drawHead({ name, status, verdict, causes }: HostRecord, style: Style): string[] {
  const { mark, ink } = statusLooks[status]
  const [root] = causes
  const text = root ? t`${name}: ${verdict} (${root.id}${tellSureness(root)})` : t`${name}: ${verdict}`
  const [first = '', ...rest] = wrapWords(`${style.mark(mark)} ${style.spell(text)}`, style.width - 2)
  return [style.paint(ink, first), ...rest.map((line) => style.paint(ink, `  ${line}`))]
}

function drawReach(
  { reason, phase, hop, message, mend }: NonNullable<HostRecord['reason']>,
  verdict: string,
  frame: BlockFrame,
  style: Style,
  width: number,
): string[] {
  return [
    ...hang(t`why`, verdict.includes(message) ? [] : wrapWords(style.spell(message), width), style),
    ...hang(t`where`, [style.spell(t`${hop} · step ${phase} · reason ${reason}`)], style),
    ...hang(
      t`mend`,
      mend === null
        ? []
        : drawFor(
            frame,
            mend.split('\n').map((line) => style.paint('strong', line)),
            width,
          ),
      style,
    ),
  ]
}

function drawRoot(root: CauseRecord, host: HostRecord, frame: BlockFrame, style: Style, width: number): string[] {
  return [
    ...hang(t`why`, drawEvidence(root.evidence, style, width), style),
    ...hang(t`but`, drawEvidence(root.against, style, width), style),
    ...hang(t`so`, wrapWords(style.spell(listConsequences(root, host)), width), style),
    ...hang(t`mend`, drawFor(frame, drawRemedy(root.remedy, style, width), width), style),
    ...hang(t`more`, isBuiltIn(root.id) ? [`fleetdx explain ${root.id}`] : [], style),
  ]
}

/** A remedy below the words that say whom it is for. */
function drawFor({ mend }: BlockFrame, remedy: readonly string[], width: number): string[] {
  return remedy.length === 0 ? [] : [...mend.flatMap((line) => wrapWords(line, width)), ...remedy]
}

/** Whether `fleetdx explain` knows it. */
export function isBuiltIn(id: string): boolean {
  return builtIn.some((cause) => cause.id === id)
}

/** `app errored, nothing on 3000, visitors get HTTP 502` */
export function listConsequences({ consequences }: CauseRecord, host: HostRecord): string {
  const path = mainPathOf(host)
  const seen = path?.serves === false ? whatVisitorsGet(path) : []
  return [...consequences.map(({ title }) => title), ...seen].join(translate(', '))
}

function whatVisitorsGet({ outsideAnswer, gatewayAnswer }: PathRecord): string[] {
  const [rate] = [outsideAnswer, gatewayAnswer].flatMap((answer) => readRate(answer ?? '') ?? [])
  if (rate) {
    const words = joinWords(rate.words.split(', ').map(sayFailure))
    return [t`of requests as visitors make them ${rate.failed} of ${rate.count} failed: ${words}`]
  }
  const answer = outsideAnswer ?? gatewayAnswer
  return answer === null
    ? []
    : [/^\d+$/.test(answer) ? t`visitors get HTTP ${answer}` : t`visitors get no answer (${sayFailure(answer)})`]
}

export function otherBrokenPaths(host: HostRecord): PathRecord[] {
  const main = mainPathOf(host)
  return host.paths.filter((path) => path !== main && path.serves === false)
}

function drawOtherPath({ id, edges }: PathRecord, style: Style, width: number): string[] {
  return [style.spell(t`also broken: ${id}`), ...drawChain(edges, style, width)]
}
