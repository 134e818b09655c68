import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from '../run.js'
import { labMark } from '../site.js'

const mountPoint = '/sys/fs/cgroup'
/** The hierarchy that tells which processes are in a group: the second version, alone or beside the first. */
const tree = existsSync(join(mountPoint, 'unified')) ? join(mountPoint, 'unified') : mountPoint

/** Makes the groups of a host, one in each hierarchy of this machine, below the group that this process is in. */
export async function makeCgroups(hostName: string): Promise<string[]> {
  const lines = (await readFile('/proc/self/cgroup', 'utf8')).trim().split('\n')
  // A new group of the first version's cpuset has no processor at all, and systemd leaves that hierarchy alone.
  const used = lines.filter((line) => !line.includes(':cpuset:'))
  return Promise.all(used.map((line) => makeCgroup(line, hostName)))
}

// 4:memory:/user.slice      9:name=systemd:/      0::/
async function makeCgroup(line: string, hostName: string): Promise<string> {
  const [, controllers = '', own = '/'] = line.split(':')
  const hierarchy = controllers === '' ? tree : join(mountPoint, controllers.replace('name=', ''))
  const folder = join(hierarchy, own, labMark, hostName)
  await mkdir(folder, { recursive: true })
  return folder
}

/** Every process of the lab that is left, the first process of each host included, by the name of its host. */
export async function listProcesses(): Promise<Map<string, number[]>> {
  const found = new Map<string, number[]>()
  for (const folder of await findFolders()) {
    const hostName = folder.split(`/${labMark}/`)[1]?.split('/')[0]
    if (hostName === undefined) continue
    const pids = (await readFile(join(folder, 'cgroup.procs'), 'utf8').catch(() => ''))
      .split('\n')
      .filter(Boolean)
      .map(Number)
    found.set(hostName, [...(found.get(hostName) ?? []), ...pids])
  }
  return found
}

async function findFolders(): Promise<string[]> {
  const folders = await foldersBelow(tree)
  return folders.filter((folder) => folder.includes(`/${labMark}/`))
}

/** Groups come and go while one looks: what is gone by now has nothing below it. */
async function foldersBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const children = entries.filter((entry) => entry.isDirectory()).map((entry) => join(folder, entry.name))
  return [...children, ...(await Promise.all(children.map(foldersBelow))).flat()]
}

/** Removes the empty groups of a host, or of the whole lab. Fails when one still has a process. */
export async function removeCgroups(hostName?: string): Promise<void> {
  const top = ['*', labMark, hostName].filter((part) => part !== undefined).join('/')
  await run('find', [mountPoint, '-depth', '-type', 'd', '(', '-path', top, '-o', '-path', `${top}/*`, ')', '-delete'])
}
