import { describe, expect, it } from 'vitest'
import { columns } from '../../src/compare/columns.js'
import { viewHost } from '../../src/compare/host-view.js'
import { diagnose } from '../../src/diagnose/diagnose.js'
import type { HttpAnswer } from '../../src/path/request-path.js'
import type { Facts } from '../../src/probes/index.js'
import {
  answer,
  errorLog,
  failed,
  gatewayAnswer,
  http,
  known,
  listener,
  listeners,
  nginx,
  proxy,
  servingFacts,
  site,
  upstream,
} from '../support/facts.js'
import { hostRecord, pathRecord } from '../support/record.js'
import { readRecording } from '../support/recordings.js'
import { diagnoseRecording, factsOf } from '../support/replay.js'
import { appFacts, gatewayFacts, peer, stoppedAppFacts, unseenPeer, withPeers } from '../support/two-hosts.js'

const see = (facts: Facts) => diagnose({ facts, apps: [], login: 'root', fromHere: [] })

/** What came of ten requests: that so many failed, by a status or without an answer. */
function tenOf(base: HttpAnswer, ...failed: [status: number | HttpAnswer['failure'], count: number][]): HttpAnswer {
  const kinds = failed.map(([word, count]) =>
    typeof word === 'number' ? { status: word, failure: null, count } : { status: null, failure: word, count },
  )
  return { ...base, samples: { count: 10, failed: kinds, minMs: 2, medianMs: 5, maxMs: 30 } }
}

describe('an app that fails now and then', () => {
  const facts = servingFacts({
    http: http(tenOf(answer(), [500, 3], ['reset', 1]), tenOf(gatewayAnswer(), [502, 4])),
    'app-logs': known({ logs: [] }),
  })

  it('breaks its path, and has a rate in place of a status', () => {
    const { status, verdict, causes, paths } = see(facts)
    expect({ status, verdict, ids: causes.map(({ id }) => id) }).toEqual({
      status: 'broken',
      verdict: 'classrooom itself fails 4 of 10 requests (500, reset)',
      ids: ['app-fails-sometimes'],
    })
    expect(paths[0]).toMatchObject({
      serves: false,
      directAnswer: '4 of 10 failed: 500, reset',
      gatewayAnswer: '4 of 10 failed: 502',
    })
    expect(paths[0]?.edges.at(-1)).toMatchObject({ state: 'broken', detail: '4 of 10 failed: 500, reset' })
    expect(causes[0]?.evidence.slice(0, 2)).toEqual([
      {
        source: '10× curl http://127.0.0.1:3000/',
        text: '4 of 10 failed: 500, reset; 2 to 30 ms, half within 5 ms',
      },
      {
        source: "10× curl -H 'Host: classrooom.test' http://127.0.0.1:80/",
        text: '4 of 10 failed: 502; 2 to 30 ms, half within 5 ms',
      },
    ])
  })

  it('is a risk where the gateway hides it', () => {
    const hidden = servingFacts({ http: http(tenOf(answer(), [500, 3]), tenOf(gatewayAnswer())) })
    const { status, causes, paths } = see(hidden)
    expect([status, causes[0]?.id, causes[0]?.effect, paths[0]?.serves]).toEqual([
      'degraded',
      'app-fails-sometimes',
      'risk',
      true,
    ])
  })

  it('is healthy where each of ten requests succeeds, and that is one answer', () => {
    const { status, paths } = see(servingFacts({ http: http(tenOf(answer()), tenOf(gatewayAnswer())) }))
    expect([status, paths[0]?.directAnswer, paths[0]?.gatewayAnswer]).toEqual(['healthy', '200', '200'])
  })

  it('is not blamed where nobody was there now and then: a refusal is no answer of it', () => {
    const flapping = servingFacts({ http: http(tenOf(answer(), ['refused', 4]), tenOf(gatewayAnswer(), [502, 4])) })
    const { status, verdict, causes } = see(flapping)
    expect({ status, verdict, causes }).toMatchObject({
      status: 'broken',
      verdict: 'now and then requests fail: 4 of 10 failed: 502; the cause is unknown',
      causes: [],
    })
  })

  it('is not blamed for what only the gateway fails', () => {
    const { status, causes } = see(servingFacts({ http: http(tenOf(answer()), tenOf(gatewayAnswer(), [502, 1])) }))
    expect([status, causes]).toEqual(['broken', []])
  })

  it('fails wholly where every request does', () => {
    const bad = { status: 500 }
    const { causes } = see(
      servingFacts({ http: http(tenOf(answer(bad), [500, 10]), tenOf(gatewayAnswer(bad), [500, 10])) }),
    )
    expect(causes.map(({ id }) => id)).toEqual(['app-serves-5xx'])
  })

  it('quotes the line of its last error that tells why', () => {
    const bad = { status: 500 }
    const why = "Can't reach database server at `10.0.0.5:5432`"
    const lines = [
      'Error: of before',
      'PrismaClientInitializationError: ',
      '',
      why,
      '',
      'Please make sure it is running.',
    ]
    const { causes } = see(
      servingFacts({
        http: http(answer(bad), gatewayAnswer(bad)),
        'app-logs': known({ logs: [errorLog(lines)] }),
      }),
    )
    const [cause] = causes
    expect(cause?.id).toBe('app-serves-5xx')
    expect(cause?.evidence.map(({ text }) => text)).toContain(why)
  })

  it('quotes what its log says', () => {
    const logs = { logs: [errorLog(['Error: no connection left in the pool'])] }
    const { causes } = see({ ...facts, 'app-logs': known(logs) })
    expect(causes[0]?.evidence.map(({ text }) => text)).toContain('Error: no connection left in the pool')
  })
})

