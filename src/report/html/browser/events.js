/** @import { PageDetails, PageEvent } from '../page-host.js' */
import { drawBar, drawShape, drawTicks, placeOf, sortOf } from './axis.js'
import { h, s } from './dom.js'
import { say, tellTime } from './words.js'

const base = 46
const tallest = 38

/**
 * What happened on a host: a plot, and the few events that tell how the trouble came; the others on demand.
 * @param {PageDetails} details
 */
export function drawEvents({ events, eventsLeft, clockSkewMs }) {
  const key = events.filter(({ isKey }) => isKey)
  if (key.length === 0) return []
  const list = drawList(key)
  const more = events.length > key.length && drawMore(events, list)
  const notes = [
    'UTC',
    ...(clockSkewMs === null ? [say('clockUnknown')] : []),
    ...(eventsLeft > 0 ? [say('eventsLeft', eventsLeft)] : []),
  ]
  return [drawPlot(key), list, h('p', { class: 'dim' }, notes.join(' · '), ' ', more)]
}

/**
 * @param {PageEvent[]} events
 * @param {HTMLElement} list
 */
function drawMore(events, list) {
  const button = h('button', { type: 'button', class: 'quiet', click: show }, say('eventsMore', events.length))
  function show() {
    list.replaceWith(drawList(events))
    button.remove()
  }
  return button
}

/** @param {PageEvent[]} events */
function drawList(events) {
  const last = events.at(-1)
  return h('ol', { class: 'events' }, ...events.map((event) => drawEvent(event, last?.until ?? last?.at ?? 0)))
}

/**
 * @param {PageEvent} event
 * @param {number} besideMs
 */
function drawEvent(event, besideMs) {
  const { at, mayBeOlder, kind, source } = event
  const time = h('time', { datetime: new Date(at).toISOString() }, tellTime(at, besideMs))
  return h(
    'li',
    { class: sortOf(kind) },
    time,
    h('span', {}, tell(event, besideMs), mayBeOlder && h('span', { class: 'dim' }, ` (${say('orBefore')})`)),
    h('span', { class: 'source' }, source),
  )
}

/**
 * `8× nginx: connect refused, until 10:30:12`
 * @param {Pick<PageEvent, 'text' | 'count' | 'until'>} event
 * @param {number} besideMs
 */
function tell({ text, count, until }, besideMs) {
  if (count === undefined) return text
  const words = `${count}× ${text}`
  return until === undefined ? words : say('until', words, tellTime(until, besideMs))
}

/** @param {PageEvent[]} events */
function drawPlot(events) {
  const axis = spanOf(events)
  const rates = events.map(rateOf)
  const highest = Math.max(...rates, 1)
  const marks = events.map((event, index) => {
    const words = `${tellTime(event.at)} ${tell(event, event.at)}`
    const sort = sortOf(event.kind)
    const rate = rates[index] ?? 0
    if (rate === 0) return drawShape(sort, `${placeOf(event.at, axis)}%`, sort === 'trouble' ? base - 6 : 8, words)
    const height = Math.max(Math.sqrt(rate / highest) * tallest, 6)
    return drawBar({ at: event.at, until: event.until ?? event.at }, axis, { base, height }, words)
  })
  return h(
    'div',
    { class: 'plot' },
    s(
      'svg',
      { width: '100%', height: base + 20, role: 'img', 'aria-label': say('plot') },
      drawTicks(axis, base, true),
      s('line', { class: 'base', x1: '0', x2: '100%', y1: base, y2: base }),
      marks,
    ),
  )
}

/**
 * Errors a minute; 0 for what happened once.
 * @param {PageEvent} event
 */
function rateOf({ at, until = at, count }) {
  return count === undefined ? 0 : count / Math.max((until - at) / 60_000, 1)
}

/** @param {PageEvent[]} events */
function spanOf(events) {
  const from = Math.min(...events.map(({ at }) => at))
  const to = Math.max(...events.map(({ at, until = at }) => until))
  const margin = Math.max((to - from) * 0.04, 30_000)
  return { from: from - margin, to: to + margin }
}
