import { readFile } from 'node:fs/promises'
import { listProcesses } from './cgroups.js'
import { type LabHost, openHost } from './host.js'

/** The hosts that run now, whoever started them. `addressOf` tells a host's address from its name. */
export async function findHosts(addressOf: (name: string) => string): Promise<LabHost[]> {
  const hosts: LabHost[] = []
  for (const [name, pids] of await listProcesses()) {
    for (const pid of pids)
      if (await isInit(pid)) hosts.push(openHost({ name, address: addressOf(name), initPid: pid }))
  }
  return hosts
}

/** Whether a process is the first one of the process space it lives in. */
async function isInit(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  // NSpid:	15080	1
  return /^NSpid:.*\t1$/m.test(status)
}
