import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** Unpacked, not installed: Debian's package would start a daemon. */
const folder = '/var/tmp/fleetdx-test-prometheus'
const program = join(folder, 'usr/bin/promtool')

/** The path of Prometheus' promtool; fetches Debian's package where it is not there yet, or throws. */
export function findPromtool(): string {
  if (existsSync('/usr/bin/promtool')) return '/usr/bin/promtool'
  if (!existsSync(program)) unpack()
  return program
}

function unpack(): void {
  const download = mkdtempSync('/var/tmp/fleetdx-download-')
  try {
    execFileSync('apt-get', ['update', '-qq'], { stdio: 'ignore' })
    execFileSync('apt-get', ['download', '-qq', '-o', 'APT::Sandbox::User=root', 'prometheus'], {
      cwd: download,
      stdio: 'ignore',
    })
    const [file = ''] = readdirSync(download)
    execFileSync('dpkg', ['-x', join(download, file), folder])
  } finally {
    rmSync(download, { recursive: true })
  }
}
