import { t } from '../language/language.js'
import type { Evidence } from '../path/request-path.js'
import type { CauseRecord, Finding } from '../record.js'
import { cut, wrapWords } from './fit.js'
import type { Mark, Style } from './style.js'

const mostEvidence = 6

/** Quotations, `source: text`, a line each, the most telling first as the cause gives them. */
export function drawEvidence(
  evidence: readonly Evidence[],
  style: Style,
  width: number,
  most = mostEvidence,
): string[] {
  const lines = evidence
    .slice(0, most)
    .map(({ source, text }) => drawQuotation(style.spell(source), style.spell(text), style, width))
  const more = evidence.length - most
  return more > 0 && most > 1 ? [...lines, style.paint('dim', t`and ${more} more: see --format json`)] : lines
}

function drawQuotation(source: string, text: string, style: Style, width: number): string {
  const whole = cut(`${source}: ${text}`, width, style.spell('…'))
  return style.paint('dim', whole.slice(0, source.length + 1)) + whole.slice(source.length + 1)
}

/** Numbered steps; a command stands alone on its line, whole and as it is, to be copied. */
export function drawRemedy(remedy: Finding['remedy'], style: Style, width: number): string[] {
  return remedy.flatMap(({ command, note, risk }, index) => {
    const number = `${index + 1}. `
    const indent = ' '.repeat(number.length)
    const [first = '', ...rest] = wrapWords(style.spell(note + tellRisk(risk)), width - number.length)
    const dimmed = [number + first, ...rest.map((line) => indent + line)].map((line) =>
      command === null ? line : style.paint('dim', line),
    )
    return [...dimmed, ...drawCommand(command, style).map((line) => indent + line)]
  })
}

/** ` (risk: requests fail for seconds)`; nothing where there is none. */
export function tellRisk(risk: string): string {
  return hasRisk(risk) ? t` (risk: ${risk})` : ''
}

/** A record says `none` where a step only shows something, and nothing where nobody has said. */
export function hasRisk(risk: string): boolean {
  return risk !== '' && risk !== 'none'
}

function drawCommand(command: string | null, style: Style): string[] {
  return command === null ? [] : command.split('\n').map((line) => style.paint('strong', line))
}

/** A cause that is not the root one, in short: what it is, its first evidence, and what to type. */
export function drawShortly(cause: CauseRecord, style: Style, width: number): string[] {
  const mark: Mark = cause.effect === 'outage' ? 'bad' : 'warn'
  const [first = '', ...rest] = wrapWords(style.spell(t`${cause.summary} (${cause.id})`), width - 4)
  return [
    `${style.paint(mark === 'bad' ? 'bad' : 'warn', style.mark(mark))} ${first}`,
    ...rest.map((line) => `  ${line}`),
    ...drawEvidence(cause.evidence, style, width - 2, 1).map((line) => `  ${line}`),
    ...cause.remedy.flatMap(({ command }) => drawCommand(command, style)).map((line) => `  ${line}`),
  ]
}
