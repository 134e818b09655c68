/** @import { PageCause, PageDetails, PageHost } from '../page-host.js' */
import { drawPath } from './chain.js'
import { drawCommand } from './copy.js'
import { h } from './dom.js'
import { drawEvents } from './events.js'
import { drawCause, drawEvidence, drawLine, drawPart, drawRemedy, nameCause } from './finding.js'
import { detailsOf, hosts } from './page.js'
import { drawMark, say } from './words.js'

/**
 * All that is told of a host, from the verdict to what could not be seen.
 * @param {number} index
 * @param {boolean} hasHead whether the verdict is to be told
 */
export function drawDetails(index, hasHead = true) {
  const host = hosts[index]
  if (!host) return []
  const details = detailsOf(index)
  const [root, ...others] = details.causes
  const [main, ...paths] = details.paths
  return [
    ...(hasHead ? drawVerdict(host, root) : []),
    drawPart(say('waived'), details.waivers.map(drawWaiver)),
    ...drawReach(details, host.verdict),
    drawPart(say('path'), main ? [drawPath(main)] : []),
    ...(root ? drawCause(root) : []),
    drawPart(say('when'), drawEvents(details)),
    drawPart(say('errors'), drawErrors(details)),
    drawPart(say('also'), [...others.map(drawOther), ...paths.map(drawOtherPath)]),
    drawPart(say('or'), drawRivals(details)),
    drawPart(say('note'), drawNotes(details, host.verdict)),
    drawPart(say('checks'), drawChecks(details)),
    drawPart(say('unseen'), drawBlind(details)),
    drawPart(say('host'), [h('p', { class: 'dim' }, describeHost(details, host.groups))]),
  ].filter((node) => node !== null)
}

/**
 * @param {PageHost} host
 * @param {PageCause | undefined} root
 */
function drawVerdict({ status, verdict }, root) {
  const word = h('b', {}, say(status))
  return [
    h('p', { class: `verdict ${status}` }, drawMark(status), status === 'healthy' ? null : [word, ' '], verdict),
    root ? h('p', { class: 'dim id' }, nameCause(root)) : null,
  ]
}

/**
 * Why there was no session, where, and what to type.
 * @param {PageDetails} details
 * @param {string} verdict
 */
function drawReach({ reason }, verdict) {
  if (!reason) return []
  const { hop, phase, message, mend } = reason
  return [
    drawPart(say('why'), verdict.includes(message) ? [] : [h('p', {}, message)]),
    drawPart(say('where'), [h('p', {}, `${hop} · ${phase} · ${reason.reason}`)]),
    drawPart(say('mend'), mend === null ? [] : [drawCommand(mend)]),
  ]
}

/** @param {PageDetails['waivers'][number]} waiver */
function drawWaiver({ cause, reason, owner, until, isExpired }) {
  const words = say(isExpired ? 'waivedBefore' : 'waivedUntil', cause, until, owner, reason)
  return h('p', { class: isExpired ? 'bad' : '' }, words)
}

/** @param {PageDetails['causes'][number]} cause */
function drawOther(cause) {
  const head = h('summary', {}, cause.summary, ' ', h('span', { class: 'dim' }, nameCause(cause)))
  return h('details', { class: 'other' }, head, ...drawCause(cause).filter((node) => node !== null))
}

/** @param {PageDetails['paths'][number]} path */
function drawOtherPath(path) {
  const head = h('summary', {}, path.id, path.serves === false && h('span', { class: 'bad' }, ` ${say('fails')}`))
  return h('details', { class: 'other' }, head, drawPath(path))
}

/**
 * Errors of the last hour, a bar a kind.
 * @param {PageDetails} details
 */
function drawErrors({ errors }) {
  if (errors.length === 0) return []
  const most = Math.max(...errors.map(({ count }) => count))
  const rows = errors.map(({ kind, count }) => {
    const bar = h('span', { class: 'bar', 'aria-hidden': 'true' })
    bar.style.setProperty('--share', `${count / most}`)
    return h('li', {}, h('span', { class: 'kind' }, kind), h('b', {}, `${count}`), bar)
  })
  return [h('p', { class: 'dim' }, say('errorsLastHour')), h('ul', { class: 'bars' }, ...rows)]
}

/** @param {PageDetails} details */
function drawRivals({ undecided }) {
  return undecided.map(({ title, id, because, decide }) =>
    h(
      'div',
      {},
      h('p', {}, say('couldBe', say('aside', title, id), because)),
      decide !== null && h('p', { class: 'dim' }, say('decide')),
      decide !== null && drawCommand(decide),
    ),
  )
}

/**
 * @param {PageDetails} details
 * @param {string} verdict
 */
function drawNotes({ notes, trouble }, verdict) {
  const own = notes.map(({ summary, id, evidence, remedy }) =>
    h(
      'div',
      {},
      h('p', {}, `${summary} `, h('span', { class: 'dim' }, id)),
      drawEvidence(evidence),
      drawRemedy(remedy),
    ),
  )
  return [...own, ...trouble.filter((text) => text !== verdict).map((text) => h('p', {}, text))]
}

/** @param {PageDetails} details */
function drawChecks({ checks }) {
  if (checks.length === 0) return []
  const rows = checks.map(({ name, state, message }) =>
    h('li', { class: state === 'fail' ? 'bad' : '' }, h('b', {}, name), ` ${say('named', say(state), message)}`),
  )
  return [h('ul', { class: 'plain' }, ...rows)]
}

/** @param {PageDetails} details */
function drawBlind({ blind }) {
  return blind.length === 0 ? [] : [h('ul', { class: 'plain dim' }, ...blind.map(drawLine))]
}

/**
 * `deploy@10.0.0.1:22 · web · env=prod · looked at as root (sudo) · ssh2 · 3.2 s`
 * @param {PageDetails} details
 * @param {string[]} groups
 */
function describeHost({ place, labels, right, transport, took }, groups) {
  const words = [
    place,
    ...groups,
    ...Object.entries(labels).map(([name, value]) => `${name}=${value}`),
    ...(right ? [say('at', `${right.user} (${right.kind})`)] : []),
    ...(transport === null ? [] : [transport]),
    took,
  ]
  return words.join(' · ')
}
