import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import type { Host } from '../../src/inventory/host.js'
import { loadCredentials } from '../../src/ssh/auth/credentials.js'
import { createBreaker, noBreaker } from '../../src/ssh/breaker.js'
import { connect, shareConnections } from '../../src/ssh/connect.js'
import { ConnectFailure } from '../../src/ssh/session.js'
import { endpointOf, makeFolder, makeHost, makeKey, type Sshd, startSshd } from '../support/sshd.js'

const never = new AbortController().signal
const terms = (hop: string, mostRefusals = 2) => ({ hop, signal: never, mostRefusals })

/** Whether a promise is still open once everything that is due has run. */
async function isWaiting(promise: Promise<unknown>): Promise<boolean> {
  const open = Symbol('open')
  const later = new Promise((resolve) => setImmediate(resolve, open))
  return (await Promise.race([promise, later])) === open
}

describe('a login that no server has judged yet', () => {
  it('is tried on one server at a time, and on all once one has accepted it', async () => {
    const breaker = createBreaker()
    const first = await breaker.enter('ops', terms('a'))
    const others = [breaker.enter('ops', terms('b')), breaker.enter('ops', terms('c'))]
    expect(await Promise.all(others.map(isWaiting))).toEqual([true, true])
    first.accepted()
    await Promise.all(others)
  })

  it('is tried on one more server where patience is over, while the others have patience with that one', async () => {
    const breaker = createBreaker()
    await breaker.enter('ops', terms('slow'))
    const others = ['b', 'c'].map((hop) => breaker.enter('ops', { ...terms(hop), patienceMs: 100 }))
    const second = await Promise.race(others)
    expect((await Promise.all(others.map(isWaiting))).sort()).toEqual([false, true])
    second.accepted()
    await Promise.all(others)
  })

  it('does not wait for another login', async () => {
    const breaker = createBreaker()
    await breaker.enter('ops', terms('a'))
    await breaker.enter('root', terms('b'))
  })

  it('goes to the next server where the first ended before it judged', async () => {
    const breaker = createBreaker()
    const first = await breaker.enter('ops', terms('a'))
    const second = breaker.enter('ops', terms('b'))
    first.undecided()
    expect(await isWaiting(second)).toBe(false)
  })

  it('is given up by whoever no longer waits', async () => {
    const breaker = createBreaker()
    await breaker.enter('ops', terms('a'))
    const controller = new AbortController()
    const waiting = breaker.enter('ops', { ...terms('b'), signal: controller.signal })
    controller.abort(new Error('over'))
    await expect(waiting).rejects.toThrow('over')
  })
})

describe('a login that was refused', () => {
  it('is kept back after so many servers, with their names', async () => {
    const breaker = createBreaker()
    for (const hop of ['a', 'b']) (await breaker.enter('ops', terms(hop))).refused()
    const failure = await breaker.enter('ops', terms('c')).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(ConnectFailure)
    expect(failure).toMatchObject({
      message: 'not tried: the same login was refused by a and b',
      reason: 'not-tried',
      phase: 'auth',
      hop: 'a',
      mend: 'set that login right first, or try it on every host: --no-breaker',
    })
  })

  it('is tried on all the same where one of two servers took it', async () => {
    const breaker = createBreaker()
    ;(await breaker.enter('ops', terms('a'))).refused()
    ;(await breaker.enter('ops', terms('b'))).accepted()
    for (const hop of ['c', 'd']) (await breaker.enter('ops', terms(hop))).refused()
    await breaker.enter('ops', terms('e'))
  })

  it.each([
    [true, 'goes on'],
    [false, 'is kept back'],
  ])('is asked about once, at the first refusal: %s, and it %s', async (answer) => {
    const questions: string[] = []
    const breaker = createBreaker(async (question) => {
      questions.push(question)
      return answer
    })
    ;(await breaker.enter('ops', terms('a'))).refused()
    const others = await Promise.allSettled([breaker.enter('ops', terms('b')), breaker.enter('ops', terms('c'))])
    expect(others.map(({ status }) => status)).toEqual(Array(2).fill(answer ? 'fulfilled' : 'rejected'))
    expect(questions).toEqual(['a refused the login. Try the same login on the other hosts?'])
  })
})

describe('a fleet of real servers', () => {
  let fleet: Sshd[]
  beforeAll(async () => {
    fleet = await Promise.all([1, 2, 3, 4, 5].map(() => startSshd()))
  })
  afterAll(() => Promise.all(fleet.map((sshd) => sshd.stop())))
  const countTries = () => fleet.map(({ log }) => log.filter((line) => line.includes('Failed publickey')).length)

  async function reachAll(hosts: readonly Host[], breaker = noBreaker): Promise<string[]> {
    const shared = shareConnections(await loadCredentials(hosts, { env: {} }), { breaker })
    const reached = await Promise.allSettled(
      hosts.map(async (host) => (await connect(host, { shared, signal: never })).close()),
    )
    shared.close()
    return reached.map((one) => (one.status === 'fulfilled' ? 'reached' : one.reason.reason))
  }

  test('three of five see a key that nobody takes', async () => {
    const identityFiles = [await makeKey(join(await makeFolder(), 'wrong'))]
    const before = countTries()
    const reached = await reachAll(
      fleet.map((sshd) => makeHost({ ...endpointOf(sshd), identityFiles })),
      createBreaker(),
    )
    expect(reached.sort()).toEqual(['auth', 'auth', 'auth', 'not-tried', 'not-tried'])
    const tries = countTries().map((count, index) => count - (before[index] ?? 0))
    expect(tries.sort()).toEqual([0, 0, 1, 1, 1])
  })

  test('all of five see it without the breaker', async () => {
    const identityFiles = [await makeKey(join(await makeFolder(), 'wrong'))]
    const reached = await reachAll(fleet.map((sshd) => makeHost({ ...endpointOf(sshd), identityFiles })))
    expect(reached).toEqual(Array(5).fill('auth'))
  })

  test('one host that does not know the key stops no other', async () => {
    const [first, ...others] = fleet
    if (!first) throw new Error('no server')
    const { identityFile } = first
    const stranger = await startSshd({ settings: ['AuthorizedKeysFile none'] })
    const hosts = [stranger, first].map((sshd) => makeHost({ ...endpointOf(sshd), identityFiles: [identityFile] }))
    expect(others).toHaveLength(4)
    expect(await reachAll(hosts, createBreaker())).toEqual(['auth', 'reached'])
    await stranger.stop()
  })
})