it.each([
  ['4 of 10 failed: 500, reset', { text: '500, reset 4/10', shorter: ['4/10'], state: 'bad' }],
  ['200', { text: '200' }],
  ['refused', { text: 'refused', state: 'bad' }],
])('%s is one cell of the table', (directAnswer, cell) => {
  const view = viewHost(hostRecord({ paths: [pathRecord({ directAnswer })] }))
  expect(columns.find(({ id }) => id === 'direct')?.cell(view)).toEqual(cell)
})

describe('a pool of which one server is dead', () => {
  const pool = (through: HttpAnswer) =>
    servingFacts({
      nginx: nginx([site({ locations: [proxy('http://app', { upstream: 'app' })] })], {
        upstreams: [upstream('app', '127.0.0.1:3000', '127.0.0.1:3010')],
      }),
      http: http(tenOf(answer()), tenOf(failed('refused', { port: 3010 }), ['refused', 10]), through),
    })

  it('fails a part of the requests where the gateway does not try the other', () => {
    const { status, causes } = see(pool(tenOf(gatewayAnswer(), [502, 5])))
    expect([status, causes.map(({ id }) => id)]).toEqual(['broken', ['no-listener', 'upstream-not-retried']])
    expect(causes[1]?.summary).toBe(
      'nginx passes 5 of 10 requests to 127.0.0.1:3010, which takes none, and does not try another server of app',
    )
  })

  it('is a risk where it does', () => {
    const { status, causes } = see(pool(tenOf(gatewayAnswer())))
    expect([status, causes.map(({ id, effect }) => [id, effect])]).toEqual(['degraded', [['no-listener', 'risk']]])
  })
})

describe('one sample of a host that fails now and then', () => {
  /** The facts of a recording as they would be if every request had been made once, and had this luck. */
  async function onlyOnce(name: string, isLucky: boolean): Promise<Facts> {
    const facts = await factsOf(readRecording('ops', name))
    if (!facts.http.known) throw new Error('no answers')
    const answers = facts.http.value.answers.map(({ samples, ...shown }) => {
      const [bad] = samples?.failed ?? []
      return isLucky || !bad ? shown : { ...shown, status: bad.status, failure: bad.failure }
    })
    return { ...facts, http: known({ ...facts.http.value, answers }) }
  }

  it.each(['app-fails-sometimes', 'cluster-worker-fails'])(
    '%s: looks healthy, or wholly broken, and ten say which',
    async (name) => {
      const lucky = see(await onlyOnce(name, true))
      const unlucky = see(await onlyOnce(name, false))
      const often = await diagnoseRecording(readRecording('ops', name))
      expect(lucky.status).toBe('healthy')
      expect(unlucky.causes.map(({ id }) => id)).toEqual(['app-serves-5xx'])
      expect(often.causes.map(({ id }) => id)).toEqual(['app-fails-sometimes'])
    },
  )

  it('upstream-not-retried: looks like a dead server that nobody notices', async () => {
    const { status } = see(await onlyOnce('upstream-not-retried', true))
    const often = await diagnoseRecording(readRecording('ops', 'upstream-not-retried'))
    expect([status, often.status]).toEqual(['degraded', 'broken'])
  })
})

