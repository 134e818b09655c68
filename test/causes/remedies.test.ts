import { describe, expect, it } from 'vitest'
import type { Cause, Scene } from '../../src/causes/define.js'
import dbUnreachableCrash from '../../src/causes/environment/db-unreachable-crash.js'
import envMissing from '../../src/causes/environment/env-missing.js'
import pm2PortArgsSwallowed from '../../src/causes/pm2/pm2-port-args-swallowed.js'
import {
  asRoot,
  inFolder,
  pm2,
  readLog,
  rebuild,
  reloadGateway,
  restart,
  restartWith,
  runAs,
  startAgain,
} from '../../src/causes/shared/remedies.js'
import { knownValue } from '../../src/fact.js'
import type { App } from '../../src/path/app.js'
import { buildPaths } from '../../src/path/build-paths.js'
import { sh } from '../../src/shell.js'
import { daemon, errorLog, makeApp, nowMs, savedApp, servingFacts } from '../support/facts.js'
import { buildFacts, pm2App } from '../support/record.js'

const facts = servingFacts()
const [path] = buildPaths(facts, [])
const logins = ['root', 'deploy', 'ops'] as const

function sceneOf(login: string): Scene {
  if (!path) throw new Error('the serving host has no path')
  return { path, facts, login }
}

/** What each login has to type. */
function typed(write: (scene: Scene) => { text: string } | undefined) {
  return Object.fromEntries(logins.map((login) => [login, write(sceneOf(login))?.text]))
}

function app(overrides: Partial<App> = {}): App {
  return makeApp(overrides)
}

describe('who types it', () => {
  it('the owner of pm2 types it as it is, root steps down, others step over by sudo', () => {
    expect(typed((scene) => pm2(scene, app(), 'restart', 'classrooom', '--update-env'))).toEqual({
      root: "su - deploy -c 'pm2 restart classrooom --update-env'",
      deploy: 'pm2 restart classrooom --update-env',
      ops: 'sudo -iu deploy pm2 restart classrooom --update-env',
    })
  })

  it('pm2 of root itself', () => {
    const owned = app({ daemon: daemon({ user: 'root', userHome: '/root', home: '/root/.pm2' }) })
    expect(typed((scene) => pm2(scene, owned, 'save'))).toEqual({
      root: 'pm2 save',
      deploy: 'sudo pm2 save',
      ops: 'sudo pm2 save',
    })
  })

  it('without pm2 the login types it', () => {
    expect(typed((scene) => inFolder(scene, app({ daemon: null }), sh`npm ci`))).toEqual({
      root: 'cd /home/deploy/classrooom && npm ci',
      deploy: 'cd /home/deploy/classrooom && npm ci',
      ops: 'cd /home/deploy/classrooom && npm ci',
    })
  })

  it('root needs no sudo; others need it before each command of a chain', () => {
    expect(typed(({ login }) => asRoot(login, sh`nginx -t`, sh`systemctl reload nginx`))).toEqual({
      root: 'nginx -t && systemctl reload nginx',
      deploy: 'sudo nginx -t && sudo systemctl reload nginx',
      ops: 'sudo nginx -t && sudo systemctl reload nginx',
    })
  })
})

describe('what needs a shell gets one', () => {
  it('a variable before the command', () => {
    expect(typed((scene) => restartWith(scene, app(), { PORT: 3001 }))).toEqual({
      root: "su - deploy -c 'PORT=3001 pm2 restart classrooom --update-env'",
      deploy: 'PORT=3001 pm2 restart classrooom --update-env',
      ops: "sudo -iu deploy sh -c 'PORT=3001 pm2 restart classrooom --update-env'",
    })
  })

  it('a chain', () => {
    expect(typed((scene) => inFolder(scene, app({ cwd: "/srv/Ann's site" }), sh`npm ci`)).ops).toBe(
      String.raw`sudo -iu deploy sh -c 'cd '\''/srv/Ann'\''\'\'''\''s site'\'' && npm ci'`,
    )
  })

  it('a dollar is kept from the login shell, to which sudo -i gives it unquoted', () => {
    expect(runAs('deploy', 'ops', sh`pm2 restart ${'a$b'}`).text).toBe(
      String.raw`sudo -Hu deploy sh -lc 'pm2 restart '\''a$b'\'''`,
    )
  })
})

