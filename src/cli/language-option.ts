import { Option } from 'commander'
import { languages, t } from '../language/language.js'

/** `--lang`. It is read before anything else, by `wishedLanguage`: what the command line itself says is in it, too. */
export function languageOption(): Option {
  return new Option(
    '--lang <language>',
    t`of messages: English or Simplified Chinese (default: that of the locale)`,
  ).choices(languages)
}

/** What `--lang` says in an argument list; undefined where it says nothing. */
export function wishedLanguage(argv: readonly string[]): string | undefined {
  const index = argv.findIndex((word) => word === '--lang' || word.startsWith('--lang='))
  const word = argv[index]
  return word === '--lang' ? argv[index + 1] : word?.slice('--lang='.length)
}
