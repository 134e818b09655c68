import { describe, expect, it } from 'vitest'
import { findServiceApps } from '../../src/path/service-app.js'
import {
  known,
  listener,
  listeners,
  makeFacts,
  nowMs,
  processes,
  services,
  unit,
  webProcess,
} from '../support/facts.js'

const inUnit = webProcess({ unit: 'classrooom.service', pm2App: null, ppid: 1 })

describe('apps without pm2', () => {
  it('joins a unit with its processes, its port and its journal', () => {
    const facts = makeFacts({
      services: services([unit()]),
      processes: processes(inUnit),
      journals: known({
        journals: [
          {
            unit: 'classrooom.service',
            lines: [
              { atMs: nowMs - 5000, from: 'node', text: 'Error: boom' },
              { atMs: nowMs, from: 'systemd', text: 'classrooom.service: Main process exited' },
            ],
          },
        ],
        names: [],
      }),
    })
    expect(findServiceApps(facts)).toMatchObject([
      {
        name: 'classrooom',
        state: 'running',
        cwd: '/home/deploy/classrooom',
        port: 3000,
        user: 'deploy',
        processes: [{ pid: 4001 }],
        logs: [
          { path: 'journalctl -u classrooom.service', modifiedMs: nowMs - 5000, lines: [{ text: 'Error: boom' }] },
        ],
      },
    ])
  })

  it.each([
    ['failed', { activeState: 'failed', subState: 'failed' }],
    ['looping', { activeState: 'activating', subState: 'auto-restart' }],
    ['looping', { restarts: 12, startedMs: nowMs - 2000 }],
    ['running', { restarts: 12, startedMs: nowMs - 3_600_000 }],
    ['starting', { activeState: 'activating', subState: 'start' }],
    ['stopped', { activeState: 'inactive', subState: 'dead' }],
    ['stopped', { activeState: 'active', subState: 'exited' }],
  ] as const)('tells a unit that is %s: %o', (state, overrides) => {
    expect(findServiceApps(makeFacts({ services: services([unit(overrides)]) }))[0]?.state).toBe(state)
  })

  it.each([
    [3001, { command: '/usr/bin/npm start -- -p 3001', environment: { PORT: '3000' } }],
    [8080, { command: '/usr/bin/node server.js', environment: { PORT: '8080' } }],
    [3000, { command: '/usr/bin/node server.js', environment: {} }],
  ])('settles the port %i: an argument, PORT, the socket', (port, overrides) => {
    const facts = makeFacts({
      services: services([unit(overrides)]),
      processes: processes(inUnit),
      listeners: listeners(listener()),
    })
    expect(findServiceApps(facts)[0]?.port).toBe(port)
  })

  it('finds a process that was started by hand', () => {
    const loose = webProcess({ pm2App: null, ppid: 1, unit: 'session-3.scope', args: 'node server.js', name: 'node' })
    const facts = makeFacts({ processes: processes(loose), listeners: listeners(listener()) })
    expect(findServiceApps(facts)).toMatchObject([{ name: 'classrooom', unit: null, port: 3000, state: 'running' }])
  })

  it.each([
    ['pm2 started', webProcess()],
    ['pm2 started, seen without its environment', webProcess({ pm2App: null, unit: 'pm2-deploy.service' })],
    ['a container started', webProcess({ pm2App: null, unit: 'docker-4c01db0b' })],
    [
      'an editor started',
      webProcess({ pm2App: null, ppid: 1, args: 'node /home/deploy/.vscode-server/bin/server.js' }),
    ],
  ])('leaves alone what %s', (_, process) => {
    const facts = makeFacts({ processes: processes(process), listeners: listeners(listener()) })
    expect(findServiceApps(facts)).toEqual([])
  })

  it('leaves alone the children of a pm2 daemon of somebody else', () => {
    const daemon = webProcess({ pid: 3000, ppid: 1, name: 'PM2 v6.0.14: Go', pm2App: null })
    const facts = makeFacts({
      processes: processes(daemon, webProcess({ pm2App: null, unit: 'session-1.scope' })),
      listeners: listeners(listener()),
    })
    expect(findServiceApps(facts)).toEqual([])
  })
})
