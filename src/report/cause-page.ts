import type { Cause, Runbook } from '../causes/define.js'
import { causes } from '../causes/index.js'
import { t, translate } from '../language/language.js'
import { type Facts, probes } from '../probes/index.js'
import { wrapWhole } from './fit.js'
import type { Style } from './style.js'

/** A cause by its name, as another's page mentions it. */
type Mention = Pick<Cause, 'id' | 'title'>

/** What `fleetdx explain` tells of a cause, also as JSON: its runbook, and how it stands among the others. */
export interface CausePage extends Mention, Pick<Cause, 'layer' | 'breaks' | 'source'>, Runbook {
  /** What follows from it, and is no problem of its own where both hold. */
  explains: Mention[]
  /** What it may follow from. */
  explainedBy: Mention[]
  /** What it is judged by. */
  needs: { fact: string; what: string; permission: Permission }[]
}

/** `any` login sees it; or all of it is seen by root only, or with sudo. */
type Permission = 'any' | 'root'

export function toPage({ id, title, layer, breaks, source, needs, runbook, explains }: Cause): CausePage {
  const { symptom, signs, against, remedy } = runbook
  return {
    id,
    title: translate(title),
    layer,
    breaks,
    symptom: translate(symptom),
    signs: signs.map(translate),
    against: against.map(translate),
    explains: causes.filter((other) => explains.includes(other.id)).map(mention),
    explainedBy: causes.filter((other) => other.explains.includes(id)).map(mention),
    needs: needs.map((fact) => ({
      fact,
      what: titleOf(fact),
      permission: probes[fact].elevated ? 'root' : 'any',
    })),
    remedy: remedy.map(({ step, risk }) => ({ step: translate(step), risk: risk === 'none' ? risk : translate(risk) })),
    source,
  }
}

function titleOf(fact: keyof Facts): string {
  if (fact === 'nginx') return t`nginx, or the gateway in its place`
  if (fact === 'nginx-errors') return t`nginx's error logs, or those of the gateway in its place`
  return translate(probes[fact].title)
}

function mention({ id, title }: Cause): Mention {
  return { id, title: translate(title) }
}

/** A page for the terminal, no wider than 80 columns; ends with a line feed. */
export function renderPage(page: CausePage, wished: Style): string {
  const style = { ...wished, width: Math.min(wished.width, 80) }
  const sections = [
    drawHead(page, style),
    drawSection(t`Symptom`, [page.symptom], style),
    drawSection(t`What is seen`, page.signs.map(dot), style),
    drawSection(t`What looks like it`, page.against.map(dot), style),
    drawSection(t`Follows from`, page.explainedBy.map(drawMention), style),
    drawSection(t`Explains`, page.explains.map(drawMention), style),
    drawSection(t`Judged by`, page.needs.map(drawNeed), style),
    drawSection(t`Remedy`, page.remedy.flatMap(drawStep), style),
    drawSection(t`Source`, [page.source], style),
  ]
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

function drawHead({ id, title, layer, breaks }: CausePage, style: Style): string[] {
  const lines = wrapWhole(style.spell(title), style.width)
  return [
    style.paint('strong', id),
    ...lines,
    style.paint('dim', style.spell(t`layer ${layer} · a request first meets it at: ${sayLink(breaks)}`)),
  ]
}

function sayLink(id: Cause['breaks']): string {
  const links: Record<Cause['breaks'], string> = {
    gateway: t`gateway`,
    entrance: t`entrance`,
    site: t`site`,
    target: t`target`,
    process: t`process`,
    manager: t`manager`,
    folder: t`folder`,
    build: t`build`,
    answer: t`answer`,
  }
  return links[id]
}

/** A heading over its texts; each hangs by as much as it is indented or marked. */
function drawSection(heading: string, texts: readonly string[], style: Style): string[] {
  if (texts.length === 0) return []
  return [style.paint('strong', heading), ...texts.flatMap((text) => hang(style.spell(text), style.width))]
}

function hang(text: string, width: number): string[] {
  // sample: "1. start it", "- status stopped", "   risk: none", "502 on every request"
  const mark = /^(?:\d+\. |- | +)?/.exec(text)?.[0] ?? ''
  const lines = wrapWhole(text.slice(mark.length), width - 2 - mark.length)
  return lines.map((line, index) => `  ${index === 0 ? mark : ' '.repeat(mark.length)}${line}`)
}

function dot(text: string): string {
  return `- ${text}`
}

function drawMention({ id, title }: Mention): string {
  return t`- ${id}: ${title}`
}

function drawNeed({ fact, what, permission }: CausePage['needs'][number]): string {
  return permission === 'any'
    ? t`- ${fact}: ${what} (any login)`
    : t`- ${fact}: ${what} (root or sudo; without, what the login may see)`
}

function drawStep({ step, risk }: Runbook['remedy'][number], index: number): string[] {
  return [`${index + 1}. ${step}`, ...(risk === 'none' ? [] : [t`   risk: ${risk}`])]
}
