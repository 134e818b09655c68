import { dirname } from 'node:path'
import { t } from '../../language/language.js'
import type { App, Build } from '../../path/app.js'
import type { ServiceApp } from '../../path/service-app.js'
import { type Script, sh } from '../../shell.js'
import type { RemedyStep, Scene } from '../define.js'
import { risks } from './steps.js'

/** Writes a command line so that the person who logged in can run it as another user. */
export function runAs(user: string, login: string, script: Script): Script {
  if (user === login) return script
  if (user === 'root') return sh`sudo ${script}`
  if (login === 'root') return sh`su - ${user} -c ${script.text}`
  // sudo -i takes plain words; anything that needs a shell gets one; and a `$` is lost to the login shell in between.
  if (isPlainWords(script)) return sh`sudo -iu ${user} ${script}`
  if (script.text.includes('$')) return sh`sudo -Hu ${user} sh -lc ${script.text}`
  return sh`sudo -iu ${user} sh -c ${script.text}`
}

function isPlainWords({ text }: Script): boolean {
  // sample: pm2 restart classrooom --update-env
  return /^[\w@%+:,./-][\w@%+=:,./ -]*$/.test(text) && !/^\w+=/.test(text)
}

/** Commands for root, one after the other as long as they succeed, with sudo before each where the login is not root. */
export function asRoot(login: string, ...scripts: Script[]): Script {
  return chain(scripts.map((script) => runAs('root', login, script)))
}

/** `a && b && c` */
function chain(scripts: readonly Script[]): Script {
  return scripts.reduce((all, script) => sh`${all} && ${script}`)
}

/** `pm2 WORDS` as the app's own pm2 needs it: its user, its PM2_HOME, and its place where it is not on the PATH. */
export function pm2(scene: Scene, app: App, ...words: (string | number)[]): Script {
  const { daemon } = app
  return runAs(daemon?.user ?? scene.login, scene.login, pm2Words(app, ...words))
}

/** Restarts an app with variables set: `--update-env` makes pm2 take them over, a service gets them by a file of its unit. */
export function restartWith(scene: Scene, app: App, variables: Record<string, string | number>): Script {
  const settings = Object.entries(variables).map(([name, value]) => sh`${name}=${value}`)
  const service = serviceOf(app)
  if (service?.unit) {
    const { name } = service.unit
    const folder = `/etc/systemd/system/${name}.d`
    const lines = ['[Service]', ...settings.map(({ text }) => `Environment=${text}`)]
    return asRoot(
      scene.login,
      sh`mkdir -p ${folder}`,
      sh`sh -c ${`printf '%s\\n' ${lines.map((line) => `'${line}'`).join(' ')} >${folder}/environment.conf`}`,
      sh`systemctl daemon-reload`,
      sh`systemctl restart ${name}`,
    )
  }
  const words = sh`${settings} ${pm2Words(app, 'restart', app.name, '--update-env')}`
  return runAs(userOf(scene, app), scene.login, words)
}

/** The service that runs an app in place of pm2. */
function serviceOf({ service, instances }: App): ServiceApp | undefined {
  return instances.length === 0 ? (service ?? undefined) : undefined
}

/** Whom an app belongs to. */
function userOf({ login }: Scene, app: App): string {
  return serviceOf(app)?.user ?? app.daemon?.user ?? login
}

/** `pm2 WORDS` for a shell that is the app's user already. */
export function pm2Words({ daemon }: App, ...words: (string | number)[]): Script {
  const command = daemon?.pm2Path ?? 'pm2'
  const home = daemon !== null && daemon.home !== `${daemon.userHome}/.pm2` ? [sh`PM2_HOME=${daemon.home}`] : []
  // A pm2 outside of the PATH has its node beside it, which its first line looks for.
  const path = command.startsWith('/') ? [sh`PATH=${dirname(daemon?.nodePath ?? command)}:"$PATH"`] : []
  return sh`${[...home, ...path, command, ...words]}`
}

/** Commands in the app's folder, as the app's user. */
export function inFolder(scene: Scene, app: App, ...scripts: Script[]): Script {
  const user = userOf(scene, app)
  const script = chain([sh`cd ${app.cwd ?? '.'}`, ...scripts])
  // `cd` is a word of the shell: sudo alone does not know it.
  return user === 'root' && scene.login !== 'root' ? sh`sudo sh -c ${script.text}` : runAs(user, scene.login, script)
}

