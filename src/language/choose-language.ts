import { type Language, languages } from './language.js'

/**
 * The language that somebody wants: that of `--lang`, else that of the locale by the precedence of POSIX for messages
 * (LC_ALL, LC_MESSAGES, LANG). Of Chinese only the locales that write Simplified Chinese in UTF-8 count.
 */
export function chooseLanguage(wished: string | undefined, env: NodeJS.ProcessEnv): Language {
  const named = languages.find((language) => language === wished)
  if (named) return named
  const locale = [env.LC_ALL, env.LC_MESSAGES, env.LANG].find((value) => value !== undefined && value !== '') ?? ''
  // sample: zh_CN.UTF-8, zh_Hans_CN.utf8
  return /^zh(?:_(?:CN|SG|MY|Hans\w*))?\.utf-?8\b/i.test(locale) ? 'zh' : 'en'
}
