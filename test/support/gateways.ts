import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'

/** A folder of configuration, beside which a gateway may be started. */
export interface Written {
  folder: string
  remove(): void
}

/** Writes files into a new folder; `copyOf` is a folder of the distribution that they are laid over. */
export function writeFiles(files: Record<string, string>, copyOf?: string): Written {
  const folder = mkdtempSync(join(tmpdir(), 'fleetdx-gateway-'))
  if (copyOf !== undefined) cpSync(copyOf, folder, { recursive: true, verbatimSymlinks: true })
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    rmSync(join(folder, name), { force: true })
    writeFileSync(join(folder, name), text)
  }
  spawnSync('chmod', ['-R', 'u+rwX,go+rX', folder])
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/**
 * A shell for `collectHere` in namespaces of its own: the folder stands at `place` there, /run and /var/log are empty, the
 * lines have been run, no other gateway is seen, and all that they started ends with the shell.
 */
export function shellBeside({ folder }: Written, place: string, lines: readonly string[], shell: string): string {
  const start = join(folder, '.start.sh')
  const script = [
    '#!/bin/sh',
    'ip link set lo up',
    'mount -t tmpfs tmpfs /run; mount -t tmpfs tmpfs /var/log; mkdir -p /var/log/apache2 /run/apache2 /run/lock',
    // A folder that is not there is made in a copy of the one above it.
    `[ -d ${place} ] || { cp -a ${dirname(place)} /run/above; mkdir /run/above/${basename(place)}; mount --bind /run/above ${dirname(place)}; }`,
    `mount --bind ${folder} ${place}`,
    ...lines,
    '"$@"',
    '',
  ]
  writeFileSync(start, script.join('\n'), { mode: 0o755 })
  return `unshare --mount --net --pid --fork --mount-proc ${start} ${shell}`
}

/** What a program says of a configuration, in one text, with the folder's name left out. */
export function ask(program: string, args: readonly string[], { folder }: Written): string {
  const { stdout, stderr } = spawnSync(program, args, { cwd: folder, encoding: 'utf8' })
  return `${stdout}${stderr}`.replaceAll(`${folder}/`, '')
}
