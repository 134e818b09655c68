import { describe, expect, it } from 'vitest'
import { exitLines, pm2Evidence, pm2StateOf } from '../../src/path/pm2-state.js'
import type { Pm2App } from '../../src/probes/pm2.js'
import { daemon, makeApp, makeFacts, nowMs, pm2Log, unseen } from '../support/facts.js'
import { pm2App } from '../support/record.js'

const facts = makeFacts()
const secondsAgo = (seconds: number) => nowMs - seconds * 1000

function stateOf(...instances: Partial<Pm2App>[]) {
  return pm2StateOf(makeApp({ instances: instances.map(pm2App) }), facts)
}

describe("pm2's words", () => {
  it.each<[string, Partial<Pm2App>, string]>([
    ['online, for an hour', { startedMs: secondsAgo(3600) }, 'online'],
    ['online, for an hour, after many restarts by hand', { startedMs: secondsAgo(3600), restarts: 40 }, 'online'],
    ['online, since 5 seconds, for the first time', { startedMs: secondsAgo(5) }, 'starting'],
    ['online, since 29 seconds', { startedMs: secondsAgo(29) }, 'starting'],
    ['online, since 31 seconds', { startedMs: secondsAgo(31) }, 'online'],
    ['online, since 5 seconds, after 3 restarts', { startedMs: secondsAgo(5), restarts: 3 }, 'looping'],
    ['online, since 20 seconds, after 3 restarts', { startedMs: secondsAgo(20), restarts: 3 }, 'online'],
    ['online without a pid: it was never spawned', { pid: null }, 'never-spawned'],
    ['stopped', { status: 'stopped', pid: 0 }, 'stopped'],
    ['stopped, and a pid: between two lives', { status: 'stopped', pid: 4001, startedMs: secondsAgo(90) }, 'looping'],
    ['waiting restart', { status: 'waiting restart', pid: 4001, startedMs: secondsAgo(90) }, 'looping'],
    ['waiting restart for ever, as it was given up', { status: 'waiting restart', pid: 0, createdMs: null }, 'errored'],
    [
      'waiting restart for ever, as it is not to be restarted',
      { status: 'waiting restart', pid: 0, createdMs: secondsAgo(90), exitCode: 1, autorestart: false },
      'exited',
    ],
    ['stopped by an exit code that says so', { status: 'stopped', pid: 0, exitCode: 3, stopExitCodes: [3] }, 'exited'],
    ['errored', { status: 'errored', pid: 0, restarts: 16 }, 'errored'],
    [
      'stopped by its own exit code, not to be restarted',
      { status: 'stopped', pid: 0, exitCode: 1, autorestart: false },
      'exited',
    ],
    ['stopped, done, not to be restarted', { status: 'stopped', pid: 0, exitCode: 0, autorestart: false }, 'stopped'],
    ['stopped by hand after a crash', { status: 'stopped', pid: 0, exitCode: 1 }, 'stopped'],
  ])('%s', (_, instance, state) => {
    expect(stateOf(instance)).toBe(state)
  })

  it('says nothing of a life without the clock of the host, but of the pid all the same', () => {
    const blind = makeFacts({ host: unseen() })
    const app = (instance: Partial<Pm2App>) => makeApp({ instances: [pm2App(instance)] })
    expect(pm2StateOf(app({ startedMs: secondsAgo(5), restarts: 3 }), blind)).toBe('online')
    expect(pm2StateOf(app({ status: 'stopped', pid: 4001 }), blind)).toBe('looping')
  })
})

describe('a cluster', () => {
  const old = { startedMs: secondsAgo(3600) }

  it('is as the instance that is worst off, whichever comes first', () => {
    const errored = { status: 'errored', pid: 0 }
    expect(stateOf(errored, { ...old, id: 1 })).toBe('errored')
    expect(stateOf({ ...old }, { status: 'stopped', pid: 0, id: 1 }, { ...errored, id: 2 })).toBe('errored')
    expect(stateOf(old, { ...old, id: 1 })).toBe('online')
  })
})

describe('an app that pm2 does not list', () => {
  it.each([
    ['no pm2', { daemon: null }, undefined],
    ['no daemon lives', { daemon: daemon({ pid: null, apps: null }), instances: [] }, 'no-daemon'],
    ['the daemon could not be asked', { daemon: daemon({ apps: null }), instances: [] }, 'unseen'],
    ['the daemon lives, and has it not', { instances: [] }, 'not-listed'],
  ])('%s', (_, app, state) => {
    expect(pm2StateOf(makeApp(app), facts)).toBe(state)
  })
})

describe('pm2.log', () => {
  const crash = 'App [classrooom:0] exited with code [1] via signal [SIGINT]'
  const withLog = (log: ReturnType<typeof pm2Log>, instance: Partial<Pm2App> = {}) =>
    makeApp({ daemon: daemon({ log }), instances: [pm2App({ startedMs: secondsAgo(20), restarts: 9, ...instance })] })

  it('shows a loop whose lives are long enough to look well: three ends in two minutes', () => {
    expect(pm2StateOf(withLog(pm2Log([100, crash], [60, crash], [20, crash])), facts)).toBe('looping')
    expect(pm2StateOf(withLog(pm2Log([130, crash], [60, crash], [20, crash])), facts)).toBe('online')
  })

  it('counts only the ends of this app', () => {
    const others = pm2Log(
      [30, 'App [classrooom-api:1] exited with code [1] via signal [SIGINT]'],
      [20, 'App [mailer:2] exited with code [1] via signal [SIGINT]'],
      [10, 'App [classrooom-api:1] exited with code [1] via signal [SIGINT]'],
    )
    expect(exitLines(withLog(others))).toEqual([])
  })

  // What pm2 7.0.4 writes at `pm2 restart web; pm2 reload web` of a cluster of two.
  const byHand = ['0', '1', '_old_0', '_old_1'].flatMap((id): [number, string][] => [
    [20, `Stopping app:classrooom id:${id}`],
    [20, `App name:classrooom id:${id} disconnected`],
    [20, `App [classrooom:${id}] exited with code [0] via signal [SIGINT]`],
  ])

  it('does not take a deployment for a crash loop: a stop, restart or reload by hand is no crash', () => {
    const app = withLog(pm2Log(...byHand), { startedMs: secondsAgo(5), restarts: 40 })
    expect(exitLines(app)).toEqual([])
    expect(pm2StateOf(app, facts)).toBe('starting')
  })

  it('still sees the crashes after a restart by hand', () => {
    const log = pm2Log(...byHand, [15, crash], [10, crash], [5, crash])
    expect(exitLines(withLog(log))).toHaveLength(3)
    expect(pm2StateOf(withLog(log, { startedMs: secondsAgo(2) }), facts)).toBe('looping')
  })
})

it('quotes what pm2 says, of two instances at most', () => {
  const instances = [
    pm2App({ status: 'errored', pid: 0, restarts: 16, exitCode: 1 }),
    pm2App({ pid: null }),
    pm2App({ id: 2 }),
  ]
  expect(pm2Evidence(makeApp({ instances }))).toEqual([
    { source: 'pm2 (deploy)', text: 'classrooom (id 0) is errored, pid 0, 16 restarts, exit code 1' },
    { source: 'pm2 (deploy)', text: 'classrooom (id 0) is online, no pid, 0 restarts' },
  ])
})
