import { program } from 'commander'
import { askSite } from './answer.js'
import { addressOfFault, faults } from './faults/index.js'
import { findHosts } from './host/find.js'
import { inventoryFile } from './inventory.js'
import { startLab, stopLab } from './lab.js'
import { makeMatrix, writeBetweenMarks } from './survey.js'

program
  .name('lab')
  .enablePositionalOptions()
  .description('Real broken hosts in namespaces of this machine (see README.md)')

program
  .command('up')
  .argument('[names...]', 'hosts of the list; all when none is named')
  .description('end the running lab, if there is one, and start these hosts')
  .action(async (names: string[]) => {
    await startLab(names, console.log)
    console.log(`inventory: ${inventoryFile}`)
  })

program.command('down').description('end all hosts and leave nothing behind').action(stopLab)

program
  .command('list')
  .description('every host, and what a visitor gets from those that run')
  .action(async () => {
    const running = new Set((await findHosts(addressOfFault)).map((host) => host.name))
    for (const { name, about, cause, login } of faults) {
      const address = addressOfFault(name)
      const answer = running.has(name) ? await askSite(address) : '-'
      console.log(
        [
          name.padEnd(36),
          address.padEnd(13),
          String(answer).padEnd(12),
          cause ?? login ?? 'healthy',
          `(${about})`,
        ].join(' '),
      )
    }
  })

program
  .command('matrix')
  .argument('[names...]', 'hosts of the list; all when none is named')
  .option('--write <file>', 'put it into this Markdown file, between its matrix marks')
  .description(
    'start all hosts, some at a time, look at them as root, as ops and as guest, and print the confusion matrix',
  )
  .action(async (names: string[], { write }: { write?: string }) => {
    const table = await makeMatrix(names, console.error)
    console.log(table)
    if (write !== undefined) await writeBetweenMarks(write, table)
  })

program
  .command('exec')
  .argument('<name>')
  .argument('<script...>')
  .passThroughOptions()
  .description('run a bash script as root inside a host, not over SSH')
  .action(async (name: string, script: string[]) => {
    const host = (await findHosts(addressOfFault)).find((found) => found.name === name)
    if (host === undefined) throw new Error(`${name} is not running`)
    const { exitCode, stdout, stderr } = await host.exec(script.join(' '))
    process.stdout.write(stdout)
    process.stderr.write(stderr)
    process.exitCode = exitCode ?? 1
  })

try {
  await program.parseAsync()
} catch (error) {
  const all = error instanceof AggregateError ? [error, ...error.errors] : [error]
  for (const each of all) console.error(each instanceof Error ? each.message : each)
  process.exitCode = 1
}
