import { describe, expect, it } from 'vitest'
import { diagnose } from '../../src/diagnose/diagnose.js'
import type { HttpAnswer } from '../../src/path/request-path.js'
import { logged } from '../support/broken.js'
import { findingsOf } from '../support/cases.js'
import {
  answer,
  failed,
  gatewayAnswer,
  hostFacts,
  http,
  known,
  limitsFacts,
  listener,
  listeners,
  nginx,
  nowMs,
  processes,
  proxy,
  servingFacts,
  site,
  unseen,
  webProcess,
} from '../support/facts.js'
import {
  busy,
  cdn,
  elsewhere,
  ipv6,
  publicly,
  queue,
  remote,
  slowFacts,
  swapping,
  taken,
  unspawned,
} from './cases/host.js'

type Host = Parameters<typeof findingsOf>[0] & {}

/** What is said of a host, in short. */
async function see(host: Exclude<Host, string>) {
  const { causes, undecided, status, verdict } = diagnose(await findingsOf(host))
  return {
    status,
    verdict,
    causes: causes.map(({ id, confidence, effect, consequences }) =>
      [id, confidence, effect, ...consequences.map((each) => each.id)].join(' '),
    ),
    undecided: undecided.map(({ id, decide }) => `${id}: ${decide}`),
    remedy: causes[0]?.remedy.map(({ command, note }) => command ?? `# ${note}`),
    evidence: causes[0]?.evidence.map(({ source, text }) => `${source}: ${text}`) ?? [],
  }
}

