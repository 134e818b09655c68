import { type Command, InvalidArgumentError } from 'commander'
import { t } from '../language/language.js'

/** Adds the options that say where passwords come from. */
export function addPasswordOptions(command: Command): Command {
  return command
    .optionsGroup(t`Passwords (never in an argument):`)
    .option('--ask-pass', t`ask for the password, once for each user, when the first server wants it`)
    .option('--pass-fd <number>', t`read the password from this file descriptor, its first line`, readDescriptor)
    .option('--pass-command <command>', t`a command of this machine that prints the password`)
    .option('--ask-sudo-pass', t`ask for the password of sudo, once for each user; empty: as for the login`)
    .option('--sudo-pass-fd <number>', t`read the password of sudo from this file descriptor`, readDescriptor)
    .option('--sudo-pass-command <command>', t`a command of this machine that prints the password of sudo`)
    .optionsGroup('Options:')
}

function readDescriptor(text: string): number {
  const fd = /^\d{1,4}$/.test(text) ? Number(text) : 1
  if (fd === 1 || fd === 2)
    throw new InvalidArgumentError(t`It must be the number of a file descriptor that can be read: 0, 3, 4 …`)
  return fd
}
