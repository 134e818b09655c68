import { spawn } from 'node:child_process'
import { openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { plugIn } from '../network.js'
import { poll } from '../poll.js'
import { stateFolder } from '../site.js'
import { makeCgroups } from './cgroups.js'
import { type LabHost, openHost } from './host.js'

/** What a host is made from. */
export interface HostPlan {
  /** Its host name, unique in the lab. */
  name: string
  /** Its address on the lab's bridge. */
  address: string
  /** The folder of the base layer, which is never written to. */
  layer: string
  /** The line of the client's public key, which every user of the host accepts. */
  authorizedKey: string
  /** The size of its disk, which is held in memory as it fills. */
  diskMebibytes?: number
  /** Whether it may read the kernel's log. That log is the whole machine's: what happens to one host shows in all that see it. */
  seesKernelLog?: boolean
}

/** Starts a host: namespaces of its own, a fresh disk over the base layer, systemd as its first process. Returns as soon as it has its address. */
export async function startHost(plan: HostPlan): Promise<LabHost> {
  const { name, address, layer, authorizedKey, diskMebibytes = 256, seesKernelLog = false } = plan
  const cgroups = await makeCgroups(name)
  const bootLog = join(stateFolder, `${name}.boot.log`)
  const namespaces = ['--mount', '--pid', '--net', '--uts', '--ipc', '--fork', '--kill-child']
  const boot = [
    join(import.meta.dirname, 'boot.sh'),
    layer,
    name,
    `${diskMebibytes}m`,
    authorizedKey,
    seesKernelLog ? 'yes' : 'no',
    ...cgroups,
  ]
  const log = openSync(bootLog, 'w')
  const parent = spawn('unshare', [...namespaces, 'bash', ...boot], { detached: true, stdio: ['ignore', log, log] })
  parent.unref()
  const describe = () => `${name} did not start, see ${bootLog}`
  const initPid = await poll(() => childOf(parent.pid), { timeoutMs: 10_000, describe })
  await plugIn(initPid, address)
  return openHost({ name, address, initPid })
}

async function childOf(pid: number | undefined): Promise<number | undefined> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
  return children === '' ? undefined : Number(children.trim())
}
