import { currentLanguage, t } from './language.js'

/**
 * What scripts on hosts print of what they cannot see, in English: a capture is of no language. `{0}` stands for what a
 * host puts there. Where several fit a text, the first counts.
 */
export const seenTexts = [
  'the certificate that is served at {0}',
  'the certificate {0}',
  "the configuration of a Caddy that was started by '{0}'",
  'the build {0}',
  'the folder {0}',
  'an {0} that runs in a container (process {1})',
  'a {0} that runs in a container (process {1})',
  'a second {0} (process {1})',
  'the processes of other users, {0} among them',
  'the processes of other users (/proc is mounted with hidepid)',
  'the version of {0} ({1} does not belong to root alone)',
  'the configuration of an nginx that the user {0} runs (process {1})',
  'the {0} configuration {1}',
  'the journals of the services',
  'the journal of {0}',
  'the environment file {0}',
  'what other users have started at boot (crontabs, user units)',
  'all systemd units that matter: there are more than 60',
  'the systemd units ({0})',
  'the settings files in {0}',
  "nginx's error log {0} (it is not a regular file)",
  "nginx's error log {0}",
  'the error log of {0} {1} (it is not a regular file)',
  'the error log of {0} {1}',
  'the kernel log',
  'the log {0}',
  'HTTP answers seen from the host',
  'the answer at {0} (wget knows no Unix sockets)',
  '{0} more HTTP answers: at most {1} requests are made',
  'the command lines of all web processes: there are more than 200',
  'the folders and pm2 names of web processes of other users',
  "ufw's rules in {0}",
  "firewalld's zones",
  "the kernel's packet filter rules ({0})",
  '{0} (nothing here lets root become user {1})',
  'pm2 with the rights of user {0} (setpriv or chroot)',
  'the pm2 daemon of a container (process {0}, {1})',
  'whether there are pm2 folders in {0}',
  'the disk of {0}',
  'the apps of the pm2 daemon of user {0} ({1})',
  'the apps of the pm2 daemon of {0} ({1})',
  'the apps of the pm2 daemon {0}: its socket {1} is gone',
  'the apps of the pm2 daemon {0}: nothing listens on {1}',
  'the apps of the pm2 daemon {0} ({1}): it does not answer',
  'the apps of the pm2 daemon {0} ({1})',
  'the pm2 folder {0}',
  'the saved apps {0}',
  'which process owns the sockets of other users',
  'the check {0}',
] as const

/** The text in the language that is set; one that is not among them stays as it is. */
export function translateSeen(text: string): string {
  if (currentLanguage() === 'en') return text
  patterns ??= seenTexts.map(toPattern)
  for (const { pieces, pattern } of patterns) {
    const values = pattern.exec(text)
    if (values) return t(pieces, ...values.slice(1))
  }
  return text
}

interface SeenPattern {
  pieces: TemplateStringsArray
  pattern: RegExp
}

let patterns: SeenPattern[] | undefined

/** The pieces between the values are what `t` takes, too. */
function toPattern(text: string): SeenPattern {
  const pieces = text.split(/\{\d+\}/)
  const escaped = pieces.map((piece) => piece.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return { pieces: Object.assign(pieces, { raw: pieces }), pattern: new RegExp(`^${escaped.join('(.+?)')}$`) }
}
