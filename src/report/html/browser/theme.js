import { h } from './dom.js'
import { say } from './words.js'

const prefersDark = matchMedia('(prefers-color-scheme: dark)')

/** A switch between light and dark; until it is used, the system's wish holds, and on the next visit again. */
export function drawThemeSwitch() {
  const root = document.documentElement
  const isDark = () => (root.dataset.theme ?? (prefersDark.matches ? 'dark' : 'light')) === 'dark'
  const button = h('button', { type: 'button', class: 'theme' })
  const tell = () => {
    button.textContent = say(isDark() ? 'themeLight' : 'themeDark')
  }
  button.addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark'
    tell()
  })
  prefersDark.addEventListener('change', tell)
  tell()
  return button
}
