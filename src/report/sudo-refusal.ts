/** Why a host gave no right of root, in plain words, and what to type. */
export interface Refusal {
  says: string
  mend: string
  /** A line that belongs into a file on the host, as an editor has it. */
  line?: string
}

interface Rule {
  said: RegExp
  says: string
  mend: (user: string) => string
  line?: (user: string) => string
}

const sudoersLine = (user: string) => `${user} ALL=(root) NOPASSWD: /bin/sh`
const doasLine = (user: string) => `permit nopass ${user} as root cmd /bin/sh`
const allOfRoot = 'it grants all of root, because one script reads everything'
const intoSudoers = 'this line, by visudo -f /etc/sudoers.d/fleetdx as root:'
const grant = `${intoSudoers.slice(0, -1)} (${allOfRoot}):`
const grantByDoas = `this line, after the others in /etc/doas.conf (${allOfRoot}):`

/** What is told of the first that fits. The texts are those of sudo 1.8 to 1.9, sudo-rs and doas. */
const rules: readonly Rule[] = [
  {
    said: /asked for the password of/,
    says: 'sudo asks for the password of another user there (rootpw, targetpw or runaspw in sudoers)',
    mend: () => `give that one, or let this user be root without one: ${grant}`,
    line: sudoersLine,
  },
  {
    said: /incorrect (?:password|authentication) attempt|Authentication failed/,
    says: 'sudo refused the password',
    mend: (user) => `see whether 'sudo -v' takes it in a login of ${user}`,
  },
  {
    said: /must have a tty|no tty present|terminal is required|requires? a (?:tty|terminal)/,
    says: 'sudo runs from a terminal only there (requiretty in sudoers)',
    mend: () => intoSudoers,
    line: (user) => `Defaults:${user} !requiretty`,
  },
  {
    said: /not in the sudoers file|not allowed to (?:execute|run)|may not run|I'm afraid I can't do that/,
    says: 'sudo does not let this user run /bin/sh as root',
    mend: () => grant,
    line: sudoersLine,
  },
  {
    said: /no new privileges|effective uid is not 0|must be (?:setuid root|owned by uid 0)|nosuid/,
    says: 'sudo cannot make anybody root there (a container, or a file system mounted nosuid)',
    mend: () => 'log in as root, or run the script of fleetdx script as root',
  },
  {
    said: /account (?:or password )?(?:is |has )?expired|account validation failure|PAM account/i,
    says: 'the account of this user is not valid for sudo: it or its password has expired',
    mend: (user) => `as root on the host: chage -l ${user}`,
  },
  {
    said: /password is required|authentication is required/,
    says: 'sudo wants a password',
    mend: () => `give it with --ask-sudo-pass, or let sudo ask for none: ${grant}`,
    line: sudoersLine,
  },
  {
    said: /^doas: Authori[sz]ation required|^doas: (?:Authentication|a tty is) required|doas: Authentication failed/,
    says: 'doas wants a password, which it reads from a terminal only: fleetdx has none there',
    mend: () => grantByDoas,
    line: doasLine,
  },
  {
    said: /^doas: /,
    says: 'doas does not let this user run /bin/sh as root',
    mend: () => grantByDoas,
    line: doasLine,
  },
  {
    said: /^sudo is not installed/,
    says: 'there is neither sudo nor doas',
    mend: () => 'log in as root, or run the script of fleetdx script as root',
  },
]

/** Says plainly what a refusal (as `readRefusal` has it) means; undefined for words that are not known. */
export function explainRefusal(words: string, user: string): Refusal | undefined {
  const rule = rules.find(({ said }) => words.split('; ').some((line) => said.test(line)))
  return rule && { says: rule.says, mend: rule.mend(user), ...(rule.line && { line: rule.line(user) }) }
}
