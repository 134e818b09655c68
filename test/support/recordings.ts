import { readdirSync, readFileSync } from 'node:fs'

/** Who the lab's hosts were recorded as: `ops` may use sudo, `guest` may not. */
export const recordedUsers = ['ops', 'guest'] as const
export type RecordedUser = (typeof recordedUsers)[number]

const folderOf = (user: RecordedUser) => new URL(`../fixtures/recordings/${user}/`, import.meta.url)

/** The faults of the lab that there is a recording of. */
export function recordedFaults(user: RecordedUser): string[] {
  return readdirSync(folderOf(user)).map((file) => file.replace(/\.txt$/, ''))
}

/** What the lab's host of this fault sent to this user. */
export function readRecording(user: RecordedUser, fault: string): string {
  return readFileSync(new URL(`${fault}.txt`, folderOf(user)), 'utf8')
}

/** A recording by its place: `ops/healthy`, `topologies/proxy-loop`. */
export function readRecordingAt(name: string): string {
  return readFileSync(new URL(`../fixtures/recordings/${name}.txt`, import.meta.url), 'utf8')
}

/** Every recording that there is, with its place: `ops/healthy`. */
export function readAllRecordings(): { name: string; text: string }[] {
  const root = new URL('../fixtures/recordings/', import.meta.url)
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.txt'))
    .map((file) => ({ name: file.replace(/\.txt$/, ''), text: readFileSync(new URL(file, root), 'utf8') }))
}
