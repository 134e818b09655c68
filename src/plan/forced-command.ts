import { UserError } from '../errors.js'
import { t } from '../language/language.js'
import { quote } from '../shell.js'
import { auditDoasLine, auditFile, auditSudoersLine, digestOf } from './sudoers.js'

/** A key that may do one thing on a host. */
export interface AuditKey {
  /** The user of the host that it logs in as, made for it. */
  account: string
  /** The private key's file, as it is typed here. */
  identityFile: string
  /** Its public line, `ssh-ed25519 AAAA… comment`; absent where it is still to be made. */
  publicKey?: string
  /** The stand-alone script, as `fleetdx script` prints it. */
  script: string
  version: string
  /** By what it becomes root there. */
  becomes: 'sudo' | 'doas'
}

const placeholder = 'ssh-ed25519 AAAA… fleetdx-audit'

/** The line of authorized_keys: whatever is asked for, this is run; no terminal, no forwarding, nothing else. */
function auditKeyLine({ becomes, publicKey = placeholder }: Pick<AuditKey, 'becomes' | 'publicKey'>): string {
  return `restrict,command="${becomes} -n ${auditFile}" ${publicKey}`
}

/**
 * How to set such a key up, as one page. Every command stands on an indented line of its own, to be typed as it is. Throws
 * UserError for root, whom the page would lock out.
 */
export function describeForcedCommand(key: AuditKey): string {
  const { account, becomes, publicKey, identityFile, script, version } = key
  if (account === 'root') {
    throw new UserError(t`'root' is no new user`, { mend: t`name one that no host has yet, such as --user audit` })
  }
  const root = becomes === 'sudo' ? sudoSteps : doasSteps
  const home = `/home/${account}`
  const noKey = publicKey === undefined
  const first = noKey
    ? t`1. Here: a key of its own, and the script, which goes to the host.`
    : t`1. Here: the script, which goes to the host.`
  const fourth = t`4. What the key may do: run the script, whatever it asks for.`
  return `${t`A key that can do one thing on a host: have the script of fleetdx ${version} look at it as root, and print what it saw.
It chooses nothing: no arguments, no input, no terminal, no forwarding. What is printed are configuration and the last
lines of logs, so keep the key as you keep these. fleetdx changes nothing on a host: the steps are for you to type.`}

${first}
${noKey ? `   ssh-keygen -t ed25519 -f ${identityFile} -C fleetdx-audit\n` : ''}   fleetdx script >fleetdx-audit.sh
   scp fleetdx-audit.sh ADMIN@HOST:

${t`2. On the host: the script, for nobody but root to change. Its SHA-256 is ${digestOf(script)}`}
   ${becomes} install -o root -g root -m 755 fleetdx-audit.sh ${auditFile}

${t`3. A new user without a password, whose home is root's: so it cannot change what the key may do. The steps 3 to 5 are one
command: nothing runs after what fails, such as useradd where ${account} is there already (--user names another). On Alpine,
which has no useradd, it begins with: ${becomes} adduser -S -D -H -h ${home} -s /bin/sh ${account} &&`}
   ${becomes} useradd --system --no-create-home --home-dir ${home} --shell /bin/sh ${account} &&
   echo ${quote(`${account}:*`)} | ${becomes} chpasswd -e &&
   ${becomes} install -d -o root -g root -m 755 ${home} ${home}/.ssh &&

${noKey ? t`${fourth} (--key FILE.pub writes your key in the place of AAAA…)` : fourth}
   echo ${quote(auditKeyLine(key))} >fleetdx-audit.keys &&
   ${becomes} install -o root -g root -m 644 fleetdx-audit.keys ${home}/.ssh/authorized_keys &&

${t`5. What the user may do as root: ${root.grants()}`}
   ${root.allow(account, script).join(' &&\n   ')}

${t`6. Here: it is used like any other.`}
   fleetdx check ${account}@HOST --identity ${identityFile}

${t`Where sshd_config has AllowUsers or AllowGroups, ${account} must be among them. With SELinux, at last:`}
   ${becomes} restorecon -R ${home} ${auditFile}
${root.hints(account)}${t`A later fleetdx has another script: repeat ${root.renewal()}. Until then the old one answers, and the report says so.
The script knows nothing of your inventory: checks of your own, samples and what it says of apps are not part of it.
To undo it, where step 3 made ${account} (Alpine: deluser for userdel):`}
   ${becomes} userdel ${account} && ${becomes} rm -r ${home} ${auditFile}
${root.leftovers()}
`
}

/** The steps in which systems with sudo differ from those with doas. */
const sudoSteps = {
  grants: () => t`run that file, with no arguments, and only as long as it is the same to the byte.`,
  allow: (account: string, script: string) => [
    `echo ${quote(auditSudoersLine(account, script))} >fleetdx-audit.sudoers`,
    'sudo visudo -cf fleetdx-audit.sudoers',
    'sudo install -o root -g root -m 440 fleetdx-audit.sudoers /etc/sudoers.d/fleetdx-audit',
  ],
  hints: (
    account: string,
  ) => `${t`Where sudo wants a terminal (requiretty), this line before the other in step 5: Defaults:${account} !requiretty
Where sudo is sudo-rs, which knows no digests, without sha256:…: that nobody but root may change the file is then all.`}
`,
  renewal: () => t`the steps 1, 2 and 5`,
  leftovers: () => '   sudo rm /etc/sudoers.d/fleetdx-audit',
}

const doasSteps: typeof sudoSteps = {
  grants: () => t`run that file, with no arguments. doas knows no digests: its owner alone keeps it.`,
  allow: (account) => [
    `echo ${quote(auditDoasLine(account))} | doas tee -a /etc/doas.conf`,
    'doas doas -C /etc/doas.conf',
  ],
  hints: () => '',
  renewal: () => t`the steps 1 and 2`,
  leftovers: () => t`and take its line out of /etc/doas.conf.`,
}
