import { describe, expect, it } from 'vitest'
import { diagnose } from '../../src/diagnose/diagnose.js'
import { findingsOf } from '../support/cases.js'
import answers from './answers.js'
import app from './app.js'
import build from './build.js'
import certificates from './certificates.js'
import gateway from './gateway.js'
import host from './host.js'
import localhost from './localhost.js'
import network from './network.js'
import pm2App from './pm2-app.js'
import pm2Daemon from './pm2-daemon.js'
import { gradeCase, type PublicCase, type PublicCases } from './public-case.js'
import upstream from './upstream.js'

const tables: PublicCases[] = [
  certificates,
  network,
  localhost,
  gateway,
  upstream,
  answers,
  pm2Daemon,
  pm2App,
  app,
  build,
  host,
]
const cases = tables
  .flatMap((table) => Object.entries(table).map(([number, each]): [number, PublicCase] => [Number(number), each]))
  .toSorted(([a], [b]) => a - b)

describe('public cases', () => {
  it.each(cases.map(([number, each]) => [number, each.cause, each] as const))('case %i %s', async (_, __, each) => {
    const diagnosis = diagnose(await findingsOf(each.host))
    expect({ grade: gradeCase(each, diagnosis), causes: summariesOf(diagnosis) }).toMatchObject({ grade: each.grade })
  })

  it('none is told wrong', async () => {
    const graded = await Promise.all(
      cases.map(async ([number, each]) => [number, gradeCase(each, diagnose(await findingsOf(each.host)))]),
    )
    expect(graded.filter(([, grade]) => grade === 'wrong')).toEqual([])
  })

  it('all are there, and say what they lack where it does not suffice', () => {
    expect(cases.map(([number]) => number)).toEqual(Array.from({ length: 80 }, (_, index) => index + 1))
    expect(cases.filter(([, { grade, lacks }]) => (grade === 'right') !== (lacks === undefined))).toEqual([])
  })
})

function summariesOf({ causes, undecided, verdict }: ReturnType<typeof diagnose>): string[] {
  return [
    verdict,
    ...causes.map(
      ({ id, confidence, summary, effect, consequences }) =>
        `${id} (${confidence}, ${effect}): ${summary} ⇒ ${consequences.map(({ id }) => id)}`,
    ),
    ...undecided.map(({ id, because }) => `${id}? ${because}`),
  ]
}