describe('an upstream on another host of the run', () => {
  it('is followed there: its root cause, its evidence, its remedy', () => {
    const { verdict, causes, paths } = diagnose(withPeers(gatewayFacts(), peer(stoppedAppFacts())))
    expect(verdict).toBe('the upstream 10.0.0.2:3000 is host web2, where classrooom is stopped in pm2')
    expect(causes.map(({ id }) => id)).toEqual(['upstream-host-broken'])
    expect(causes[0]?.evidence.some(({ source }) => source === 'web2: pm2 (deploy)')).toBe(true)
    expect(causes[0]?.remedy[0]).toMatchObject({
      command: "su - deploy -c 'pm2 start classrooom'",
      note: expect.stringMatching(/^on web2: /),
    })
    expect(paths[0]?.upstreamHost).toBe('web2')
  })

  it('is the network between them where it is well: the gateway is refused, and the app answers there', () => {
    const { causes } = diagnose(withPeers(gatewayFacts(), peer(appFacts())))
    expect(causes).toMatchObject([{ id: 'network-between-hosts', confidence: 'medium' }])
  })

  it('keeps the firewall as the cause where connections time out, and says that the app is well', () => {
    const { causes } = diagnose(withPeers(gatewayFacts('connect-timeout'), peer(appFacts())))
    expect(causes.map(({ id, summary }) => [id, summary])).toEqual([
      [
        'firewall-drop-gateway-app',
        'connections to 10.0.0.2:3000 time out: the app answers on its own host, web2, so a firewall there or between drops them',
      ],
    ])
  })

  it('names the rule where the firewall there has one', () => {
    const rule = {
      action: 'drop' as const,
      ports: [[3000, 3000] as [number, number]],
      source: null,
      interface: null,
      isConditional: false,
      text: 'tcp dport 3000 drop',
    }
    const firewall = known({
      firewalls: [{ tool: 'nftables' as const, active: true, inputPolicy: 'accept' as const, rules: [rule] }],
    })
    const { causes } = diagnose(withPeers(gatewayFacts('connect-timeout'), peer(appFacts({ firewall }))))
    expect(causes).toMatchObject([
      {
        id: 'network-between-hosts',
        confidence: 'high',
        summary: 'nftables of host web2 drops what comes to port 3000, where the app itself answers',
        consequences: [{ id: 'firewall-drop-gateway-app' }],
      },
    ])
  })

  it('says that it was not seen where nobody could log in there', () => {
    const { status, causes, undecided } = diagnose(withPeers(gatewayFacts(), unseenPeer()))
    expect([status, causes]).toEqual(['broken', []])
    expect(undecided.find(({ id }) => id === 'upstream-host-broken')).toMatchObject({
      because: '10.0.0.2:3000 is host web2, which was not seen: deploy@10.0.0.2:22 refused the connection',
      decide: 'fleetdx check web2',
    })
  })

  it('is not guessed where two hosts have the address, unless the inventory reaches one there', () => {
    const two = [peer(stoppedAppFacts()), peer(appFacts(), { name: 'web3', address: '192.0.2.3' })]
    expect(diagnose(withPeers(gatewayFacts(), ...two)).paths[0]?.upstreamHost).toBeNull()
    const reached = [peer(stoppedAppFacts(), { address: '10.0.0.2' }), ...two.slice(1)]
    expect(diagnose(withPeers(gatewayFacts(), ...reached)).paths[0]?.upstreamHost).toBe('web2')
  })

  it('blames nobody where the requests succeed', () => {
    const well = gatewayFacts(null, { http: http(answer({ address: '10.0.0.2' }), gatewayAnswer()) })
    const { status, causes } = diagnose(withPeers(well, peer(stoppedAppFacts())))
    expect([status, causes]).toEqual(['healthy', []])
  })

  it('is nobody of the network where the app there listens on its loopback only', () => {
    const loopback = appFacts({ listeners: listeners(listener({ address: '127.0.0.1' })) })
    const { causes } = diagnose(withPeers(gatewayFacts(), peer(loopback)))
    expect(causes.map(({ id }) => id)).not.toContain('network-between-hosts')
  })
})
