/** @import { PageHost } from '../page-host.js' */
import { choice, choose, matches, onChoice } from './choice.js'
import { h } from './dom.js'
import { hosts, shell } from './page.js'
import { drawMark, joinWords, linkHost, say } from './words.js'

/** Rows that are drawn at once; more follow when somebody gets there. */
const rowsAtOnce = 150

const hasDifferences = hosts.some(({ differs }) => differs.length > 0)

/** All hosts, a row each, by what they are compared by. */
export function drawTable() {
  const body = h('tbody', {})
  const heads = [drawHead(say('host'), 'host'), drawHead(say('verdict'), 'verdict')]
  if (hasDifferences) heads.push(drawHead(say('differs'), 'differs'))
  heads.push(...shell.columns.map(({ heading }, index) => drawHead(heading, `${index}`)))
  const caption = h('caption', { class: 'hidden' }, say('hosts'))
  const table = h('table', {}, caption, h('thead', {}, h('tr', {}, ...heads)), body)
  const more = h('button', { type: 'button', class: 'more', click: () => showMore(body, more, true) })
  const none = h('p', { class: 'none' }, say('noneMatch'))
  onChoice(() => {
    body.replaceChildren()
    none.hidden = matches.length > 0
    showMore(body, more, false)
  })
  const frame = h('div', { class: 'frame', tabindex: '0', role: 'region', 'aria-label': say('hosts') }, table)
  follow(more, body)
  return [frame, none, more]
}

/**
 * @param {string} heading
 * @param {string} sort
 */
function drawHead(heading, sort) {
  const head = h('th', { scope: 'col' }, h('button', { type: 'button', click: () => sortBy(sort) }, heading))
  onChoice(() => {
    const order = choice.isDescending ? 'descending' : 'ascending'
    if (choice.sort === sort) head.setAttribute('aria-sort', order)
    else head.removeAttribute('aria-sort')
  })
  return head
}

/**
 * First upwards, then downwards, then as it was.
 * @param {string} sort
 */
function sortBy(sort) {
  if (choice.sort !== sort) choose({ sort, isDescending: false })
  else if (!choice.isDescending) choose({ isDescending: true })
  else choose({ sort: '', isDescending: false })
}

/**
 * @param {HTMLElement} body
 * @param {HTMLElement} more
 * @param {boolean} hasFocus
 */
function showMore(body, more, hasFocus) {
  const first = body.childElementCount
  const next = matches.slice(first, first + rowsAtOnce)
  body.append(...next.flatMap((index) => drawRow(hosts[index])))
  const left = matches.length - body.childElementCount
  more.hidden = left === 0
  more.textContent = say('more', Math.min(left, rowsAtOnce))
  const row = body.children[first]
  if (hasFocus && row) row.querySelector('a')?.focus()
}

/** Browsers take minutes to lay thousands of rows out in pages. */
const mostPrintedRowsRows = 1000

/** Draws rows for paper, the most urgent ones, and tells how many are left out. */
export function showPrintedRows() {
  const body = document.querySelector('#hosts tbody')
  const missing = matches.slice(body?.childElementCount ?? 0, mostPrintedRowsRows)
  body?.append(...missing.flatMap((index) => drawRow(hosts[index])))
  return matches.length - (body?.childElementCount ?? 0)
}

/** @param {PageHost | undefined} host */
function drawRow(host) {
  if (!host) return []
  const { name, status, title, isWaived, cells, differs } = host
  return [
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, linkHost(name)),
      h(
        'td',
        { class: `status ${status}` },
        drawMark(status),
        h('span', { class: 'hidden' }, status === 'healthy' ? '' : say('named', say(status), '')),
        title,
        isWaived && h('span', { class: 'tag' }, say('waived')),
      ),
      hasDifferences && h('td', { class: 'differs' }, joinWords(differs)),
      ...cells.map(({ text, state }) => h('td', { class: state ?? '' }, text)),
    ),
  ]
}

/**
 * Draws the next rows before somebody reaches the end.
 * @param {HTMLElement} more
 * @param {HTMLElement} body
 */
function follow(more, body) {
  const watch = new IntersectionObserver(
    (entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) showMore(body, more, false)
    },
    { rootMargin: '600px' },
  )
  watch.observe(more)
}
