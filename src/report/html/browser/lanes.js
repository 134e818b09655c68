/** @import { Lane, Lanes, Mark } from '../lanes.js' */
import { drawBar, drawShape, drawTicks, placeOf, sortOf } from './axis.js'
import { h, s } from './dom.js'
import { shell } from './page.js'
import { joinWords, say, tellTime } from './words.js'

const height = 26

/** How the trouble came, over all hosts on one axis: a lane for those that are sick in the same way. */
export function drawLanes() {
  const { lanes } = shell
  if (!lanes || lanes.lanes.length === 0) return null
  return h(
    'section',
    { id: 'outbreak' },
    h('h2', {}, say('outbreak')),
    h('p', { class: 'dim' }, say('outbreakHint', tellTime(lanes.from), tellTime(lanes.to, lanes.from))),
    h('div', { class: 'key' }, drawKey('trouble'), drawKey('change'), drawKey('start')),
    h('ol', { class: 'lanes' }, ...lanes.lanes.map((lane) => drawLane(lane, lanes))),
    s('svg', { class: 'axis', width: '100%', height: 18, 'aria-hidden': 'true' }, drawTicks(lanes, 2, true)),
  )
}

/** @param {'trouble' | 'change' | 'start'} sort */
function drawKey(sort) {
  const word = { trouble: say('lanesTrouble'), change: say('lanesChange'), start: say('lanesStart') }[sort]
  const shape = s('svg', { width: 14, height: 14, 'aria-hidden': 'true' }, drawShape(sort, '7', 7, word))
  return h('span', {}, shape, word)
}

/**
 * @param {Lane} lane
 * @param {Lanes} axis
 */
function drawLane({ title, hosts, marks }, axis) {
  const first = marks.filter(({ kind }) => sortOf(kind) === 'trouble').toSorted((a, b) => a.at - b.at)[0]
  const onset = first ? `${first.mayBeOlder ? '≤ ' : ''}${tellTime(first.at, axis.to)}` : ''
  return h(
    'li',
    {},
    h('p', {}, h('b', {}, hosts), ' ', title, h('span', { class: 'onset' }, onset)),
    s(
      'svg',
      {
        width: '100%',
        height,
        role: 'img',
        'aria-label': say('named', hosts, joinWords([title, ...marks.map(tellMark)], 'clauses')),
      },
      drawTicks(axis, height, false),
      ...marks.map((mark) => drawMarkOn(mark, axis)),
    ),
  )
}

/**
 * @param {Mark} mark
 * @param {Lanes} axis
 */
function drawMarkOn(mark, axis) {
  const sort = sortOf(mark.kind)
  if (mark.until > mark.at && sort === 'trouble') return drawBar(mark, axis, { base: 21, height: 16 }, tellMark(mark))
  return drawShape(sort, `${placeOf(mark.at, axis)}%`, 13, tellMark(mark))
}

/** @param {Mark} mark */
function tellMark({ at, count, text, hosts, host }) {
  const where = hosts > 1 ? say('onHosts', hosts) : host
  return `${tellTime(at)} ${say('aside', count === undefined ? text : `${count}× ${text}`, where)}`
}
