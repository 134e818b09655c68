import { expect, it } from 'vitest'
import { earliest, readProcesses } from '../../../src/probes/gateway/read-output.js'

const lines = ['ticks 100 1000', 'master 10 500 root', 'worker 11 600 10', 'worker 12 90000 10', 'worker 13 700 99']

it('tells the last reload by the youngest worker of the master', () => {
  expect(readProcesses(lines)).toMatchObject({ masterPid: 10, startedMs: 1_005_000, workersStartedMs: 1_900_000 })
})

it('tells it by the oldest where a gateway starts more with the load: what it logged before still holds', () => {
  expect(readProcesses(lines, earliest).workersStartedMs).toBe(1_006_000)
})
