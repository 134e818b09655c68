import { joinWords } from '../language/join-words.js'
import { t } from '../language/language.js'

/** commander's complaint in the form of this program's own: `fleetdx: what is wrong`, and below it the mend. */
export function restateUsageError(complaint: string): string {
  // sample: error: unknown option '--formt'\n(Did you mean --format?)
  const [, what = complaint, nearest] = /^error: (.+?)\s*(?:\(Did you mean (.+)\?\))?\s*$/s.exec(complaint) ?? []
  const mend = nearest === undefined ? sayWhereListed(what) : sayNearest(nearest)
  return `fleetdx: ${translate(what)}\n${mend === undefined ? '' : `  ${mend}\n`}`
}

function sayNearest(nearest: string): string {
  // sample: one of --format, --from
  const several = /^one of (.+)$/.exec(nearest)?.[1]
  return several === undefined ? t`did you mean ${nearest}?` : t`did you mean one of ${several}?`
}

function sayWhereListed(what: string): string | undefined {
  // sample: unknown command 'frobnicate'
  const unknown = /^unknown (\w+)/.exec(what)?.[1]
  if (unknown === 'command') return t`fleetdx --help lists the commands`
  return unknown === 'option' ? t`fleetdx COMMAND --help lists the options` : undefined
}

type Complaint = [pattern: RegExp, restate: (...words: string[]) => string]

/** What commander complains of (its lib/command.js), each with what it becomes; the patterns are their own samples. */
const complaints: readonly Complaint[] = [
  [/^unknown command '(.*)'$/s, (name) => t`unknown command '${name}'`],
  [/^unknown option '(.*)'$/s, (flag) => t`unknown option '${flag}'`],
  [/^missing required argument '(.*)'$/, (name) => t`missing required argument '${name}'`],
  [/^option '(.*)' argument missing$/, (flags) => t`option '${flags}' argument missing`],
  [
    /^option '(.*?)' argument '(.*)' is invalid\. (.*)$/s,
    (flags, value, rule) => t`option '${flags}' argument '${value}' is invalid. ${sayRule(rule)}`,
  ],
  [
    /^command-argument value '(.*)' is invalid for argument '(.*)'\. (.*)$/s,
    (value, name, rule) => t`command-argument value '${value}' is invalid for argument '${name}'. ${sayRule(rule)}`,
  ],
  [
    /^option '(.*)' cannot be used with option '(.*)'$/,
    (flags, other) => t`option '${flags}' cannot be used with option '${other}'`,
  ],
  [
    /^too many arguments for '(.*)'\. Expected 1 argument but got (\d+)\.$/,
    (command, count) => t`too many arguments for '${command}'. Expected 1 argument but got ${count}.`,
  ],
  [
    /^too many arguments for '(.*)'\. Expected (\d+) arguments but got (\d+)\.$/,
    (command, most, count) => t`too many arguments for '${command}'. Expected ${most} arguments but got ${count}.`,
  ],
]

function translate(what: string): string {
  for (const [pattern, restate] of complaints) {
    const [whole, ...words] = pattern.exec(what) ?? []
    if (whole !== undefined) return restate(...words)
  }
  return what
}

/** Rules of this program's own are in its language already. */
function sayRule(rule = ''): string {
  // sample: Allowed choices are table, json.
  const choices = /^Allowed choices are (.*)\.$/.exec(rule)?.[1]
  return choices === undefined ? rule : t`Allowed choices are ${joinWords(choices.split(', '))}.`
}
