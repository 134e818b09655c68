import { run } from './run.js'
import { bridgeName, clientAddress } from './site.js'

/** Makes the bridge that all hosts hang on. It leads nowhere else: no host has a route beyond it. */
export async function makeBridge(): Promise<void> {
  await run('ip', ['link', 'add', bridgeName, 'type', 'bridge'])
  await run('ip', ['address', 'add', `${clientAddress}/24`, 'dev', bridgeName])
  await run('ip', ['link', 'set', bridgeName, 'up'])
}

export async function removeBridge(): Promise<void> {
  if ((await listBridges()).includes(bridgeName)) await run('ip', ['link', 'delete', bridgeName])
}

/** Whether a lab of any number has its bridge. */
export async function hasAnyBridge(): Promise<boolean> {
  return (await listBridges()).some((name) => name.startsWith('fdxlab'))
}

// fdxlab83         UP             0e:6b:66:ed:da:da <BROADCAST,MULTICAST,UP,LOWER_UP>
async function listBridges(): Promise<string[]> {
  const lines = await run('ip', ['-brief', 'link', 'show', 'type', 'bridge'])
  return lines.split('\n').map((line) => line.split(' ')[0] ?? '')
}

/** Plugs a host into the bridge: a pair of ends, of which the inner one dies with the host's network namespace and takes the outer along. */
export async function plugIn(initPid: number, address: string): Promise<void> {
  const outer = `${bridgeName}-${address.split('.')[3]}`
  const inside = ['--target', String(initPid), '--net', 'ip']
  await run('ip', ['link', 'add', outer, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', String(initPid)])
  await run('ip', ['link', 'set', outer, 'master', bridgeName, 'up'])
  await run('nsenter', [...inside, 'address', 'add', `${address}/24`, 'dev', 'eth0'])
  await run('nsenter', [...inside, 'link', 'set', 'eth0', 'up'])
}
