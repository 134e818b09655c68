/** @import { PageEdge, PagePath } from '../page-host.js' */
import { h } from './dom.js'
import { say } from './words.js'

const looks = {
  proven: { mark: '✔', word: () => say('proven') },
  broken: { mark: '✖', word: () => say('edgeBroken') },
  unknown: { mark: '?', word: () => say('edgeUnknown') },
}

/**
 * A request path: its links in the order in which a request passes them, the broken ones standing out.
 * @param {PagePath} path
 */
export function drawPath(path) {
  return h('div', { class: 'path' }, drawAnswers(path), h('ol', { class: 'chain' }, ...path.edges.map(drawLink)))
}

/** @param {PageEdge} edge */
function drawLink({ label, detail, state }) {
  const { mark, word } = looks[state]
  return h(
    'li',
    { class: `link ${state}` },
    h('span', { class: 'mark', 'aria-hidden': 'true' }, mark),
    h('span', { class: 'label' }, label),
    h('span', { class: 'hidden' }, ` (${word()}) `),
    detail !== '' && h('span', { class: 'detail' }, detail),
  )
}

/**
 * What a request got, by where it was made.
 * @param {PagePath} path
 */
function drawAnswers({ id, serves, directAnswer, gatewayAnswer, outsideAnswer, upstreamHost }) {
  /** @type {[string, string | null][]} */
  const answers = [
    [say('direct'), directAnswer],
    [say('gateway'), gatewayAnswer],
    [say('outside'), outsideAnswer],
  ]
  const state = serves === null ? say('unknown') : say(serves ? 'serves' : 'fails')
  return h(
    'p',
    { class: 'answers' },
    h('b', {}, id),
    h('span', { class: serves === false ? 'bad' : 'dim' }, state),
    upstreamHost !== null && h('span', { class: 'dim' }, say('onHost', upstreamHost)),
    ...answers.flatMap(([where, answer]) =>
      answer === null ? [] : [h('span', {}, `${where} `, h('b', { class: isGood(answer) ? '' : 'bad' }, answer))],
    ),
  )
}

/** @param {string} answer */
function isGood(answer) {
  return /^[1-4]\d\d$/.test(answer)
}
