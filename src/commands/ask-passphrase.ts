import { t } from '../language/language.js'
import type { AskPassphrase } from '../ssh/auth/identity-file.js'
import type { AskLine } from './ask-line.js'

/** Asks for the passphrase of a key, without echo; nothing typed is no passphrase. */
export function askPassphrase(askLine: AskLine): AskPassphrase {
  const asked = new Set<string>()
  return async (file) => {
    const prompt = asked.has(file) ? t`That was not it. Passphrase for ${file}:` : t`Passphrase for ${file}:`
    asked.add(file)
    return (await askLine(prompt, { isHidden: true })) || undefined
  }
}
