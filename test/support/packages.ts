import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Makes sure that a program of Debian is there: installs its package, or throws. A test never passes for want of it. */
export function installPackage(name: string, program: string): void {
  if (existsSync(program)) return
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  execFileSync('apt-get', ['update', '-qq'], { env: environment })
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], {
    env: environment,
    stdio: 'ignore',
  })
  if (!existsSync(program)) throw new Error(`${program} is still missing after the installation of ${name}`)
}
