import { randomUUID } from 'node:crypto'
import { type FileHandle, open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Text } from '../report/formats.js'

/**
 * Writes a file so that a reader finds the old one or the new one, whole: it gets its name once it is on the disk. Owner
 * and mode stay those of the old one; a new one has the mode that the umask leaves. A link is followed.
 */
export async function writeAtomically(file: string, text: Text): Promise<void> {
  const target = await realpath(file).catch(() => file)
  // Hidden and without an ending: who collects *.prom or *.xml of a folder leaves it alone.
  const draft = join(dirname(target), `.fleetdx-${randomUUID()}`)
  const handle = await open(draft, 'wx')
  try {
    await writeFile(handle, text)
    await takeOver(handle, target)
    await handle.sync()
    await handle.close()
    await rename(draft, target)
  } catch (error) {
    await handle.close().catch(() => {})
    await rm(draft, { force: true })
    throw error
  }
}

async function takeOver(handle: FileHandle, target: string): Promise<void> {
  const old = await stat(target).catch(() => undefined)
  if (!old) return
  // Only root may give a file away.
  await handle.chown(old.uid, old.gid).catch(() => {})
  await handle.chmod(old.mode)
}
