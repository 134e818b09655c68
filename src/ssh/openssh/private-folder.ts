import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The path of a socket may have 104 bytes on macOS, its end included, and `ssh` first binds a name that is 17 longer. */
const longestSocketPath = 103 - 17

/**
 * A new folder that only this user may enter, for sockets: its path is short, and needs no quotes in a shell or in
 * ssh_config. Undefined where there is no such place.
 */
export async function makePrivateFolder(places: readonly string[] = [tmpdir(), '/tmp']): Promise<string | undefined> {
  for (const place of new Set(places)) {
    const folder = await mkdtemp(join(place, 'fleetdx-link-')).catch(() => undefined)
    if (folder === undefined) continue
    // sample: /var/folders/zz/zyxvpxvq6csfxvn_n0000000000000/T/fleetdx-link-Vt1x9A
    if (/^[\w./+-]+$/.test(folder) && join(folder, 'master').length <= longestSocketPath) return folder
    await removeFolder(folder)
  }
  return undefined
}

export function removeFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true }).catch(() => {})
}
