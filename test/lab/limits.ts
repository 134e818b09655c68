import { readFile, rm, writeFile } from 'node:fs/promises'
import { hasAnyBridge } from './network.js'

// Every systemd takes several; with the usual 128 about the 26th host does not start.
const inotifyLimit = '/proc/sys/fs/inotify/max_user_instances'
const neededInstances = 4096
// One for all labs of the machine, so that a lab which ends early does not take the others' room.
const saved = '/run/fleetdx-lab-max_user_instances'

/** Raises the limit of this machine that a lab of many hosts would hit, and keeps its value for `restoreLimits`. */
export async function raiseLimits(): Promise<void> {
  const current = await readFile(inotifyLimit, 'utf8')
  if (Number(current) >= neededInstances) return
  await writeFile(saved, current)
  await writeFile(inotifyLimit, String(neededInstances))
}

/** Puts back what `raiseLimits` changed, once the bridge of the last lab is gone. */
export async function restoreLimits(): Promise<void> {
  const before = await readFile(saved, 'utf8').catch(() => undefined)
  if (before === undefined || (await hasAnyBridge())) return
  await writeFile(inotifyLimit, before)
  await rm(saved)
}
