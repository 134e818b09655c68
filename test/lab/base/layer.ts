import { createHash } from 'node:crypto'
import { constants, existsSync } from 'node:fs'
import { access, chmod, copyFile, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { run } from '../run.js'
import { cacheFolder } from '../site.js'

const here = import.meta.dirname
const appFolder = 'home/deploy/classrooom'
const pm2Version = '7.0.4'
const packages = [
  ...['systemd', 'systemd-sysv', 'dbus', 'util-linux', 'procps', 'libstdc++6', 'ca-certificates'],
  ...['openssh-server', 'sudo', 'fish', 'tcsh', 'busybox'],
  ...['nginx-light', 'openssl', 'curl', 'iproute2', 'net-tools', 'ufw', 'nftables', 'iptables'],
]
/** Gateways that a host may have in place of nginx: their packages lie in /opt/debs, to be installed there without a network. */
const otherGateways = ['apache2', 'caddy', 'haproxy']

/**
 * The lower layer of every host: a Debian root with sshd, nginx, Node.js, PM2 and the built app. Made once, in about a minute, and kept in
 * the cache folder under a key of all that it is made from, so that a change of any of it makes a new one. A former one is never removed:
 * hosts of another lab may stand on it.
 * @returns the layer's folder
 */
export async function prepareBaseLayer(report: (line: string) => void): Promise<string> {
  const layer = join(cacheFolder, `base-${await keyOfIngredients()}`)
  if (existsSync(layer)) return layer
  report('building the base layer (once)')
  await mkdir(cacheFolder, { recursive: true })
  const draft = await mkdtemp(`${layer}-draft-`)
  try {
    await buildLayer(draft)
    await publish(draft, layer)
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
  return layer
}

async function buildLayer(root: string): Promise<void> {
  await chmod(root, 0o755)
  await installDebian(root)
  await installNode(root)
  await installApp(root)
  await provision(root)
}

/** Puts a finished layer in its place, in one step; one that another lab has put there meanwhile is as good. */
async function publish(draft: string, layer: string): Promise<void> {
  await rename(draft, layer).catch((error: unknown) => {
    if (!existsSync(layer)) throw error
  })
}

async function keyOfIngredients(): Promise<string> {
  const hash = createHash('sha256').update([process.version, pm2Version, ...packages, ...otherGateways].join())
  const entries = await readdir(here, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  for (const file of files.sort()) hash.update(file.slice(here.length)).update(await readFile(file))
  return hash.digest('hex').slice(0, 12)
}

async function installDebian(root: string): Promise<void> {
  if (!(await isOnPath('mmdebstrap'))) {
    await run('apt-get', ['update', '-qq'])
    await run('apt-get', [
      'install',
      '-y',
      '-qq',
      '--no-install-recommends',
      'mmdebstrap',
      'openssh-client',
      'iproute2',
    ])
  }
  const sources = ['/etc/apt/sources.list.d/debian.sources', '/etc/apt/sources.list'].filter(existsSync).slice(0, 1)
  const without = ['doc', 'man', 'locale', 'info'].map((folder) => `--dpkgopt=path-exclude=/usr/share/${folder}/*`)
  // A mirror frozen in time is out of date by its own account.
  const aptOptions = ['Check-Valid-Until "false"', 'Check-Date "false"', 'Languages "none"'].map(
    (option) => `--aptopt=Acquire::${option}`,
  )
  const downloads = otherGateways
    .map(
      (name) =>
        `mkdir -p /opt/debs/${name}/partial && apt-get -qq -y install --download-only --no-install-recommends -o Dir::Cache::archives=/opt/debs/${name} ${name}`,
    )
    .join(' && ')
  const include = `--include=${packages.join(',')}`
  await run('mmdebstrap', [
    '--quiet',
    '--variant=minbase',
    ...aptOptions,
    ...without,
    include,
    `--customize-hook=chroot "$1" sh -c '${downloads}'`,
    'bookworm',
    root,
    ...sources,
  ])
}

async function isOnPath(program: string): Promise<boolean> {
  const folders = (process.env.PATH ?? '').split(':')
  const tries = folders.map((folder) => access(join(folder, program), constants.X_OK))
  return Promise.any(tries).then(
    () => true,
    () => false,
  )
}

async function installNode(root: string): Promise<void> {
  await copyFile(process.execPath, join(root, 'usr/bin/node'))
  const npm = resolve(dirname(process.execPath), '../lib/node_modules/npm')
  await cp(npm, join(root, 'usr/lib/node_modules/npm'), { recursive: true, verbatimSymlinks: true })
  await symlink('../lib/node_modules/npm/bin/npm-cli.js', join(root, 'usr/bin/npm'))
  await run('npm', ['install', '--global', '--silent', '--prefix', join(root, 'usr'), `pm2@${pm2Version}`])
}

async function installApp(root: string): Promise<void> {
  await cp(join(here, 'root'), root, { recursive: true })
  await run('npm', ['ci', '--silent'], { cwd: join(root, appFolder) })
}

/** Runs provision.sh as the first process of a PID space of its own, so that what it leaves running ends with it. */
async function provision(root: string): Promise<void> {
  await copyFile(join(here, 'provision.sh'), join(root, 'tmp/provision.sh'))
  const enter =
    'mount -t proc proc "$0/proc" && mount --bind /dev "$0/dev" && exec chroot "$0" /usr/bin/env -i /bin/bash /tmp/provision.sh'
  await run('unshare', ['--mount', '--pid', '--net', '--fork', '--kill-child', 'sh', '-c', enter, root])
  await rm(join(root, 'tmp/provision.sh'))
}
