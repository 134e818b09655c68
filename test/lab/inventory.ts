import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { access } from './access.js'
import type { Fault } from './faults/fault.js'
import { addressOfFault } from './faults/index.js'
import { stateFolder } from './site.js'

/** Where the inventory of the running lab is. */
export const inventoryFile = join(stateFolder, 'inventory.yaml')

/** Writes the inventory of these hosts, each labelled with the cause that a diagnosis of it should name. */
export async function writeInventory(faults: Fault[]): Promise<void> {
  const hosts = faults.map(({ name, cause, login, samples }) => {
    const labels = { cause: cause ?? login ?? 'healthy' }
    return [name, { address: addressOfFault(name), labels, ...(samples !== undefined && { samples }) }]
  })
  const defaults = { user: 'ops', identityFile: access.key, knownHostsFile: access.knownHosts }
  await writeFile(inventoryFile, stringify({ defaults, hosts: Object.fromEntries(hosts) }))
}
