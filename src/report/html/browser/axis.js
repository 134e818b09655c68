/** @import { PageEvent } from '../page-host.js' */
import { s } from './dom.js'

const second = 1000
const minute = 60 * second
const shortSteps = [5, 10, 30].map((seconds) => seconds * second)
const longSteps = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10_080, 43_200].map(
  (minutes) => minutes * minute,
)
const steps = [...shortSteps, ...longSteps]
const mostTicks = 5

/** @typedef {{ from: number, to: number }} Axis epoch milliseconds */

/**
 * Where a moment is, in per cent of the width.
 * @param {number} ms
 * @param {Axis} axis
 */
export function placeOf(ms, { from, to }) {
  return Math.min(Math.max(((ms - from) / (to - from)) * 100, 0), 100)
}

/**
 * Lines at round times, with their labels if there is room below.
 * @param {Axis} axis
 * @param {number} height
 * @param {boolean} isLabelled
 */
export function drawTicks(axis, height, isLabelled) {
  const { from, to } = axis
  const step = steps.find((ms) => (to - from) / ms <= mostTicks) ?? (to - from) / mostTicks
  const first = Math.ceil(from / step) * step
  const ticks = Array.from({ length: Math.floor((to - first) / step) + 1 }, (_, index) => first + index * step)
  return ticks.flatMap((ms) => {
    const x = `${placeOf(ms, axis)}%`
    const line = s('line', { class: 'tick', x1: x, x2: x, y1: 0, y2: height })
    if (!isLabelled) return [line]
    return [
      line,
      s('text', { class: 'tick-label', x, y: height + 14, 'text-anchor': anchorOf(ms, axis) }, labelTick(ms, step)),
    ]
  })
}

/**
 * @param {number} ms
 * @param {Axis} axis
 */
function anchorOf(ms, axis) {
  const place = placeOf(ms, axis)
  if (place < 6) return 'start'
  return place > 94 ? 'end' : 'middle'
}

/**
 * @param {number} ms
 * @param {number} step
 */
function labelTick(ms, step) {
  const iso = new Date(ms).toISOString()
  if (step >= 1440 * minute) return iso.slice(5, 10)
  if (step < minute) return iso.slice(11, 19)
  return iso.slice(11, 16) === '00:00' ? iso.slice(5, 10) : iso.slice(11, 16)
}

/** @typedef {'trouble' | 'change' | 'start'} Sort */

/**
 * What an event is to somebody who looks for the cause.
 * @param {PageEvent['kind']} kind
 * @returns {Sort}
 */
export function sortOf(kind) {
  if (['gateway-errors', 'gateway-failure', 'app-exit', 'oom-kill', 'disk-full'].includes(kind)) return 'trouble'
  return ['configuration', 'settings', 'deploy', 'build'].includes(kind) ? 'change' : 'start'
}

/** A shape for each, so that they are told apart without colours; each 10 pixels wide, around 0/0. */
const shapes = { trouble: 'M-4-4H4V4H-4Z', change: 'M0-5.5L5.5 0L0 5.5L-5.5 0Z', start: 'M-5 4.5L0-5L5 4.5Z' }

/**
 * One event as a shape, with words for whoever points at it.
 * @param {Sort} sort
 * @param {string} x
 * @param {number} y
 * @param {string} words
 */
export function drawShape(sort, x, y, words) {
  return s(
    'svg',
    { x, y, overflow: 'visible', width: 1, height: 1 },
    s('path', { class: sort, d: shapes[sort] }, s('title', {}, words)),
  )
}

/**
 * What lasted, as a bar from its first time to its last.
 * @param {{ at: number, until: number }} span
 * @param {Axis} axis
 * @param {{ base: number, height: number }} place
 * @param {string} words
 */
export function drawBar({ at, until }, axis, { base, height }, words) {
  const x = placeOf(at, axis)
  const width = Math.max(placeOf(until, axis) - x, 0.6)
  return s(
    'rect',
    { class: 'trouble', x: `${x}%`, width: `${width}%`, y: base - height, height, rx: 1 },
    s('title', {}, words),
  )
}
