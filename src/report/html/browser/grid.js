/** @import { PageHost } from '../page-host.js' */
import { choice, choose, collator, isFiltered, matches, onChoice } from './choice.js'
import { h } from './dom.js'
import { hosts } from './page.js'
import { drawMark, joinWords, markOf, say, statuses } from './words.js'

/** With more hosts than these a cell has room for its mark only, or for its pattern only. */
const mostNamed = 120
const mostMarked = 1000

/** Whether every cell bears its name, so that the grid is a list of hosts, too. */
export const isNamed = hosts.length <= mostNamed

/** The fleet at a glance: a cell a host, by groups where there are some, each a link to its details. */
export function drawGrid() {
  const peek = h('p', { class: 'peek', 'aria-hidden': 'true' }, say('fleetHint'))
  const groups = groupHosts()
  const boxes = [...groups].map(([group, indexes]) => drawGroup(groups.size > 1 ? group : '', indexes))
  const grid = h('div', { class: `grid ${chooseSize()}`, role: 'group', 'aria-label': say('fleet') }, ...boxes)
  grid.addEventListener('keydown', (event) => moveFocus(grid, event))
  for (const type of ['focusin', 'pointerover']) grid.addEventListener(type, (event) => tellCell(peek, event.target))
  grid.querySelector('.cell')?.setAttribute('tabindex', '0')
  onChoice(() => dimOthers(grid))
  return h('section', { id: 'fleet' }, h('h2', {}, say('fleet')), grid, peek)
}

function chooseSize() {
  if (isNamed) return 'named'
  return hosts.length <= mostMarked ? 'small' : 'small tiny'
}

function groupHosts() {
  /** @type {Map<string, number[]>} */
  const groups = new Map()
  const byName = hosts.map((_, index) => index)
  byName.sort((a, b) => collator.compare(hosts[a]?.name ?? '', hosts[b]?.name ?? ''))
  for (const index of byName) {
    const group = hosts[index]?.groups[0] ?? ''
    const members = groups.get(group)
    if (members) members.push(index)
    else groups.set(group, [index])
  }
  return groups
}

/**
 * @param {string} group
 * @param {number[]} indexes
 */
function drawGroup(group, indexes) {
  const cells = h('div', { class: 'cells' }, ...indexes.flatMap((index) => drawCell(hosts[index], index)))
  return h('div', { class: 'group' }, group !== '' && h('h3', {}, group), cells)
}

/**
 * @param {PageHost | undefined} host
 * @param {number} index
 */
function drawCell(host, index) {
  if (!host) return []
  const { name, status, title, isWaived } = host
  const state = isWaived ? say('waivedAs', say(status)) : say(status)
  const words = say('named', name, joinWords(status === 'healthy' ? [state] : [state, title]))
  return [
    h(
      'a',
      {
        class: `cell ${status}${isWaived ? ' waived' : ''}`,
        href: `#host=${encodeURIComponent(name)}`,
        'aria-label': words,
        tabindex: '-1',
        'data-index': index,
      },
      markOf(status),
      isNamed && h('span', {}, name),
    ),
  ]
}

/**
 * The words of a cell in full, for whoever points at it.
 * @param {HTMLElement} peek
 * @param {EventTarget | null} target
 */
function tellCell(peek, target) {
  const cell = target instanceof Element ? target.closest('.cell') : null
  if (cell) peek.textContent = cell.getAttribute('aria-label')
}

/** @param {HTMLElement} grid */
function dimOthers(grid) {
  const wanted = new Set(matches)
  for (const cell of grid.querySelectorAll('.cell')) {
    const isOff = isFiltered() && !wanted.has(Number(cell.getAttribute('data-index')))
    cell.classList.toggle('off', isOff)
  }
}

/**
 * One cell at a time can be reached by Tab; arrows move among them.
 * @param {HTMLElement} grid
 * @param {KeyboardEvent} event
 */
function moveFocus(grid, event) {
  /** @type {HTMLElement[]} */
  const cells = [...grid.querySelectorAll('a')]
  const here = cells.findIndex((cell) => cell.matches(':focus'))
  const next = cells[findNext(cells, here, event.key)]
  if (here < 0 || !next) return
  event.preventDefault()
  cells[here]?.setAttribute('tabindex', '-1')
  next.setAttribute('tabindex', '0')
  next.focus()
}

/**
 * @param {HTMLElement[]} cells
 * @param {number} here
 * @param {string} key
 */
function findNext(cells, here, key) {
  if (key === 'ArrowRight') return here + 1
  if (key === 'ArrowLeft') return here - 1
  if (key === 'Home') return 0
  if (key === 'End') return cells.length - 1
  if (key === 'ArrowDown') return findBeside(cells, here, 1)
  return key === 'ArrowUp' ? findBeside(cells, here, -1) : -1
}

/**
 * The cell above or below: the nearest one of the next row that there is in that direction.
 * @param {HTMLElement[]} cells
 * @param {number} here
 * @param {1 | -1} step
 */
function findBeside(cells, here, step) {
  const own = cells[here]?.getBoundingClientRect()
  let best = -1
  let bestDistance = Number.POSITIVE_INFINITY
  let row = own?.top ?? 0
  for (let index = here + step; own && cells[index]; index += step) {
    const { top, left } = cells[index]?.getBoundingClientRect() ?? own
    if (best >= 0 && top !== row) break
    row = top
    const distance = Math.abs(left - own.left)
    if (top !== own.top && distance < bestDistance) [best, bestDistance] = [index, distance]
  }
  return best
}

/** How many hosts are of each status; each is a button that leaves only these. */
export function drawLegend() {
  const buttons = statuses.flatMap((status) => {
    const count = hosts.filter((host) => host.status === status).length
    if (count === 0) return []
    const press = () => choose({ status: choice.status === status ? '' : status })
    return [
      h(
        'button',
        { type: 'button', class: 'chip', click: press },
        drawMark(status),
        h('b', {}, `${count}`),
        say(status),
      ),
    ]
  })
  const shown = statuses.filter((status) => hosts.some((host) => host.status === status))
  onChoice(() => {
    for (const [index, button] of buttons.entries())
      button.setAttribute('aria-pressed', `${shown[index] === choice.status}`)
  })
  return h('div', { class: 'legend', role: 'group', 'aria-label': say('status') }, ...buttons)
}
