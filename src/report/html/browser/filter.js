import { choice, choose, collator, isFiltered, matches, onChoice } from './choice.js'
import { h } from './dom.js'
import { hosts } from './page.js'
import { say, statuses } from './words.js'

/** What leaves only some hosts in the table, and bright in the grid. */
export function drawFilter() {
  const search = h('input', {
    type: 'search',
    placeholder: say('searchHint'),
    autocomplete: 'off',
    spellcheck: 'false',
  })
  search.addEventListener('input', () => choose({ text: search.value }))
  const present = statuses.filter((status) => hosts.some((host) => host.status === status))
  const count = h('output', { class: 'count' })
  const reset = h('button', { type: 'button', class: 'quiet', click: clear }, say('reset'))
  onChoice(() => {
    if (search.value !== choice.text) search.value = choice.text
    count.textContent = say('count', matches.length, hosts.length)
    reset.hidden = !isFiltered()
  })
  return h(
    'form',
    { class: 'filter', role: 'search', submit: (/** @type {Event} */ event) => event.preventDefault() },
    label(say('search'), search),
    ...drawSelect(
      'status',
      say('status'),
      present.map((status) => [status, say(status)]),
    ),
    ...drawSelect('group', say('group'), listValues(hosts.flatMap(({ groups }) => groups))),
    ...drawSelect('cause', say('cause'), listValues(hosts.flatMap(({ cause }) => cause ?? []))),
    count,
    reset,
  )
}

function clear() {
  choose({ text: '', status: '', group: '', cause: '' })
}

/**
 * @param {string} text
 * @param {HTMLElement} control
 */
function label(text, control) {
  return h('label', {}, h('span', {}, text), control)
}

/**
 * @param {string[]} values
 * @returns {[string, string][]}
 */
function listValues(values) {
  const sorted = [...new Set(values)].sort(collator.compare)
  return sorted.map((value) => [value, value])
}

/**
 * Nothing where there is nothing to choose from.
 * @param {'status' | 'group' | 'cause'} key
 * @param {string} heading
 * @param {[string, string][]} options
 */
function drawSelect(key, heading, options) {
  if (options.length < 2) return []
  const select = h('select', {}, h('option', { value: '' }, say('any')))
  select.append(...options.map(([value, text]) => h('option', { value }, text)))
  select.addEventListener('change', () => choose({ [key]: select.value }))
  onChoice(() => {
    select.value = choice[key]
  })
  return [label(heading, select)]
}
