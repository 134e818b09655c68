import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { HostRecord } from '../../src/record.js'
import { diagnoseRecording } from '../support/replay.js'

/** Hosts as other people run them, recorded as root; each was one lab host, changed by hand. */
const see = (name: string) =>
  diagnoseRecording(readFileSync(new URL(`../fixtures/recordings/topologies/${name}.txt`, import.meta.url), 'utf8'))

const outagesOf = ({ causes }: Pick<HostRecord, 'causes'>) =>
  causes.filter(({ effect }) => effect === 'outage').map(({ id }) => id)
const risksOf = ({ causes }: Pick<HostRecord, 'causes'>) =>
  causes.filter(({ effect }) => effect === 'risk').map(({ id }) => id)

interface Expected {
  status: HostRecord['status']
  verdict: string
  outages?: string[]
  risks?: string[]
}

it.each<[string, string, Expected]>([
  [
    'two-sites-stopped',
    'of two sites the one whose app is stopped is at fault',
    { status: 'broken', verdict: 'shop is stopped in pm2: somebody stopped it', outages: ['pm2-app-stopped'] },
  ],
  [
    'worker-stopped',
    'a stopped worker takes no requests away',
    { status: 'degraded', verdict: 'mailer is stopped in pm2: somebody stopped it', risks: ['pm2-app-stopped'] },
  ],
  [
    'upstream-one-dead',
    'of two servers of a block one is dead: the other serves',
    {
      status: 'degraded',
      verdict: 'nothing listens on 127.0.0.1:3010; no app is known that should',
      risks: ['no-listener'],
    },
  ],
  [
    'upstream-both-dead',
    'of two servers both are dead: first the one that is known',
    {
      status: 'broken',
      verdict: 'classrooom is stopped in pm2: somebody stopped it',
      outages: ['pm2-app-stopped', 'no-listener'],
    },
  ],
  [
    'upstream-all-down',
    'every server is marked down, and its app is well',
    {
      status: 'broken',
      verdict: 'every server of upstream app is marked down, so nginx asks none',
      outages: ['upstream-all-marked-down'],
    },
  ],
  [
    'unix-missing',
    'nginx dials a socket, the app listens on a port',
    {
      status: 'broken',
      verdict: 'nginx dials unix:/home/deploy/app.sock, but classrooom listens on port 3000',
      outages: ['unix-socket-missing'],
    },
  ],
  [
    'unix-denied',
    'root may open the socket, and nginx may not',
    {
      status: 'broken',
      verdict: 'nginx (www-data) may not open /home/deploy/app.sock',
      outages: ['unix-socket-permission'],
    },
  ],
  [
    'variable-noresolver',
    'proxy_pass with a variable and no resolver',
    {
      status: 'broken',
      verdict: 'nginx cannot look up app.internal:3000: no resolver is configured',
      outages: ['resolver-missing'],
    },
  ],
  [
    'tls-to-plain',
    'https to an app that speaks plain HTTP',
    {
      status: 'broken',
      verdict: 'nginx dials https://127.0.0.1:3000, but no TLS is spoken there',
      outages: ['tls-to-plain-upstream'],
    },
  ],
  [
    'inner-listen',
    'behind a front of nginx itself the app is stopped',
    {
      status: 'broken',
      verdict: 'classrooom is stopped in pm2: somebody stopped it',
      outages: ['pm2-app-stopped'],
    },
  ],
  [
    'proxy-loop',
    'nginx sends its requests to itself',
    {
      status: 'broken',
      verdict: 'nginx sends requests to 127.0.0.1:80, which is nginx itself',
      outages: ['proxy-loop'],
    },
  ],
  [
    'api-dead',
    'one location of a site leads to nobody',
    {
      status: 'broken',
      verdict: 'nothing listens on 127.0.0.1:4100; no app is known that should',
      outages: ['no-listener'],
    },
  ],
  [
    'old-site-dead',
    'a site that was left behind is no outage',
    {
      status: 'degraded',
      verdict: 'nothing listens on 127.0.0.1:9999; no app is known that should',
      risks: ['no-listener'],
    },
  ],
  [
    'root-pm2-too',
    "root's pm2 has the app, too: what deploy's pm2 runs is no orphan to be killed",
    {
      status: 'degraded',
      verdict: 'classrooom was also started under pm2 of root, but pm2 of deploy runs it on port 3000 already',
      risks: ['pm2-home-mismatch'],
    },
  ],
  [
    'cluster-one-errored',
    'one of two instances was given up',
    {
      status: 'degraded',
      verdict: 'classrooom crashed again and again, and pm2 gave it up; why could not be seen',
      risks: ['pm2-app-errored'],
    },
  ],
  [
    'foreign-200-stopped',
    'another program answers in place of a stopped app',
    {
      status: 'degraded',
      verdict: 'classrooom is stopped in pm2: somebody stopped it; node (pid 64022, root) answers on its port',
      risks: ['pm2-app-stopped'],
    },
  ],
  [
    'port80-node',
    "what answers on nginx's port is not the site",
    { status: 'broken', verdict: 'node holds port 80, so nginx cannot start', outages: ['gateway-port-taken'] },
  ],
  [
    'two-build-port',
    'a missing build, and a port that will not fit once it is there',
    {
      status: 'broken',
      verdict: '/home/deploy/classrooom/.next has no production build, so classrooom cannot start',
      outages: ['next-build-missing'],
      risks: ['port-env-mismatch'],
    },
  ],
  [
    'conf-d-v6',
    'a reload would change nothing while the app is stopped',
    {
      status: 'broken',
      verdict: 'classrooom is stopped in pm2: somebody stopped it',
      outages: ['pm2-app-stopped'],
      risks: ['gateway-not-reloaded'],
    },
  ],
  [
    'host-not-found',
    'nginx cannot start for the name of an upstream, as the journal alone says',
    {
      status: 'broken',
      verdict:
        'nginx cannot start: host not found in upstream "backend.internal" in /etc/nginx/sites-enabled/classrooom:6',
      outages: ['host-not-found-in-upstream'],
    },
  ],
])('%s: %s', async (name, _, { status, verdict, outages = [], risks = [] }) => {
  const seen = await see(name)
  expect({ status: seen.status, verdict: seen.verdict, outages: outagesOf(seen), risks: risksOf(seen) }).toEqual({
    status,
    verdict,
    outages,
    risks,
  })
})

