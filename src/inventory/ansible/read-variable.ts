import { formatPlace } from '../../errors.js'
import { t } from '../../language/language.js'
import type { SettingsLevel } from '../load.js'
import type { Settings } from '../schema.js'
import { isEncrypted } from './ansible-yaml.js'
import type { HiddenSetting, Remark } from './notes.js'
import type { SourceValue, Variables } from './tree.js'

/** A variable that is set, and its text. */
export interface Given {
  name: string
  text: string
  source: SourceValue
}

/** The variables of a host, and whom what cannot be used is told to. */
export interface Reading {
  variables: Variables
  report: (remark: Remark) => void
}

/** The same reading, of what gives that setting. */
export function readingOf(hides: HiddenSetting, { variables, report }: Reading): Reading {
  return { variables, report: (remark) => report({ ...remark, hides }) }
}

const BOOLEANS = new Map([
  ...['y', 'yes', 'on', '1', 'true', 't'].map((word) => [word, true] as const),
  ...['n', 'no', 'off', '0', 'false', 'f'].map((word) => [word, false] as const),
])

/** A truth as Ansible has it: `yes`, `on`, `1`. */
export function readBoolean(names: string[], reading: Reading): { value: boolean; given: Given } | undefined {
  const given = readText(names, t`write true or false`, reading)
  if (given === undefined) return undefined
  const value = BOOLEANS.get(given.text.toLowerCase().trim())
  if (value === undefined) reportOdd(given, t`true or false`, reading)
  return value === undefined ? undefined : { value, given }
}

/** Of several names of one thing the last that is set counts, as for Ansible: the older name. */
export function readText(names: string[], mend: string, { variables, report }: Reading): Given | undefined {
  const name = names.findLast((each) => (variables.get(each)?.value ?? '') !== '')
  const source = name === undefined ? undefined : variables.get(name)
  if (name === undefined || source === undefined) return undefined
  const { value, place } = source
  const refuse = (what: string) => void report({ place, name, what, mend })
  if (typeof value === 'number' || typeof value === 'boolean') return { name, text: String(value), source }
  if (typeof value !== 'string') return refuse(t`is no text, and is not used`)
  if (isEncrypted(value)) return refuse(t`is encrypted by ansible-vault, which is not opened`)
  // sample: {{ inventory_hostname }}.example.com
  const [template] = /\{\{.*?(?:\}\}|$)|\{%.*?(?:%\}|$)/s.exec(value) ?? []
  if (template !== undefined) return refuse(t`is a template, which only Ansible fills in ('${template}')`)
  return { name, text: value, source }
}

/** Reports what is not as the rule has it. */
export function keepIf(given: Given | undefined, isGood: (text: string) => boolean, rule: string, reading: Reading) {
  if (given === undefined || isGood(given.text)) return given
  reportOdd(given, rule, reading)
  return undefined
}

/** Says that a value is not as the rule has it, and is not used. */
export function reportOdd({ name, text, source }: Given, rule: string, { report }: Reading): void {
  const hasComment = /\s[#;]/.test(text)
  const mend = hasComment
    ? t`put the comment on a line of its own: here it is part of the value`
    : t`correct it, or take it out`
  // Arguments may hold a password: ProxyCommand="sshpass -p …".
  const what = name.endsWith('_args')
    ? t`must be ${rule}, and is not used`
    : t`must be ${rule}, not '${text}', and is not used`
  report({ place: source.place, name, what, mend })
}

/** What a variable sets, with the line that says so. */
export function toLevel({ source }: Given, settings: Settings): SettingsLevel {
  return { label: formatPlace(source.place), settings }
}
