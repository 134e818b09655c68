import { formatPlace, type SourcePlace } from '../../errors.js'
import { joinBoth, joinWords } from '../../language/join-words.js'
import { t } from '../../language/language.js'
import { sanitizeLine } from '../../sanitize.js'

/** What is to be said of a variable of a host: `'ansible_port' of web01 is a template …; write it out`. */
export interface Remark {
  place: SourcePlace
  /** Of the variable. */
  name: string
  what: string
  mend: string
  /** The setting that it would have given: without it, and without another word on it, nobody knows where the host is. */
  hides?: HiddenSetting
}

/** What must not be guessed: by the name, port 22, the own user or the direct way somebody else may answer. */
export type HiddenSetting = 'address' | 'port' | 'user' | 'jump'

const MOST_NAMED = 5

/** What is to be said of hosts: a line that concerns many of them is one note, which names them. */
export function writeRemarks(hosts: Iterable<{ name: string; remarks?: readonly Remark[] }>): string[] {
  const pages = new Map<string, { remark: Remark; names: Set<string> }>()
  for (const { name, remarks = [] } of hosts) {
    for (const remark of remarks) {
      const key = JSON.stringify(remark)
      const page = pages.get(key) ?? { remark, names: new Set() }
      pages.set(key, page)
      page.names.add(name)
    }
  }
  return [...pages.values()].map(({ remark: { place, name, what, mend }, names }) =>
    sanitizeLine(t`${formatPlace(place)}: '${name}' of ${joinNames([...names])} ${what}; ${mend}`),
  )
}

/** `web01, web02 and web03`, or `web01, web02, web03, web04, web05 and 15 more`. */
export function joinNames(names: readonly string[]): string {
  if (names.length > MOST_NAMED + 1) {
    return t`${joinWords(names.slice(0, MOST_NAMED))} and ${names.length - MOST_NAMED} more`
  }
  return joinBoth([joinWords(names.slice(0, -1)), ...names.slice(-1)].filter((part) => part !== ''))
}
