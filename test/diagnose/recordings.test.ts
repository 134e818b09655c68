import { describe, expect, it } from 'vitest'
import { diagnose } from '../../src/diagnose/diagnose.js'
import { faults } from '../lab/faults/index.js'
import { firstBrokenOf } from '../lab/first-broken.js'
import { failed } from '../support/facts.js'
import { type RecordedUser, readRecording, recordedFaults, recordedUsers } from '../support/recordings.js'
import { diagnoseRecording, diagnoseWithPeer } from '../support/replay.js'

/** What real broken hosts sent, against what the lab knows of them. */
const reachable = faults.filter(({ login }) => login === undefined)
const broken = reachable.filter(({ cause }) => cause !== null)
const well = reachable.filter(({ cause }) => cause === null)

const see = (user: RecordedUser, name: string) => {
  const peer = faults.find((fault) => fault.name === name)?.peer
  const recording = readRecording(user, name)
  return peer === undefined
    ? diagnoseRecording(recording)
    : diagnoseWithPeer(recording, peer, readRecording(user, peer))
}

it.each(recordedUsers)('every host of the lab that lets one in is recorded as %s', (user) => {
  expect(recordedFaults(user).toSorted()).toEqual(reachable.map(({ name }) => name).toSorted())
})

describe('as ops, with sudo', () => {
  it.each(broken)('$name: names $cause', async (fault) => {
    const { name, cause, answer, also = [] } = fault
    const { causes, status, path } = await see('ops', name)
    expect(causes.map(({ id }) => id)).toEqual([cause, ...also])
    expect(status).toBe(answer === 200 ? 'degraded' : 'broken')
    expect(firstBrokenOf(fault)).toContain(path.find(({ state }) => state === 'broken')?.id)
  })

  it.each(well)('$name: is healthy', async ({ name, note }) => {
    const { causes, undecided, status, verdict, notes } = await see('ops', name)
    expect(notes.map(({ id }) => id)).toEqual(note === undefined ? [] : [note])
    expect({ causes, undecided, status, verdict }).toEqual({
      causes: [],
      undecided: [],
      status: 'healthy',
      verdict: '1 path serves',
    })
  })
})

describe('as guest, without sudo', () => {
  it.each(broken)('$name: names $cause, or what follows from it, or nothing', async ({ name, cause }) => {
    const { causes } = await see('guest', name)
    const known = await see('ops', name)
    const allowed = [
      cause,
      ...known.causes.flatMap(({ id, consequences }) => [id, ...consequences.map(({ id }) => id)]),
    ]
    expect(allowed).toEqual(expect.arrayContaining(causes.map(({ id }) => id)))
  })

  // From inside, a host whose firewall may not be seen looks well: only a request from here tells.
  it.each(broken.filter(({ name, answer }) => name !== 'public-port-blocked' && answer !== 200))(
    '$name: is broken',
    async ({ name }) => expect((await see('guest', name)).status).toBe('broken'),
  )

  // What visitors get is a page, and not the app's.
  it.each(['site-not-enabled', 'app-replaced'])('%s: is not healthy', async (name) => {
    expect((await see('guest', name)).status).toBe('unknown')
  })

  it('public-port-blocked: is not healthy where nothing answers from here', async () => {
    const { facts } = await see('guest', 'public-port-blocked')
    const fromHere = [failed('connect-timeout', { address: '10.0.0.1', port: 80, hostHeader: 'classrooom.test' })]
    expect(diagnose({ facts, apps: [], login: 'guest', fromHere })).toMatchObject({
      status: 'unknown',
      causes: [],
      undecided: [{ id: 'public-port-blocked' }],
    })
  })

  it.each(well)('$name: blames nothing', async ({ name }) => {
    const { causes, status } = await see('guest', name)
    expect(causes).toEqual([])
    expect(status).toBe(name === 'firewall-drop-app' ? 'unknown' : 'healthy')
  })
})

