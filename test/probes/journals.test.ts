import { describe, expect, it } from 'vitest'
import type { Facts } from '../../src/probes/index.js'
import journals, { unitsToRead } from '../../src/probes/journals.js'
import { hostFacts, known, nowMs, services, unit } from '../support/facts.js'
import { cutSection, frameSection, readSection } from '../support/read-section.js'

const long = nowMs - 7 * 24 * 3_600_000

describe('journals', () => {
  it('reads the last lines of each unit, with who wrote them', () => {
    const facts = journals.parse(readSection(journals, 'debian-12'))
    expect(facts.journals.map(({ unit, lines }) => [unit, lines.length])).toEqual([
      ['broken.service', 5],
      ['nginx.service', 2],
      ['pm2-deploy.service', 12],
      ['web-api.service', 1],
    ])
    expect(facts.journals[0]?.lines[3]).toEqual({
      atMs: 1795514538490,
      from: 'systemd',
      text: 'broken.service: Main process exited, code=exited, status=203/EXEC',
    })
  })

  it('knows what a name that a gateway could not resolve has become', () => {
    const facts = journals.parse(readSection(journals, 'debian-12--gateway-failed'))
    expect(facts.names).toEqual([{ name: 'app.internal', addresses: ['127.0.0.1'] }])
  })

  it('says when they may not be read', () => {
    const section = readSection(journals, 'debian-12--other-user')
    expect(section.blind).toEqual([{ what: 'the journals of the services', reason: 'permission' }])
    expect(journals.parse(section)).toEqual({ journals: [], names: [] })
  })

  it('keeps the lines of a message together, and leaves out what journalctl says itself', () => {
    const [journal] = parse(`@fleetdx part journal web.service
-- Boot 0123456789abcdef --
1795514538.100000 web-1 node[7]: Error: boom
                                     at main (/srv/web/server.js:1:7)
-- No entries --`).journals
    expect(journal?.lines).toEqual([
      { atMs: 1795514538100, from: 'node', text: 'Error: boom' },
      { atMs: 1795514538100, from: 'node', text: 'at main (/srv/web/server.js:1:7)' },
    ])
  })

  it('drops the line that a cut went through', () => {
    const text = '@fleetdx part journal web.service\n1795514538.1 web-1 node[7]: one\n1795514539.1 web-1 no'
    expect(journals.parse(cutSection(journals, text)).journals[0]?.lines).toHaveLength(1)
  })

  it('reads nothing, and refuses what is no journal', () => {
    expect(parse('')).toEqual({ journals: [], names: [] })
    expect(() => parse('oops')).toThrow('journals without a unit: oops')
  })

  it('reads apps, and others only when they are or were not well', () => {
    const units = [
      unit(),
      unit({ name: 'nginx.service', role: 'gateway', changedMs: long }),
      unit({ name: 'caddy.service', role: 'gateway', changedMs: long, activeState: 'inactive' }),
      unit({ name: 'mysql.service', role: 'database', changedMs: long, activeState: 'failed', result: 'oom-kill' }),
      unit({ name: 'redis.service', role: 'database', changedMs: nowMs - 60_000 }),
    ]
    expect(unitsToRead(services(units), hostFacts()).map(({ name }) => name)).toEqual([
      'mysql.service',
      'classrooom.service',
      'redis.service',
    ])
  })

  it('asks nothing where no systemd is', () => {
    const without = known({ manager: 'none' as const, units: [], bootHooks: [] })
    const script = (facts: Facts['services']) => journals.script({ services: facts, host: hostFacts() }, [])
    expect(script(without)).toBeUndefined()
    expect(script(services([unit()]))?.text).toContain('journals_read classrooom.service')
  })
})

function parse(text: string) {
  return journals.parse(frameSection(journals, text))
}