describe('ephemeral-ports-exhausted', () => {
  it('counts what is taken, and says who dials', async () => {
    expect(await see(() => taken(28_232))).toMatchObject({
      status: 'broken',
      verdict:
        'all 28232 local ports (32768-60999) are taken by connections to 127.0.0.1:3000, so nginx cannot open another',
      causes: ['ephemeral-ports-exhausted high outage'],
      remedy: [
        'sudo ss -tanp dst 127.0.0.1:3000',
        "sudo sysctl -w 'net.ipv4.ip_local_port_range=10240 65535' net.ipv4.tcp_tw_reuse=1",
        expect.stringMatching(/^# then reuse connections/),
      ],
    })
  })

  it('is open where the log says 99, and the connections could not be counted', async () => {
    const { causes, undecided } = await see(() => ({ ...taken(28_232), limits: unseen() }))
    expect(causes).toEqual([])
    expect(undecided).toEqual([
      'ephemeral-ports-exhausted: ss -tan dst 127.0.0.1:3000 | wc -l; cat /proc/sys/net/ipv4/ip_local_port_range',
    ])
  })

  it('is a risk only while requests succeed', async () => {
    const { status, causes } = await see(() => ({ ...taken(28_000), http: http(answer(), gatewayAnswer()) }))
    expect({ status, causes }).toEqual({ status: 'degraded', causes: ['ephemeral-ports-exhausted high risk'] })
  })
})

describe('fork-or-pid-limit', () => {
  it('names the limit of the user, and lifts it for the running pm2', async () => {
    const { verdict, causes, remedy } = await see(() => unspawned('EAGAIN'))
    expect(verdict).toBe(
      'classrooom cannot be started: its user has 512 processes and threads, and may have 512 (Max processes)',
    )
    expect(causes).toEqual(['fork-or-pid-limit high outage no-listener pm2-online-no-pid'])
    expect(remedy).toContain('sudo prlimit --pid 3000 --nproc=unlimited')
  })

  it('names the control group that is full', async () => {
    const { verdict, remedy } = await see(() =>
      unspawned('EAGAIN', {
        limits: limitsFacts({ groups: [{ path: '/system.slice/pm2-deploy.service', count: 64, max: 64 }] }),
        processes: processes(webProcess({ pid: 3000, ppid: 1, name: 'PM2 v7.0.4: God', unit: 'pm2-deploy.service' })),
      }),
    )
    expect(verdict).toBe(
      'classrooom cannot be started: pm2-deploy.service has 64 processes and threads, and may have 64',
    )
    expect(remedy).toContain('sudo systemctl set-property pm2-deploy.service TasksMax=4915')
  })

  it('is less sure where no limit is seen to be reached', async () => {
    const { causes } = await see(() => unspawned('EAGAIN', { limits: limitsFacts() }))
    expect(causes).toEqual(['fork-or-pid-limit medium outage no-listener pm2-online-no-pid'])
  })
})

describe('listen-backlog-overflow', () => {
  it('is named by the queue, while the app answers one now and then', async () => {
    expect(await see(() => queue(512))).toMatchObject({
      status: 'broken',
      verdict: '512 connections wait at 127.0.0.1:3000 where 511 may: further ones are dropped',
      causes: ['listen-backlog-overflow high outage'],
    })
  })

  it('is named where nothing was answered, but connections were ended in the last minute', async () => {
    const { causes } = await see(() => ({
      ...queue(512),
      http: http(failed('connect-timeout'), gatewayAnswer({ status: 504 })),
      limits: limitsFacts({ closedAt: [{ port: 3000, count: 40 }] }),
    }))
    expect(causes).toEqual(['listen-backlog-overflow high outage app-hung'])
  })

  it('leaves an app that answers nothing at all to app-hung', async () => {
    const { causes } = await see(() => ({
      ...queue(512),
      http: http(failed('connect-timeout'), gatewayAnswer({ status: 504 })),
    }))
    expect(causes).toEqual(['app-hung high outage'])
  })
})

describe('conntrack-full', () => {
  const lost = http(failed('connect-timeout'), gatewayAnswer({ status: 504 }))
  const kernelLog = (minutesAgo: number) =>
    known({
      source: 'journalctl',
      oomKills: [],
      firewallBlocks: [],
      oomKillsSinceBoot: 0,
      reachedLimits: [
        {
          limit: 'conntrack' as const,
          group: null,
          atMs: nowMs - minutesAgo * 60_000,
          count: 31,
          text: 'nf_conntrack: nf_conntrack: table full, dropping packet',
        },
      ],
    })

  it('says by how much, and makes room', async () => {
    const { causes, remedy } = await see(() =>
      slowFacts({ limits: limitsFacts({ conntrack: { count: 65_536, max: 65_536 } }), http: lost }),
    )
    expect(causes[0]).toMatch(/^conntrack-full high outage/)
    expect(remedy?.[0]).toBe('sudo sysctl -w net.netfilter.nf_conntrack_max=131072')
  })

  it('does not take an old line, or a table that has room again, for the present', async () => {
    const roomy = await see(() => slowFacts({ limits: limitsFacts(), http: lost, 'kernel-log': kernelLog(1) }))
    const old = await see(() => slowFacts({ limits: unseen(), http: lost, 'kernel-log': kernelLog(600) }))
    expect([...roomy.causes, ...old.causes].filter((each) => each.startsWith('conntrack'))).toEqual([])
    expect(old.undecided).toEqual([])
  })

  it('is open where only the log tells', async () => {
    const { causes, undecided } = await see(() =>
      slowFacts({ limits: unseen(), http: lost, 'kernel-log': kernelLog(1) }),
    )
    expect(causes).not.toContainEqual(expect.stringContaining('conntrack'))
    expect(undecided[0]).toMatch(/^conntrack-full: cat \/proc/)
  })
})

describe('cpu-saturated', () => {
  it('is the root of an app that is silent while others take the processors', async () => {
    expect(await see(() => busy(['R', 'R', 'R', 'R', 'R']))).toMatchObject({
      verdict: '5 processes want 2 processors, and have for 15 minutes',
      causes: ['cpu-saturated medium outage app-hung'],
    })
  })

  it('is not the reason where the app itself is stopped', async () => {
    const stopped = processes(
      webProcess({ state: 'T' }),
      ...[1, 2, 3, 4, 5].map((n) =>
        webProcess({ pid: 5000 + n, ppid: 1, name: 'cc1', args: '', state: 'R', cwd: null }),
      ),
    )
    expect((await see(() => busy([], { processes: stopped }))).causes).toEqual(['app-hung high outage'])
  })

  it('is not the reason of a refusal', async () => {
    const { causes } = await see(() =>
      busy(['R', 'R', 'R', 'R', 'R'], {
        http: http(failed('refused'), gatewayAnswer({ status: 502 })),
        listeners: listeners(),
      }),
    )
    expect(causes.filter((each) => each.startsWith('cpu'))).toEqual([])
  })
})

describe('swap-thrash', () => {
  it('goes by what moves between the two readings', async () => {
    expect(await see(() => swapping(4000, 3000))).toMatchObject({
      verdict:
        'the host moves memory to swap and back all the time (2000 pages/s in, 1500 pages/s out), so everything on it is slow',
      causes: ['swap-thrash medium outage app-hung'],
    })
  })

  it('goes by the pressure where the pages could not be counted, and is quiet where swap is not in use', async () => {
    const pressed = (swapFreeBytes: number) =>
      slowFacts({
        host: hostFacts({ memoryPressurePercent: 45, swapTotalBytes: 2 ** 31, swapFreeBytes }),
        limits: limitsFacts({ memoryPressure60: 40 }),
      })
    expect((await see(() => pressed(2 ** 29))).causes).toEqual(['swap-thrash medium outage app-hung'])
    expect((await see(() => pressed(2 ** 31))).causes).toEqual(['app-hung high outage'])
  })
})

describe('clock-skew', () => {
  it('is a risk, and says which way', async () => {
    expect(await see(() => ({ facts: servingFacts(), clockSkewMs: 420_000 }))).toMatchObject({
      status: 'degraded',
      verdict: "the host's clock is 7 minutes ahead of the one of this machine",
      causes: ['clock-skew medium risk'],
      evidence: ['date: 2026-03-01T12:00:00Z when it was 2026-03-01T11:53:00Z here'],
    })
  })
})

describe('cdn-origin-error', () => {
  const open = known({ firewalls: [] })

  it('takes the code for what Cloudflare means by it, and the host for its reason', async () => {
    expect((await see(() => cdn(521, open))).verdict).toBe(
      'Cloudflare answers 521 for https://www.classrooom.test/: the origin refuses the connection',
    )
    const { causes, evidence } = await see(() => cdn(526, open))
    expect(causes).toEqual(['cdn-origin-error medium outage'])
    expect(evidence[0]).toContain('HTTP 526, Server: cloudflare, CF-RAY 8e7a1b2c3d4e5f60-FRA')
  })

  it('is not named for the same status of another server, nor where the gateway is down', async () => {
    const own = { ...cdn(521, open), fromHere: [publicly({ status: 521, server: 'nginx' })] }
    const down = cdn(521, open)
    const noGateway = { ...down, facts: { ...down.facts, nginx: nginx([site()], { running: false, masterPid: null }) } }
    const seen = [...(await see(() => own)).causes, ...(await see(() => noGateway)).causes]
    expect(seen.filter((each) => each.startsWith('cdn'))).toEqual([])
  })
})

describe('dns-points-elsewhere', () => {
  it('is likely where nothing answers there, and this host does', async () => {
    expect(await see(() => elsewhere(['203.0.113.99']))).toMatchObject({
      verdict:
        'www.classrooom.test leads to 203.0.113.99, where requests fail (connect-timeout); this host answers for it at 198.51.100.7',
      causes: ['dns-points-elsewhere medium outage public-port-blocked'],
    })
  })

  it('is likely where the name has no address', async () => {
    const { resolved: _, ...unresolved } = publicly({ status: null, failure: 'dns' })
    const [, own] = elsewhere([]).fromHere as [HttpAnswer, HttpAnswer]
    const host = { ...elsewhere([]), fromHere: [unresolved, own] }
    expect((await see(() => host)).verdict).toBe(
      'www.classrooom.test has no address; this host answers for it at 198.51.100.7',
    )
  })

  it('is a guess only where something answers there: it may be a load balancer', async () => {
    const host = elsewhere(['203.0.113.99'], { status: 503, failure: null })
    expect((await see(() => host)).causes).toEqual(['dns-points-elsewhere low outage'])
  })

  it('says nothing where the name leads to the address that was asked, or visitors are answered', async () => {
    const right = await see(() => elsewhere(['198.51.100.7']))
    const balanced = await see(() => elsewhere(['203.0.113.99'], { status: 200, failure: null }))
    expect([...right.causes, ...balanced.causes].filter((each) => each.startsWith('dns'))).toEqual([])
  })

  it('is open where this host was not asked at its own address', async () => {
    const host = elsewhere(['203.0.113.99'])
    const { causes, undecided } = await see(() => ({ ...host, fromHere: host.fromHere.slice(0, 1) }))
    expect(causes.filter((each) => each.startsWith('dns'))).toEqual([])
    expect(undecided).toContain('dns-points-elsewhere: dig +short www.classrooom.test')
  })
})

describe('IPv6', () => {
  it('is refused where the gateway listens for IPv4 only', async () => {
    expect(await see(() => ipv6('0.0.0.0'))).toMatchObject({
      status: 'degraded',
      verdict: 'www.classrooom.test has the IPv6 address 2001:db8::10, but nginx listens on port 443 for IPv4 only',
      causes: ['ipv6-listen-missing high risk'],
      remedy: ['sudo nano +1 /etc/nginx/sites-enabled/site', 'sudo nginx -t && sudo systemctl reload nginx'],
    })
  })

  it('is well where a dual-stack socket takes it, or the address is that of somebody else', async () => {
    const dual = listeners(listener(), listener({ address: '::', port: 443, acceptsIpv4: true, acceptsIpv6: true }))
    const others = { ...ipv6('0.0.0.0'), fromHere: [publicly({ resolved: ['104.16.0.1', '2606:4700::1'] })] }
    expect((await see(() => ipv6('0.0.0.0', { listeners: dual }))).causes).toEqual([])
    expect((await see(() => others)).causes).toEqual([])
  })
})

describe('app-binds-loopback-remote-gateway', () => {
  it('is known on the host of the gateway when the other one was checked too', async () => {
    expect(await see(() => remote('127.0.0.1'))).toMatchObject({
      verdict: 'on app1 the app listens on 127.0.0.1:3000 only, so 10.0.0.2:3000 is refused to the gateway here',
      causes: ['app-binds-loopback-remote-gateway high outage'],
    })
  })

  it('is open when it was not', async () => {
    const { causes, undecided } = await see(() => remote('127.0.0.1').facts)
    expect(causes).toEqual([])
    expect(undecided).toContainEqual(
      "app-binds-loopback-remote-gateway: ss -ltn 'sport = :3000' on the host of 10.0.0.2:3000, or check it in the same run",
    )
  })

  it('is known on the host of the app whose public address is its own port', async () => {
    const url = 'http://app.classrooom.test:3000/'
    const asked = publicly({ url, port: 3000, status: null, failure: 'refused' })
    const facts = servingFacts({
      nginx: nginx([]),
      listeners: listeners(listener({ address: '127.0.0.1' })),
      http: http(answer()),
    })
    const { causes, verdict } = await see(() => ({ facts, apps: [{ name: 'classrooom', url }], fromHere: [asked] }))
    expect(causes).toEqual(['app-binds-loopback-remote-gateway high outage'])
    expect(verdict).toBe('classrooom listens on 127.0.0.1 only, so http://app.classrooom.test:3000/ is refused')
  })

  it('is not blamed for a remote app that times out', async () => {
    const facts = servingFacts({
      nginx: nginx([site({ locations: [proxy('http://10.0.0.2:3000')] })]),
      http: http(failed('connect-timeout', { address: '10.0.0.2' }), gatewayAnswer({ status: 504 })),
      'nginx-errors': logged('connect-refused', 'connect() failed (111)', { upstream: 'http://10.0.0.2:3000' }),
    })
    const { causes, undecided } = await see(() => facts)
    expect([...causes, ...undecided].filter((each) => each.startsWith('app-binds'))).toEqual([])
  })
})