describe('names that a shell would take apart', () => {
  it.each([
    ['my app', "pm2 restart 'my app' --update-env"],
    ["Ann's app", String.raw`pm2 restart 'Ann'\''s app' --update-env`],
    ['a"b', `pm2 restart 'a"b' --update-env`],
    ['$(reboot)', "pm2 restart '$(reboot)' --update-env"],
    ['a;reboot', "pm2 restart 'a;reboot' --update-env"],
    ['größe', "pm2 restart 'größe' --update-env"],
    ['app_1.2-x', 'pm2 restart app_1.2-x --update-env'],
  ])('%s', (name, command) => {
    expect(restart(sceneOf('deploy'), app({ name })).command?.text).toBe(command)
  })
})

describe('a pm2 that is not the usual one', () => {
  it('names its home', () => {
    const elsewhere = app({ daemon: daemon({ home: '/srv/pm2' }) })
    expect(typed((scene) => pm2(scene, elsewhere, 'save'))).toEqual({
      root: "su - deploy -c 'PM2_HOME=/srv/pm2 pm2 save'",
      deploy: 'PM2_HOME=/srv/pm2 pm2 save',
      ops: "sudo -iu deploy sh -c 'PM2_HOME=/srv/pm2 pm2 save'",
    })
  })

  it('sets a home with a space as a variable still', () => {
    const elsewhere = app({ daemon: daemon({ home: '/srv/pm2 apps' }) })
    expect(pm2(sceneOf('deploy'), elsewhere, 'save').text).toBe("PM2_HOME='/srv/pm2 apps' pm2 save")
  })

  it('has its node beside it on the PATH where it is not there itself', () => {
    const bin = '/home/deploy/.nvm/versions/node/v20.9.0/bin'
    const own = app({ daemon: daemon({ pm2Path: `${bin}/pm2`, nodePath: `${bin}/node` }) })
    expect(typed((scene) => pm2(scene, own, 'save'))).toEqual({
      root: `su - deploy -c 'PATH=${bin}:"$PATH" ${bin}/pm2 save'`,
      deploy: `PATH=${bin}:"$PATH" ${bin}/pm2 save`,
      ops: `sudo -Hu deploy sh -lc 'PATH=${bin}:"$PATH" ${bin}/pm2 save'`,
    })
  })

  it('has both, before the variables of the app', () => {
    const own = app({
      daemon: daemon({ home: '/srv/pm2', pm2Path: '/opt/pm2/bin/pm2', nodePath: '/opt/node/bin/node' }),
    })
    expect(restartWith(sceneOf('deploy'), own, { PORT: 3001 }).text).toBe(
      'PORT=3001 PM2_HOME=/srv/pm2 PATH=/opt/node/bin:"$PATH" /opt/pm2/bin/pm2 restart classrooom --update-env',
    )
  })

  it('is named in every remedy that uses pm2, those in a folder too', () => {
    const own = app({
      daemon: daemon({ home: '/srv/pm2' }),
      instances: [pm2App({ status: 'errored', pid: 0, startedMs: nowMs - 1000 })],
      logs: [errorLog(['Error: Missing required environment variable: DATABASE_URL'])],
      files: { cwd: '/home/deploy/classrooom', envFiles: [], ecosystemFile: 'ecosystem.config.js' },
    })
    expect(remedyOf(envMissing, own)).toEqual([
      'cd /home/deploy/classrooom && nano ecosystem.config.js',
      'cd /home/deploy/classrooom && PM2_HOME=/srv/pm2 pm2 restart ecosystem.config.js --env production --update-env',
      'PM2_HOME=/srv/pm2 pm2 save',
    ])
    const swallowed = {
      ...own,
      logs: [errorLog(['Invalid project directory provided, no such directory: /srv/web/3001'])],
    }
    expect(remedyOf(pm2PortArgsSwallowed, swallowed)).toEqual([
      'PM2_HOME=/srv/pm2 pm2 delete classrooom',
      'cd /home/deploy/classrooom && PM2_HOME=/srv/pm2 pm2 start npm --name classrooom -- start -- -p 3001',
      'PM2_HOME=/srv/pm2 pm2 save',
    ])
  })
})

