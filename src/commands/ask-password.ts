import { t } from '../language/language.js'
import type { AskPrompt } from '../ssh/auth/key-ring.js'
import type { AskPassword } from '../ssh/auth/passwords.js'
import type { AskLine } from './ask-line.js'

/** Asks for a password, without echo, and says who wants it first. */
export function askPassword(askLine: AskLine): AskPassword {
  return ({ use, user, hop }) => {
    const prompt =
      use === 'login'
        ? t`Password for ${user} (${hop} wants it):`
        : t`Sudo password for ${user} (${hop} wants it; empty: as for the login):`
    return askLine(prompt, { isHidden: true })
  }
}

/** Passes a server's question on, with the words of the server. */
export function askPrompt(askLine: AskLine): AskPrompt {
  return ({ hop, words, echo }) => askLine(t`${hop} asks:\n${words}`, { isHidden: !echo })
}
