/** @import { PageCause } from '../page-host.js' */
import { drawCommand } from './copy.js'
import { h } from './dom.js'
import { say } from './words.js'

/**
 * A part of the details, `why …`; nothing where there is nothing to tell.
 * @param {string} label
 * @param {(Node | null)[]} content
 */
export function drawPart(label, content) {
  const nodes = content.filter((node) => node !== null)
  return nodes.length === 0 ? null : h('section', { class: 'part' }, h('h3', {}, label), h('div', {}, ...nodes))
}

/**
 * Quotations, the most telling first, each with where it was seen.
 * @param {PageCause['evidence']} evidence
 */
export function drawEvidence(evidence) {
  if (evidence.length === 0) return null
  const lines = evidence.map(({ source, text }) =>
    h('li', {}, h('span', { class: 'source' }, source), h('span', { class: 'quote' }, text)),
  )
  return h('ul', { class: 'evidence' }, ...lines)
}

/**
 * Numbered steps, each with its command and its risk.
 * @param {PageCause['remedy']} remedy
 */
export function drawRemedy(remedy) {
  if (remedy.length === 0) return null
  const steps = remedy.map(({ command, note, risk }) => {
    const isRisky = risk !== '' && risk !== 'none'
    const words = h('p', {}, note, isRisky && h('span', { class: 'risk' }, say('risk', risk)))
    return h('li', {}, words, command !== null && drawCommand(command))
  })
  return h('ol', { class: 'remedy' }, ...steps)
}

/**
 * All about a cause: why, what speaks against it, what follows, what to type.
 * @param {PageCause} cause
 */
export function drawCause({ id, evidence, against, consequences, remedy, isBuiltIn }) {
  const explain = h('code', {}, `fleetdx explain ${id}`)
  const [before, after] = say('explain', '\n').split('\n')
  return [
    drawPart(say('why'), [drawEvidence(evidence)]),
    drawPart(say('but'), [drawEvidence(against)]),
    drawPart(say('so'), consequences.length > 0 ? [h('ul', { class: 'plain' }, ...consequences.map(drawLine))] : []),
    drawPart(say('mend'), [drawRemedy(remedy), isBuiltIn ? h('p', { class: 'dim' }, before, explain, after) : null]),
  ]
}

/** @param {string} text */
export function drawLine(text) {
  return h('li', {}, text)
}

/**
 * `next-build-missing, likely`
 * @param {PageCause} cause
 */
export function nameCause({ id, confidence, effect }) {
  const sureness = { high: '', medium: say('likely'), low: say('perhaps') }[confidence]
  const words = [id, sureness, effect === 'risk' ? say('later') : '']
  return words.filter((word) => word !== '').join(', ')
}
