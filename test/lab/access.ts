import { appendFile, copyFile, mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { LabHost } from './host/host.js'
import { run } from './run.js'
import { stateFolder } from './site.js'

/** What a client needs to log in to the lab's hosts. All absolute paths. */
export const access = {
  /** Accepted for every user of every host, unless the host's fault is that it is not. */
  key: join(stateFolder, 'client_key'),
  /** The same key, which needs the pass phrase. */
  encryptedKey: join(stateFolder, 'client_key_encrypted'),
  passphrase: 'class dismissed',
  knownHosts: join(stateFolder, 'known_hosts'),
}

/** Makes the lab's client key. */
export async function makeKeys(): Promise<void> {
  await mkdir(stateFolder, { recursive: true, mode: 0o700 })
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'fleetdx-lab', '-f', access.key])
  await copyFile(access.key, access.encryptedKey)
  await copyFile(`${access.key}.pub`, `${access.encryptedKey}.pub`)
  await run('ssh-keygen', ['-q', '-p', '-P', '', '-N', access.passphrase, '-f', access.encryptedKey])
}

export async function readPublicKey(): Promise<string> {
  return (await readFile(`${access.key}.pub`, 'utf8')).trim()
}

/** Writes the key by which a host shall be known: its own, or, for a host whose key shall look changed, the client's. */
export async function trustHost(host: LabHost, keyShown: 'own' | 'other' = 'own'): Promise<void> {
  const own = async () => (await host.exec('cat /etc/ssh/ssh_host_ed25519_key.pub')).stdout
  const publicKey = keyShown === 'own' ? await own() : await readPublicKey()
  const [type, key] = publicKey.split(' ')
  await appendFile(access.knownHosts, `${host.address} ${type} ${key}\n`)
}
