import { readFile, writeFile } from 'node:fs/promises'
import type { Endpoint } from '../../inventory/host.js'
import {
  findKnownKeys,
  formatKnownName,
  type KnownKey,
  type KnownKeys,
  parseKnownHosts,
} from '../host-keys/known-hosts.js'

/**
 * The known_hosts file of one connection: what the files of the endpoint say of it, and nothing else. So `ssh` judges by the
 * same lines as fleetdx does, whatever the names of those files, and a key that it takes is stored by fleetdx, as ever.
 */
export async function writeKnownKeys(file: string, known: KnownKeys, endpoint: Endpoint): Promise<void> {
  const name = formatKnownName(endpoint)
  const bareName = endpoint.address.toLowerCase()
  const isListed = known.listed.some(({ trust }) => trust === 'trusted')
  const lines = [
    ...known.listed.map((key) => formatLine(name, key)),
    // `ssh` asks a server for the key that it knows only where it knows it under the name with the port.
    ...known.bare.flatMap((key) => [formatLine(bareName, key), ...(isListed ? [] : [formatLine(name, key)])]),
  ]
  await writeFile(file, lines.join(''), { mode: 0o600 })
}

function formatLine(name: string, { trust, type, blob }: KnownKey): string {
  const marker = trust === 'trusted' ? '' : `@${trust} `
  return `${marker}${name} ${type} ${blob.toString('base64')}\n`
}

/** The key that `ssh` took and wrote down, if it was a new one. */
export async function readNewKey(file: string, known: KnownKeys, endpoint: Endpoint): Promise<Buffer | undefined> {
  const lines = parseKnownHosts(await readFile(file, 'utf8').catch(() => ''), file)
  const isKnown = ({ blob }: KnownKey) => [...known.listed, ...known.bare].some((key) => key.blob.equals(blob))
  return findKnownKeys(lines, formatKnownName(endpoint)).find((key) => !isKnown(key))?.blob
}

/**
 * The options that make `ssh` judge host keys as fleetdx does. Stricter than its accept-new, which takes a key of any type
 * that is not known yet: only a host of which nothing is known is new (verify-host-key.ts).
 */
export function writeHostKeyOptions(file: string, known: KnownKeys, { hostKeys = 'strict' }: Endpoint): string[] {
  const isNew = known.unread.length === 0 && known.listed.every(({ trust }) => trust !== 'trusted')
  const checking = hostKeys !== 'strict' && isNew ? 'accept-new' : 'yes'
  const options = [
    `StrictHostKeyChecking=${checking}`,
    `UserKnownHostsFile=${file}`,
    'GlobalKnownHostsFile=/dev/null',
    'HashKnownHosts=no',
    // The address of a name changes; only the name counts, as in fleetdx itself.
    'CheckHostIP=no',
  ]
  return options.flatMap((option) => ['-o', option])
}