/** Start an app that pm2 knows nothing of any more: from its ecosystem file where there is one. */
export function startAgain(scene: Scene, app: App): RemedyStep {
  const file = app.files?.ecosystemFile
  if (file != null)
    return {
      command: inFolder(scene, app, pm2Words(app, 'start', file, '--env', 'production'), pm2Words(app, 'save')),
      note: t`starts ${app.name} from its ecosystem file and stores the list for the next boot`,
      risk: t`starts every app that the file names`,
    }
  if (app.saved)
    return {
      command: pm2(scene, app, 'resurrect'),
      note: t`starts what \`pm2 save\` stored last`,
      risk: t`starts every app that was saved`,
    }
  return {
    command: inFolder(
      scene,
      app,
      pm2Words(app, 'start', packageManagerOf(app.build), '--name', app.name, '--', 'start'),
      pm2Words(app, 'save'),
    ),
    note: t`starts ${app.name} by its package's start script and stores the list`,
    risk: risks.save,
  }
}

/** Build the app anew, then start it on the new build. */
export function rebuild(scene: Scene, app: App, before: Script[] = []): RemedyStep[] {
  const manager = packageManagerOf(app.build)
  const isLocked = app.build?.hasLockFile !== false
  const install = {
    // `npm ci` refuses to work without a lock file.
    npm: isLocked ? 'npm ci' : 'npm install',
    yarn: 'yarn install --frozen-lockfile',
    pnpm: 'pnpm install --frozen-lockfile',
    bun: 'bun install',
  }
  const builds = app.build?.isNext !== false || app.build.hasBuildScript
  const steps = chain([...before, sh`${install[manager].split(' ')}`, ...(builds ? [sh`${manager} run build`] : [])])
  return [
    {
      command: inFolder(scene, app, steps),
      note: builds ? noteOfBuild(isLocked) : noteOfInstall(isLocked),
      risk: builds ? risks.build : risks.install,
    },
    ...(app.daemon || app.service ? [restart(scene, app)] : []),
  ]
}

function noteOfBuild(isLocked: boolean): string {
  return isLocked ? t`installs the dependencies as locked and builds` : t`installs the dependencies and builds`
}

function noteOfInstall(isLocked: boolean): string {
  return isLocked ? t`installs the dependencies as locked` : t`installs the dependencies`
}

/** Restart under its manager, or start again where pm2 does not list it. */
export function restart(scene: Scene, app: App): RemedyStep {
  const service = serviceOf(app)
  if (service) return restartService(scene, service)
  if (app.instances.length === 0) return startAgain(scene, app)
  return {
    command: pm2(scene, app, 'restart', app.name, '--update-env'),
    note: t`restarts ${app.name}`,
    risk: risks.restart,
  }
}

function restartService({ login }: Scene, { unit, name, processes }: ServiceApp): RemedyStep {
  if (unit)
    return {
      command: asRoot(login, sh`systemctl restart ${unit.name}`),
      note: t`restarts ${name}`,
      risk: risks.restart,
    }
  const [first] = processes
  return {
    note: first
      ? t`end ${name} (pid ${first.pid}, ${first.args}) and start it the way that it was started; nothing else would`
      : t`end ${name} and start it the way that it was started; nothing else would`,
    risk: t`requests fail until it runs again`,
  }
}

/** Look at what the app says of itself. */
export function readLog(scene: Scene, app: App): RemedyStep {
  return {
    command: logCommand(scene, app),
    note: t`shows the last errors`,
    risk: risks.none,
  }
}

function logCommand(scene: Scene, app: App): Script {
  const unit = serviceOf(app)?.unit
  if (unit) return asRoot(scene.login, sh`journalctl -u ${unit.name} -n 50 --no-pager`)
  return app.daemon ? pm2(scene, app, 'logs', app.name, '--err', '--lines', 50, '--nostream') : sh`journalctl -e`
}

function packageManagerOf(build: Build | null): Build['packageManager'] {
  return build?.packageManager ?? 'npm'
}

/** Test the configuration, then make the gateway of the path read it. */
export function reloadGateway({ path, login }: Scene): RemedyStep {
  const { test, reload } = path.gateway ?? { test: sh`nginx -t`, reload: sh`systemctl reload nginx` }
  return {
    command: asRoot(login, test, reload),
    note: t`tests the configuration and, only if it is good, loads it`,
    risk: risks.reload,
  }
}