it('the port is changed where it is written: in the upstream block', async () => {
  const { causes } = await see('upstream-port-mismatch')
  expect(causes[0]?.remedy.map(({ command }) => command)).toEqual([
    "sed -i --follow-symlinks '1{:a;s/:3000\\b/:3001/;/}/b;n;ba}' /etc/nginx/sites-enabled/classrooom",
    'nginx -t && systemctl reload nginx',
    "su - deploy -c 'PORT=3000 pm2 restart classrooom --update-env'",
  ])
})

it('a daemon that is stopped is named, and how it goes on', async () => {
  const { status, causes } = await see('pm2-sigstop')
  const [cause] = causes
  expect([status, cause?.id]).toEqual(['degraded', 'pm2-daemon-unresponsive'])
  expect(cause?.remedy[0]?.command).toMatch(/^su - deploy -c 'kill -CONT \d+'$/)
})

it('a missing certificate is looked for before the line is corrected', async () => {
  const { causes } = await see('cert-missing')
  expect(outagesOf({ causes })).toEqual(['gateway-cert-unreadable'])
  expect(causes[0]?.remedy.map(({ command }) => command)).toEqual([
    'ls -lL /etc/letsencrypt/live/x/fullchain.pem',
    'certbot certificates',
    'nano +2 /etc/nginx/sites-enabled/classrooom',
    'nginx -t && systemctl start nginx',
  ])
})
