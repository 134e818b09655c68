import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { limitTime } from '../src/time-limit.js'

const never = new AbortController().signal

/** Resolves once a signal aborts. */
const aborted = (signal: AbortSignal) =>
  new Promise<true>((resolve) => signal.addEventListener('abort', () => resolve(true)))

it('ends after its time', async () => {
  expect(await aborted(limitTime(20, never, 'run').signal)).toBe(true)
})

it('ends with the outer signal, also one that had ended before', () => {
  const outer = new AbortController()
  const { signal, stop } = limitTime(60_000, outer.signal, 'host')
  expect(signal.aborted).toBe(false)
  outer.abort()
  expect(signal.aborted).toBe(true)
  stop()
  const late = limitTime(60_000, outer.signal, 'host')
  expect(late.signal.aborted).toBe(true)
  late.stop()
})

it('survives the garbage collector, holds many, and lets the process end once it is stopped', async () => {
  const module = new URL('../dist/time-limit.js', import.meta.url).href
  const script = `
    import { limitTime } from '${module}'
    const run = limitTime(60_000, new AbortController().signal, 'run')
    const hosts = Array.from({ length: 100 }, () => limitTime(100, run.signal, 'host'))
    const ended = hosts.map(({ signal }) => new Promise((resolve) => signal.addEventListener('abort', resolve)))
    gc()
    await Promise.all(ended)
    for (const { stop } of [run, ...hosts]) stop()
    console.log('ended')`
  const words = ['--expose-gc', '--input-type=module', '-e', script]
  expect(await promisify(execFile)(process.execPath, words)).toEqual({ stdout: 'ended\n', stderr: '' })
})
