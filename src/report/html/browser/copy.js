import { h } from './dom.js'
import { say } from './words.js'

/**
 * A command, whole and as it is, with a button that copies it.
 * @param {string} text
 */
export function drawCommand(text) {
  const code = h('code', { tabindex: '0' }, text)
  const said = h('span', { class: 'said', role: 'status' })
  const button = h('button', { class: 'copy', type: 'button', click: () => copy(text, code, said) }, say('copy'))
  return h('div', { class: 'command' }, h('pre', {}, code), button, said)
}

/**
 * @param {string} text
 * @param {HTMLElement} code
 * @param {HTMLElement} said
 */
async function copy(text, code, said) {
  const isCopied = await writeClipboard(text)
  // Where no page may write to the clipboard, what is left is to select it for the person.
  if (!isCopied) getSelection()?.selectAllChildren(code)
  said.textContent = say(isCopied ? 'copied' : 'selected')
  setTimeout(() => said.replaceChildren(), 4000)
}

/** @param {string} text */
async function writeClipboard(text) {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
