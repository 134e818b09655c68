import { describe, expect, it } from 'vitest'
import type { Fact } from '../../src/fact.js'
import { findAppFolders, findProject } from '../../src/probes/app-folders.js'
import type { ProcessesFacts } from '../../src/probes/processes.js'

const unknown: Fact<never> = { known: false, because: { what: 'pm2', reason: 'permission' } }

describe('findAppFolders', () => {
  it('takes the folders of living processes, but not of containers, other programs and the root', () => {
    const processes = [
      { name: 'node', cwd: '/srv/a (deleted)', uid: 1000, unit: null },
      { name: 'next-server (v1', cwd: '/srv/a', uid: 1000, unit: 'pm2-deploy.service' },
      { name: 'node', cwd: '/app', uid: 0, unit: 'docker-4f1c' },
      { name: 'node', cwd: '/', uid: 0, unit: null },
      { name: 'nginx', cwd: '/srv/b', uid: 33, unit: null },
      { name: 'node', cwd: null, uid: 33, unit: null },
    ] as unknown as ProcessesFacts['processes']
    const known: Fact<ProcessesFacts> = { known: true, value: { hidesOthers: false, processes }, blind: [] }
    expect(
      findAppFolders({ pm2: unknown, processes: known, services: unknown }, [
        { name: 'c', cwd: '/srv/c' },
        { name: 'd' },
      ]),
    ).toEqual([
      { cwd: '/srv/c', folder: '/srv/c', uid: null },
      { cwd: '/srv/a', folder: '/srv/a', uid: 1000 },
    ])
  })
})

describe('findProject', () => {
  it.each([
    ['/srv/a/node_modules/.bin/next', 'start', '/srv/a'],
    ['/srv/a/node_modules/next/dist/bin/next', 'start -p 3000 apps/web', '/srv/a/apps/web'],
    ['/srv/a/node_modules/.bin/next', 'start -p 3001', '/srv/a'],
    ['/srv/a/node_modules/.bin/next', 'start 3001', '/srv/a'],
    ['/srv/a/node_modules/.bin/next', 'start --port=3001 /opt/web', '/opt/web'],
    ['/usr/bin/npm', 'start --prefix apps/web', '/srv/a/apps/web'],
    ['/usr/bin/yarn', '--cwd=apps/web start', '/srv/a/apps/web'],
    ['/srv/a/.next/standalone/server.js', '', '/srv/a/.next/standalone'],
    ['/srv/a/server.js', '', '/srv/a'],
    ['/srv/a/dist/server.js', '', '/srv/a'],
    ['/opt/web/server.js', '', '/opt/web'],
  ])('%s %s works on %s', (script, args, folder) => {
    expect(findProject({ cwd: '/srv/a', script, args: args.split(' ').filter(Boolean) })).toBe(folder)
  })
})
