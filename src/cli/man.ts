import type { Command } from 'commander'
import type { CommandIo } from '../commands/command-io.js'
import { t } from '../language/language.js'
import { readVersion } from '../version.js'
import { renderManPage } from './man-page.js'

export function addMan(program: Command, io: CommandIo): void {
  program
    .command('man')
    .description(t`print the manual page`)
    .addHelpText(
      'after',
      () =>
        `\n${t`Examples:
  fleetdx man | man -l -
  fleetdx man >/usr/local/share/man/man1/fleetdx.1`}`,
    )
    .action(() => {
      io.stdout.write(renderManPage(program, readVersion(), new Date()))
    })
}
