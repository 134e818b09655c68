import { accessSync } from 'node:fs'
import { homedir, userInfo } from 'node:os'
import { join } from 'node:path'
import { UserError } from '../errors.js'
import { t } from '../language/language.js'

/** Environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>

/** What the person at the keyboard has: used wherever neither the inventory nor the command line says otherwise. */
export interface Account {
  home: string
  /** The home folder in the system's list of users: ssh goes by it, and not by `HOME`. */
  sshHome: string
  /** The user's name on this machine. Throws UserError when the system does not know it, as in some containers. */
  user(): string
  /** The usual private keys that exist. */
  identityFiles: string[]
  /** Where OpenSSH keeps the host keys that it trusts; they need not exist. */
  knownHostsFiles: string[]
}

/** Reads the account of this process; `HOME` wins over the system's idea of the home folder, as in a shell. */
export function readAccount(env: Environment): Account {
  const home = env.HOME || homedir()
  const ssh = (name: string) => join(home, '.ssh', name)
  return {
    home,
    sshHome: readSshHome(home),
    user: readUserName,
    identityFiles: ['id_ed25519', 'id_ecdsa', 'id_rsa', 'id_ed25519_sk', 'id_ecdsa_sk'].map(ssh).filter(exists),
    knownHostsFiles: [ssh('known_hosts'), '/etc/ssh/ssh_known_hosts'],
  }
}

function readSshHome(home: string): string {
  try {
    return userInfo().homedir
  } catch {
    return home
  }
}

function readUserName(): string {
  try {
    return userInfo().username
  } catch (cause) {
    const mend = t`give it with --user, or 'user' in the inventory`
    throw new UserError(t`the system has no name for the user who runs fleetdx`, { mend, cause })
  }
}

function exists(file: string): boolean {
  try {
    accessSync(file)
    return true
  } catch {
    return false
  }
}
