import { matches } from './choice.js'
import { drawDetails } from './details.js'
import { h } from './dom.js'
import { findHost, hosts } from './page.js'
import { say } from './words.js'

const title = h('h2', { id: 'sheet-title', tabindex: '-1' })
const body = h('div', { class: 'sheet-body' })
const previous = drawStep(-1)
const next = drawStep(1)
const close = h(
  'button',
  { type: 'button', class: 'close', 'aria-label': say('close'), click: () => sheet.close() },
  '✕',
)
const sheet = h(
  'dialog',
  { id: 'sheet', 'aria-labelledby': 'sheet-title' },
  h('div', { class: 'sheet-head' }, title, previous, next, close),
  body,
)

/** The sheet that shows the details of the host that the address names: `#host=web03`. */
export function drawSheet() {
  sheet.addEventListener('close', forgetAddress)
  // A press beside the sheet closes it; one inside is of one of its parts.
  sheet.addEventListener('click', (event) => event.target === sheet && sheet.close())
  addEventListener('hashchange', followAddress)
  return sheet
}

/** @param {1 | -1} step */
function drawStep(step) {
  const words = say(step > 0 ? 'next' : 'previous')
  const button = h('button', { type: 'button', 'aria-label': words, title: words }, step > 0 ? '↓' : '↑')
  button.addEventListener('click', () => {
    const name = neighbour(step)
    if (name !== undefined) location.hash = `#host=${encodeURIComponent(name)}`
  })
  return button
}

/**
 * The host before or after the one that is shown, among those of the table.
 * @param {1 | -1} step
 */
function neighbour(step) {
  const here = matches.indexOf(findHost(nameInAddress()) ?? -1)
  return hosts[matches[here + step] ?? -1]?.name
}

function nameInAddress() {
  const [, name] = /^#host=(.*)$/.exec(location.hash) ?? []
  try {
    return decodeURIComponent(name ?? '')
  } catch {
    return name ?? ''
  }
}

/** Shows the host that the address names, or closes. */
export function followAddress() {
  const name = nameInAddress()
  if (name === '') return sheet.close()
  const index = findHost(name)
  title.textContent = name
  body.replaceChildren(...(index === undefined ? [h('p', {}, say('notThere', name))] : drawDetails(index)))
  previous.disabled = neighbour(-1) === undefined
  next.disabled = neighbour(1) === undefined
  if (!sheet.open) sheet.showModal()
  body.scrollTop = 0
  title.focus()
}

function forgetAddress() {
  if (location.hash !== '') history.replaceState(null, '', `${location.pathname}${location.search}`)
}

export function isSheetOpen() {
  return sheet.open
}
