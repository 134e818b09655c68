import { sanitizeLine } from '../sanitize.js'

const mostCharacters = 400

/** The words of sudo and doas that tell why they refused, on one line: without lectures, prompts and noise. */
export function readRefusal(said: string, user: string): string {
  const lines = said.split('\n').map((line) => sanitizeLine(line.replace(promptPattern, '')).trim())
  const telling = lines.filter((line) => tellingPattern.test(line) && !noisePattern.test(line))
  const [first] = lines.filter((line) => line !== '')
  // sample: [fleetdx: root]
  const asked = [...said.matchAll(/\[fleetdx: ([^\]\n]{1,64})\]/g)].map(([, name]) => name)
  const other = asked.find((name) => name !== user && name !== '%p')
  const words = telling.length === 0 && first !== undefined ? [first] : telling
  const all = other === undefined ? words : [`sudo asked for the password of ${other}`, ...words]
  return [...new Set(all)].join('; ').slice(0, mostCharacters)
}

const promptPattern = /\[fleetdx: [^\]\n]*\]\s*/g

// sample: sudo: a password is required; Sorry, user ops is not allowed to execute '/bin/sh' as root on web1.
const tellingPattern = /^(?:sudo|doas)(?:: | is not installed)|^Sorry, user|^I'm sorry|sudoers file|^Sorry, try again/

// What sudo says besides, whatever comes of it.
const noisePattern =
  /unable to resolve host|no password was provided|^Sorry, try again|unable to send audit|doas is not enabled|Authentication failed, try again/
