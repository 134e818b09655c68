import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { collect } from '../src/collect/collect.js'
import { recordSession } from '../src/demo/recording.js'
import { chooseHosts } from '../src/inventory/choose.js'
import { loadCredentials } from '../src/ssh/auth/credentials.js'
import { connect, shareConnections } from '../src/ssh/connect.js'

/**
 * Records real hosts for the demo and for tests: `tsx scripts/record.ts INVENTORY FOLDER [USER [TARGET …]]` writes
 * FOLDER/<host>.txt, what each host sent. Look through what it wrote before you commit it: it is a host's own words.
 */
const [inventory = '', folder = '.', user = 'root', ...targets] = process.argv.slice(2)
const { env, stdin } = process
const { hosts } = await chooseHosts({ targets, inventory, overrides: { user }, env, cwd: process.cwd(), stdin })
const shared = shareConnections(await loadCredentials(hosts, { env }))
const { signal } = new AbortController()
mkdirSync(folder, { recursive: true })
for (const host of hosts) {
  try {
    const session = recordSession(await connect(host, { shared, signal }))
    await collect(session, host, signal)
    writeFileSync(join(folder, `${host.name}.txt`), session.recording())
    session.close()
  } catch (error) {
    console.error(`${host.name}: ${String(error)}`)
  }
}
shared.close()
