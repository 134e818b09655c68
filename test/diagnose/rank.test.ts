import { describe, expect, it } from 'vitest'
import type { Cause, Confidence } from '../../src/causes/define.js'
import { type Match, rankPath } from '../../src/diagnose/rank.js'

interface Sketch extends Partial<Pick<Cause, 'breaks' | 'layer' | 'explains'>> {
  confidence?: Confidence
  effect?: Match['effect']
}

/** A cause that holds. */
function match(id: string, sketch: Sketch = {}): Match {
  const { breaks = 'target', layer = 'app', explains = [], confidence = 'high', effect = 'outage' } = sketch
  return {
    cause: { id, title: id, layer, breaks, explains, source: 'a test', judge: () => undefined },
    judgement: { holds: true, confidence, subject: 'classrooom', summary: id, evidence: [], remedy: [] },
    pathId: 'classrooom.test/',
    effect,
  }
}

/** The ranking as words: each root with what follows from it. */
function rank(...matches: Match[]) {
  return rankPath(matches).map(({ root, consequences }) => [
    root.cause.id,
    ...consequences.map(({ cause }) => cause.id),
  ])
}

describe('what explains what', () => {
  it('nothing comes of nothing', () => {
    expect(rank()).toEqual([])
  })

  it('what another explains is its consequence, whatever the order', () => {
    const build = match('build', { explains: ['errored', 'closed'] })
    const errored = match('errored', { explains: ['closed'] })
    expect(rank(errored, build)).toEqual([['build', 'errored']])
    expect(rank(build, errored)).toEqual([['build', 'errored']])
  })

  it('over several steps, even where the first does not name the last', () => {
    const disk = match('disk', { explains: ['build'] })
    const build = match('build', { explains: ['errored'] })
    const errored = match('errored', { explains: ['closed'] })
    expect(rank(match('closed'), errored, build, disk)).toEqual([['disk', 'closed', 'errored', 'build']])
  })

  it('a consequence of two roots is told once, with the first of them', () => {
    const app = match('app', { breaks: 'manager', explains: ['closed'] })
    const gateway = match('gateway', { breaks: 'gateway', explains: ['closed'] })
    expect(rank(app, gateway, match('closed'))).toEqual([['gateway', 'closed'], ['app']])
  })

  it('two that explain each other are both roots: neither is lost', () => {
    const one = match('one', { explains: ['two'] })
    const two = match('two', { explains: ['one'] })
    expect(rank(one, two).flat().toSorted()).toEqual(['one', 'two'])
  })

  it('none is lost, and none is told twice', () => {
    const all = ['a', 'b', 'c', 'd', 'e'].map((id, index) =>
      match(id, { explains: ['b', 'c', 'd', 'e'].slice(index), breaks: index % 2 ? 'answer' : 'gateway' }),
    )
    expect(
      rank(...all)
        .flat()
        .toSorted(),
    ).toEqual(['a', 'b', 'c', 'd', 'e'])
  })
})

describe('which root comes first', () => {
  const first = (...matches: Match[]) => rank(...matches)[0]?.[0]

  it('an outage before a risk, though the risk is met first', () => {
    expect(first(match('risk', { effect: 'risk', breaks: 'gateway' }), match('outage', { breaks: 'answer' }))).toBe(
      'outage',
    )
  })

  it('then the one that breaks the earlier link, though it is less sure', () => {
    const entrance = match('entrance', { breaks: 'entrance', confidence: 'low' })
    expect(first(match('answer', { breaks: 'answer' }), entrance)).toBe('entrance')
  })

  it('then the surer one', () => {
    expect(first(match('low', { confidence: 'low' }), match('medium', { confidence: 'medium' }), match('high'))).toBe(
      'high',
    )
  })

  it('then the deeper one', () => {
    const layers = ['network', 'gateway', 'listener', 'pm2', 'app', 'environment', 'build', 'resources'] as const
    const all = layers.map((layer) => match(layer, { layer }))
    expect(rank(...all).flat()).toEqual(layers.toReversed())
  })

  it('else as they were', () => {
    expect(rank(match('one'), match('two'))).toEqual([['one'], ['two']])
  })
})