describe('starting again', () => {
  const files = { cwd: '/home/deploy/classrooom', envFiles: [], ecosystemFile: 'ecosystem.config.js' }

  it.each<[string, Partial<App>, string]>([
    [
      'from its ecosystem file',
      { files, saved: savedApp() },
      'cd /home/deploy/classrooom && pm2 start ecosystem.config.js --env production && pm2 save',
    ],
    ['from what pm2 saved', { saved: savedApp() }, 'pm2 resurrect'],
    ['by its start script', {}, 'cd /home/deploy/classrooom && pm2 start npm --name classrooom -- start && pm2 save'],
    [
      'by its start script, with its own package manager',
      { build: build({ packageManager: 'pnpm' }) },
      'cd /home/deploy/classrooom && pm2 start pnpm --name classrooom -- start && pm2 save',
    ],
  ])('%s', (_, overrides, command) => {
    expect(startAgain(sceneOf('deploy'), app(overrides)).command?.text).toBe(command)
  })

  it('is what a restart means for an app that pm2 does not list', () => {
    expect(restart(sceneOf('deploy'), app({ instances: [], saved: savedApp() })).command?.text).toBe('pm2 resurrect')
  })
})

describe('building anew', () => {
  it.each(['npm', 'yarn', 'pnpm', 'bun'] as const)('with %s', (packageManager) => {
    const install = {
      npm: 'npm ci',
      yarn: 'yarn install --frozen-lockfile',
      pnpm: 'pnpm install --frozen-lockfile',
      bun: 'bun install',
    }[packageManager]
    const steps = rebuild(sceneOf('deploy'), app({ build: build({ packageManager }) }))
    expect(steps.map(({ command }) => command?.text)).toEqual([
      `cd /home/deploy/classrooom && ${install} && ${packageManager} run build`,
      'pm2 restart classrooom --update-env',
    ])
  })

  it('in the folder of root by a shell, without a lock file, and without a build where there is none', () => {
    const owner = daemon({ user: 'root', userHome: '/root', home: '/root/.pm2' })
    const express = build({ isNext: false, hasBuildScript: false, hasLockFile: false })
    const [install] = rebuild(sceneOf('ops'), app({ daemon: owner, build: express }))
    expect(install).toMatchObject({
      command: { text: "sudo sh -c 'cd /home/deploy/classrooom && npm install'" },
      note: 'installs the dependencies',
    })
  })

  it('restarts nothing where there is no pm2', () => {
    expect(rebuild(sceneOf('deploy'), app({ daemon: null }), [sh`rm -rf .next`])).toHaveLength(1)
  })
})

describe('looking', () => {
  it('at the log that pm2 keeps, else at the journal', () => {
    expect(readLog(sceneOf('ops'), app()).command?.text).toBe(
      'sudo -iu deploy pm2 logs classrooom --err --lines 50 --nostream',
    )
    expect(readLog(sceneOf('ops'), app({ daemon: null })).command?.text).toBe('journalctl -e')
  })

  it('at the port of a database only where its message names one', () => {
    const dying = (line: string) =>
      app({
        instances: [pm2App({ status: 'errored', pid: 0, startedMs: nowMs - 1000 })],
        logs: [errorLog([line])],
      })
    expect(remedyOf(dbUnreachableCrash, dying('Error: connect ECONNREFUSED ::1:5432'))).toEqual([
      "sudo ss -ltnp 'sport = :5432'",
      undefined,
      'pm2 restart classrooom --update-env',
    ])
    expect(remedyOf(dbUnreachableCrash, dying('error: password authentication failed for user "web"'))).toEqual([
      undefined,
      'pm2 restart classrooom --update-env',
    ])
  })
})

it('reloads the gateway only when the configuration is good', () => {
  expect(typed((scene) => reloadGateway(scene).command).ops).toBe('sudo nginx -t && sudo systemctl reload nginx')
})

function build(overrides: object) {
  return knownValue(buildFacts(overrides))?.builds[0] ?? null
}

/** The commands that a cause names for an app of the user deploy, typed by that user. */
function remedyOf(cause: Cause, owned: App): (string | undefined)[] {
  const scene = sceneOf('deploy')
  const judgement = cause.judge({ ...scene, path: { ...scene.path, app: owned } })
  if (!judgement?.holds) throw new Error(`${cause.id} does not hold`)
  return judgement.remedy.map(({ command }) => command?.text)
}