/** Word for word, what a person reads and types: the verdict, and each step as its command, else as its note. */
const told: Record<string, { verdict: string; remedy: string[] }> = {
  'next-build-missing': {
    verdict: '/home/deploy/classrooom/.next has no production build, so classrooom cannot start',
    remedy: [
      "sudo -iu deploy sh -c 'cd /home/deploy/classrooom && npm ci && npm run build'",
      'sudo -iu deploy pm2 restart classrooom --update-env',
    ],
  },
  'next-build-incomplete': {
    verdict: 'the build in /home/deploy/classrooom/.next lacks routes-manifest.json, prerender-manifest.json',
    remedy: [
      "sudo -iu deploy sh -c 'cd /home/deploy/classrooom && rm -rf /home/deploy/classrooom/.next && npm ci && npm run build'",
      'sudo -iu deploy pm2 restart classrooom --update-env',
    ],
  },
  'pm2-app-stopped': {
    verdict: 'classrooom is stopped in pm2: somebody stopped it',
    remedy: ['sudo -iu deploy pm2 start classrooom', 'sudo -iu deploy pm2 save'],
  },
  'pm2-app-deleted': {
    verdict: 'pm2 of deploy runs without classrooom: it is neither in its list nor saved',
    remedy: [
      "sudo -iu deploy sh -c 'cd /home/deploy/classrooom && pm2 start ecosystem.config.js --env production && pm2 save'",
    ],
  },
  'pm2-daemon-not-running': {
    verdict: 'no pm2 daemon runs for deploy, so classrooom does not run',
    remedy: [
      "sudo -iu deploy sh -c 'cd /home/deploy/classrooom && pm2 start ecosystem.config.js --env production && pm2 save'",
      'sudo -iu deploy pm2 startup',
    ],
  },
  'pm2-online-no-pid': {
    verdict: 'pm2 could not start classrooom: its interpreter /home/deploy/.nvm/versions/node/v20.9.0/bin/node is gone',
    remedy: [
      '# make sure that the interpreter is there',
      'sudo -iu deploy pm2 delete classrooom',
      "sudo -iu deploy sh -c 'cd /home/deploy/classrooom && pm2 start ecosystem.config.js --env production && pm2 save'",
    ],
  },
  'proxy-port-mismatch': {
    verdict: 'nginx dials port 3000, but classrooom listens on 3001',
    remedy: [
      String.raw`sudo sed -i --follow-symlinks '6s/:3000\b/:3001/' /etc/nginx/sites-enabled/classrooom`,
      'sudo nginx -t && sudo systemctl reload nginx',
      "sudo -iu deploy sh -c 'PORT=3000 pm2 restart classrooom --update-env'",
    ],
  },
  'localhost-ipv6-mismatch': {
    verdict: 'nginx dials ::1 for localhost; the app listens on 127.0.0.1 only',
    remedy: [
      'sudo sed -i --follow-symlinks 6s/localhost/127.0.0.1/ /etc/nginx/sites-enabled/classrooom',
      'sudo nginx -t && sudo systemctl reload nginx',
    ],
  },
  'eaddrinuse-orphan': {
    verdict: 'a former process of classrooom (pid 186) still holds port 3000, so the new one cannot start',
    remedy: ['sudo -iu deploy kill 186', 'sudo -iu deploy pm2 restart classrooom --update-env'],
  },
  'env-missing': {
    verdict: 'classrooom does not start without DATABASE_URL',
    remedy: [
      "sudo -iu deploy sh -c 'cd /home/deploy/classrooom && nano ecosystem.config.js'",
      "sudo -iu deploy sh -c 'cd /home/deploy/classrooom && pm2 restart ecosystem.config.js --env production --update-env'",
      'sudo -iu deploy pm2 save',
    ],
  },
  'gateway-config-invalid': {
    verdict: 'nginx cannot start: unknown directive "proxy_htp_version" in /etc/nginx/sites-enabled/classrooom:7',
    remedy: ['sudo nano +7 /etc/nginx/sites-enabled/classrooom', 'sudo nginx -t && sudo systemctl start nginx'],
  },
  'site-not-enabled': {
    verdict: '/etc/nginx/sites-available/classrooom is not linked in sites-enabled, so no site leads to classrooom',
    remedy: [
      'sudo ln -s /etc/nginx/sites-available/classrooom /etc/nginx/sites-enabled/classrooom && sudo nginx -t && sudo systemctl reload nginx',
    ],
  },
  'public-port-blocked': {
    verdict: 'ufw drops connections to port 80',
    remedy: ['sudo ufw allow 80/tcp'],
  },
  'firewall-drop-gateway-app': {
    verdict:
      'connections to 10.85.0.38:3000 time out: the app answers on its own host, firewall-drop-app, so a firewall there or between drops them',
    remedy: [
      '# on the host of 10.85.0.38:3000: allow port 3000 from this host (ufw: `sudo ufw allow from THIS_HOST to any port 3000 proto tcp`)',
    ],
  },
}

describe('what ops is told', () => {
  it.each(Object.entries(told))('%s', async (name, { verdict, remedy }) => {
    const seen = await see('ops', name)
    expect(seen.verdict).toBe(verdict)
    expect(seen.causes[0]?.remedy.map(({ command, note }) => command ?? `# ${note}`)).toEqual(remedy)
  })
})
