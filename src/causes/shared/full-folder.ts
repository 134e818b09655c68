import { knownValue } from '../../fact.js'
import type { DisksFacts } from '../../probes/disks.js'
import type { Scene } from '../define.js'

type Folder = DisksFacts['folders'][number]

/**
 * The first folder that this path's requests depend on, and that is full in the given sense: the app's own ones first. An
 * app that is not there did not go for want of room on a disk that it does not write to.
 */
export function fullFolder({ path: { app }, facts }: Scene, isFull: (folder: Folder) => boolean): Folder | undefined {
  const places = [app?.cwd, app?.daemon?.home, ...(app?.logs.map(({ path }) => path) ?? [])].filter(
    (path) => path != null,
  )
  const isOwn = ({ path }: Folder) => places.some((place) => place === path || place.startsWith(`${path}/`))
  const folders = knownValue(facts.disks)?.folders ?? []
  const own = folders.filter(isOwn)
  const isElsewhere = own.length > 0 && app?.processes.length === 0
  return own.find(isFull) ?? (isElsewhere ? undefined : folders.find(isFull))
}
