import { t } from '../language/language.js'

/** Why a host gave no right of root, in plain words, and what to type. */
export interface Refusal {
  says: string
  mend: string
  /** A line that belongs into a file on the host, as an editor has it. */
  line?: string
}

interface Rule {
  said: RegExp
  says: () => string
  mend: (user: string) => string
  line?: (user: string) => string
}

const sudoersLine = (user: string) => `${user} ALL=(root) NOPASSWD: /bin/sh`
const doasLine = (user: string) => `permit nopass ${user} as root cmd /bin/sh`
const grantBySudo = () =>
  t`this line, by visudo -f /etc/sudoers.d/fleetdx as root (it grants all of root, because one script reads everything):`
const grantByDoas = () =>
  t`this line, after the others in /etc/doas.conf (it grants all of root, because one script reads everything):`

/** What is told of the first that fits. The texts are those of sudo 1.8 to 1.9, sudo-rs and doas. */
const rules: readonly Rule[] = [
  {
    said: /asked for the password of/,
    says: () => t`sudo asks for the password of another user there (rootpw, targetpw or runaspw in sudoers)`,
    mend: () => t`give that one, or let this user be root without one: ${grantBySudo()}`,
    line: sudoersLine,
  },
  {
    said: /incorrect (?:password|authentication) attempt|Authentication failed/,
    says: () => t`sudo refused the password`,
    mend: (user) => t`see whether 'sudo -v' takes it in a login of ${user}`,
  },
  {
    said: /must have a tty|no tty present|terminal is required|requires? a (?:tty|terminal)/,
    says: () => t`sudo runs from a terminal only there (requiretty in sudoers)`,
    mend: () => t`this line, by visudo -f /etc/sudoers.d/fleetdx as root:`,
    line: (user) => `Defaults:${user} !requiretty`,
  },
  {
    said: /not in the sudoers file|not allowed to (?:execute|run)|may not run|I'm afraid I can't do that/,
    says: () => t`sudo does not let this user run /bin/sh as root`,
    mend: grantBySudo,
    line: sudoersLine,
  },
  {
    said: /no new privileges|effective uid is not 0|must be (?:setuid root|owned by uid 0)|nosuid/,
    says: () => t`sudo cannot make anybody root there (a container, or a file system mounted nosuid)`,
    mend: () => t`log in as root, or run the script of fleetdx script as root`,
  },
  {
    said: /account (?:or password )?(?:is |has )?expired|account validation failure|PAM account/i,
    says: () => t`the account of this user is not valid for sudo: it or its password has expired`,
    mend: (user) => t`as root on the host: chage -l ${user}`,
  },
  {
    said: /password is required|authentication is required/,
    says: () => t`sudo wants a password`,
    mend: () => t`give it with --ask-sudo-pass, or let sudo ask for none: ${grantBySudo()}`,
    line: sudoersLine,
  },
  {
    said: /^doas: Authori[sz]ation required|^doas: (?:Authentication|a tty is) required|doas: Authentication failed/,
    says: () => t`doas wants a password, which it reads from a terminal only: fleetdx has none there`,
    mend: grantByDoas,
    line: doasLine,
  },
  {
    said: /^doas: /,
    says: () => t`doas does not let this user run /bin/sh as root`,
    mend: grantByDoas,
    line: doasLine,
  },
  {
    said: /^sudo is not installed/,
    says: () => t`there is neither sudo nor doas`,
    mend: () => t`log in as root, or run the script of fleetdx script as root`,
  },
]

/** Says plainly what a refusal (as `readRefusal` has it) means; undefined for words that are not known. */
export function explainRefusal(words: string, user: string): Refusal | undefined {
  const rule = rules.find(({ said }) => words.split('; ').some((line) => said.test(line)))
  return rule && { says: rule.says(), mend: rule.mend(user), ...(rule.line && { line: rule.line(user) }) }
}
