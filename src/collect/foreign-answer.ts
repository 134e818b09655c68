import { t } from '../language/language.js'
import { redact } from '../redact.js'
import { sanitizeLine } from '../sanitize.js'
import type { CommandEnd } from '../ssh/session.js'

/** What is known of an answer that has no frame of ours. */
export interface ForeignAnswer extends Pick<CommandEnd, 'exitCode' | 'stderr' | 'cut'> {
  output: Buffer
  /** Who had logged in. */
  user: string
}

const mostCharacters = 120
const mostBytes = 4096

function sayRefusedRoot(): string {
  return t`the host runs a command of its own for this login, and that was refused root`
}

/** Who the account or the key lets run something else than the script, by what that says. */
const signs: readonly { said: RegExp; verdict: () => string; mend: (user: string) => string }[] = [
  {
    // sample: sudo: a password is required; Sorry, user audit is not allowed to execute …
    said: /^(?:sudo: (?!unable to resolve host)|Sorry, user )/,
    verdict: sayRefusedRoot,
    mend: (user) =>
      t`'fleetdx plan --forced-command' prints the line that it needs; another script has another digest (as root on the host, 'sudo -l -U ${user}' shows what it may run)`,
  },
  {
    // sample: doas: Operation not permitted
    said: /^doas: /,
    verdict: sayRefusedRoot,
    mend: (user) =>
      t`'fleetdx plan --forced-command --doas' prints the line that it needs (as root on the host, 'grep -rw ${user} /etc/doas.*' shows what it may run)`,
  },
  {
    // nologin of shadow and of busybox
    said: /^This account is (?:currently )?not available/,
    verdict: () => t`the account's login shell runs nothing`,
    mend: (user) =>
      t`as root on the host, 'usermod --shell /bin/sh ${user}' gives it one that does; or log in as another user`,
  },
  {
    // sample: rbash: line 1: /bin/sh: restricted: cannot specify `/' in command names
    said: /: restricted\b/,
    verdict: () => t`the account's login shell is a restricted one`,
    mend: (user) =>
      t`as root on the host, 'usermod --shell /bin/sh ${user}' gives it another; or log in as another user`,
  },
  {
    // git-shell. sample: fatal: unrecognized command '/bin/sh -c …'
    said: /^fatal: unrecognized command /,
    verdict: () => t`the account's login shell serves git alone`,
    mend: () => t`log in as another user`,
  },
  {
    // ForceCommand internal-sftp (OpenSSH, session.c)
    said: /^This service allows sftp connections only/,
    verdict: () => t`sshd lets this account use sftp alone`,
    mend: () =>
      t`log in as another user; internal-sftp stands in ForceCommand of sshd_config, or in command= before the key`,
  },
]

/**
 * Says of an answer without any frame of ours what ran in the script's place, as far as that can be told, and the mend;
 * `usual` is what is said of a script that did not run.
 */
export function explainForeign({ output, stderr, exitCode, cut, user }: ForeignAnswer, usual: string): string[] {
  const printed = readLines(output.subarray(0, mostBytes).toString('utf8'))
  const complaints = readLines(stderr)
  const [answer = ''] = printed
  // Noise is nobody's words.
  const isReadable = answer !== '' && !answer.includes('\ufffd')
  if (cut === 'deadline' || cut === 'aborted')
    return [usual, ...(isReadable ? [t`until then the host had said: ${answer}`, ...whoDecides()] : [])]
  if (cut !== undefined) return [usual]
  for (const { said, verdict, mend } of signs) {
    const line = [...complaints, ...printed].find((each) => said.test(each))
    if (line !== undefined) return [t`no answer: ${verdict()}: ${line}`, mend(user)]
  }
  // A shell that could not start a program.
  if (exitCode === 126 || exitCode === 127) return [usual]
  // A greeting before a complaint is no answer.
  if (!isReadable || (complaints.length > 0 && exitCode !== 0)) return [usual, ...whoDecides()]
  const said =
    exitCode === null
      ? t`no answer: the host ran something else in place of the script; it ended without an exit code, and said: ${answer}`
      : t`no answer: the host ran something else in place of the script; it ended with exit code ${exitCode}, and said: ${answer}`
  return [said, ...whoDecides()]
}

/** The two that look the same from here. The login shell reads its startup file before a forced command, too. */
function whoDecides(): string[] {
  const asKey = String.raw`command="exec sh -c \"$SSH_ORIGINAL_COMMAND\""`
  const asForced = 'ForceCommand exec sh -c "$SSH_ORIGINAL_COMMAND"'
  const terminals = "'case $- in *i*) ;; *) return ;; esac'"
  return [
    t`a command= before the key in authorized_keys, ForceCommand in sshd_config or the login shell decides what runs: let it be ${asKey} or ${asForced}, log in with another key or as another user, or have it run what 'fleetdx plan --forced-command' prints`,
    t`or a startup file of the shell does, such as ~/.bashrc: as its first line, ${terminals} keeps it to terminals`,
  ]
}

function readLines(text: string): string[] {
  const lines = text.split('\n').map((line) => redact(sanitizeLine(line)).trim())
  return lines.filter((line) => line !== '').map(shorten)
}

function shorten(line: string): string {
  return line.length > mostCharacters ? `${line.slice(0, mostCharacters)}…` : line
}
