import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** The real nginx, installed where it is missing; throws where that fails. */
export function findNginx(): string {
  const found = spawnSync('sh', ['-c', 'command -v nginx || command -v /usr/sbin/nginx'], {
    encoding: 'utf8',
  }).stdout.trim()
  if (found !== '') return found
  execFileSync('sh', ['-c', 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq nginx-light'])
  return '/usr/sbin/nginx'
}

export function readVersion(nginx: string): string {
  const said = spawnSync(nginx, ['-v'], { encoding: 'utf8' }).stderr
  return /nginx\/(\S+)/.exec(said)?.[1] ?? ''
}

/** Writes files into a new folder, and gives its path and the means to remove it. */
export function writeConfig(files: Record<string, string>): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'fleetdx-nginx-'))
  for (const [name, text] of Object.entries({ 'logs/error.log': '', ...files })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** What `nginx -t` refuses about the nginx.conf of a folder: its first [emerg], `MESSAGE in FILE:LINE`; null when all is well. */
export function testConfig(nginx: string, folder: string): string | null {
  const { stderr } = spawnSync(nginx, ['-t', '-p', folder, '-c', 'nginx.conf', '-g', 'pid nginx.pid;'], {
    encoding: 'utf8',
  })
  return /\[emerg\] (?:\d+#\d+: )?(.*)/.exec(stderr)?.[1]?.replaceAll(`${folder}/`, '') ?? null
}

/**
 * A shell for `collectHere`, in namespaces of its own: the folder is /etc/nginx there, nginx has been started if its configuration
 * lets it, no other nginx is seen, and all of them end with the shell.
 */
export function shellBesideNginx(nginx: string, folder: string, shell: string): string {
  const start = join(folder, 'start.sh')
  const lines = ['#!/bin/sh', `mount --bind ${folder} /etc/nginx`, `${nginx} </dev/null >/dev/null 2>&1`, 'exec "$@"', '']
  writeFileSync(start, lines.join('\n'), { mode: 0o755 })
  return `unshare --mount --net --pid --fork --mount-proc ${start} ${shell}`
}
