/** The languages that messages are written in: English, and Simplified Chinese. */
export const languages = ['en', 'zh'] as const

export type Language = (typeof languages)[number]

/** Messages by their English: what stands in for values is `{0}`, `{1}`… in the order of the English. */
export type Catalog = Readonly<Record<string, string>>

let current: Language = 'en'
let catalog: Catalog | undefined

/**
 * Sets the language of all messages that are made from now on, for the whole process, as a locale does. A record keeps
 * the language in which it was made.
 */
export async function setLanguage(language: Language): Promise<void> {
  catalog = language === 'en' ? undefined : (await import('./zh/index.js')).zh
  current = language
}

export function currentLanguage(): Language {
  return current
}

/**
 * A message in the language that is set; its English is the key of the catalogue, so that the code reads as before:
 *
 *     t`${app.name} keeps crashing (${restarts} restarts)`
 *
 * Values go in as they are: a value with words of its own is a message, too.
 */
export function t(pieces: TemplateStringsArray, ...values: readonly (string | number | null | undefined)[]): string {
  const translated = catalog?.[keyOf(pieces)]
  if (translated === undefined) return String.raw({ raw: pieces }, ...values)
  // sample: {0} 反复崩溃(重启 {1} 次)
  return translated.replaceAll(/\{(\d+)\}/g, (_, index) => `${values[Number(index)]}`)
}

/** The same of a text without values that stands elsewhere, such as the title of a cause; one that is not ours stays. */
export function translate(text: string): string {
  return catalog?.[text] ?? text
}

const keys = new WeakMap<TemplateStringsArray, string>()

/** `{0} keeps crashing ({1} restarts)` */
function keyOf(pieces: TemplateStringsArray): string {
  const known = keys.get(pieces)
  if (known !== undefined) return known
  const key = pieces.reduce((text, piece, index) => `${text}{${index - 1}}${piece}`)
  keys.set(pieces, key)
  return key
}
