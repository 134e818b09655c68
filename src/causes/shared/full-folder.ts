import { knownValue } from '../../fact.js'
import type { DisksFacts } from '../../probes/disks.js'
import type { Scene } from '../define.js'

type Folder = DisksFacts['folders'][number]

/** The first folder that this path's requests depend on, and that is full in the given sense: the app's own ones first. */
export function fullFolder({ path: { app }, facts }: Scene, isFull: (folder: Folder) => boolean): Folder | undefined {
  const own = [app?.cwd, app?.daemon?.home, ...(app?.logs.map(({ path }) => path) ?? [])].filter((path) => path != null)
  const folders = (knownValue(facts.disks)?.folders ?? []).filter(isFull)
  return folders.find(({ path }) => own.some((place) => place === path || place.startsWith(`${path}/`))) ?? folders[0]
}
