import { knownValue } from '../../fact.js'
import { t } from '../../language/language.js'
import { sh } from '../../shell.js'
import { defineCause, type Holds, type Scene, type Undecided } from '../define.js'
import { anyDeath } from '../shared/consequences.js'
import { agoMs } from '../shared/pm2-log.js'
import { asRoot, startAgain } from '../shared/remedies.js'
import { answerEvidence, appInState, errorEvidence } from '../shared/scene.js'
import { isDown, unitEvidence, unitsOf } from '../shared/service.js'

export default defineCause({
  id: 'oom-killed-daemon',
  title: 'the kernel killed the pm2 daemon for lack of memory',
  layer: 'resources',
  breaks: 'target',
  explains: [
    ...anyDeath,
    'pm2-daemon-not-running',
    'oom-killed-app',
    'systemd-oompolicy-kills-pm2',
    'pm2-unit-failed',
    'pm2-app-missing',
    'pm2-startup-missing',
  ],
  needs: ['kernel-log', 'pm2'],
  runbook: {
    symptom: '502 on every request to every app of one user, all at once; `pm2 list` is empty or starts pm2 anew',
    signs: [
      '`Killed process <pid> (PM2 v…: God)` in the kernel log, later than the last line of pm2.log',
      'no daemon lives; its apps are gone, or are orphans',
    ],
    against: [
      'oom-killed-app: what was killed is node, and pm2 starts it again',
      'systemd-oompolicy-kills-pm2: an app was killed, and systemd stopped the daemon, too',
      'pm2-daemon-not-running: pm2.log ends with `PM2 successfully stopped`',
    ],
    remedy: [
      {
        step: 'start what was saved: `systemctl restart pm2-<user>`, or `pm2 resurrect`',
        risk: 'starts every app that was saved',
      },
      {
        step: 'have systemd start it again when it is killed: `Restart=on-failure` in its unit',
        risk: 'without more memory it will be killed again',
      },
      { step: 'add memory or swap, or let the apps need less', risk: 'swap takes room on the disk and is slow' },
    ],
  },
  source:
    'Unitech/pm2#3866, #1814; the kernel names a process by the first 15 characters of its title: `PM2 v7.0.4: God`.',
  judge: (scene) => {
    const app = appInState(scene, 'no-daemon')
    const daemon = app?.daemon
    if (!app || !daemon || !isDown(scene)) return undefined
    const lastSaid = daemon.log.at(-1)
    if (lastSaid && /PM2 successfully stopped|PM2 is being killed/.test(lastSaid.text)) return undefined
    const kernel = knownValue(scene.facts['kernel-log'])
    if (!kernel) return undecided(scene)
    const kill = kernel.oomKills.findLast(
      ({ name, atMs, text }) =>
        /^PM2 v|^PM2$/.test(name) && isOfUser(daemon.uid, text) && isLater(atMs, lastSaid?.atMs, scene),
    )
    if (!kill) return undefined
    const [unit] = unitsOf(daemon, scene)
    const remedy: Holds['remedy'] = [
      unit
        ? {
            command: asRoot(scene.login, sh`systemctl restart ${unit.name}`),
            note: t`starts pm2 and what it had saved`,
            risk: t`starts every app that was saved`,
          }
        : startAgain(scene, app),
      {
        note:
          kill.scope === 'cgroup'
            ? t`raise the memory limit of ${unit?.name ?? t`its unit`} (MemoryMax=) or container, or make the apps need less`
            : t`add memory or swap, or make the apps need less: it will be killed again`,
        risk: t`other programs of the host have less`,
      },
    ]
    return {
      holds: true,
      confidence: kill.atMs === null ? 'medium' : 'high',
      subject: daemon.home,
      summary:
        kill.scope === 'cgroup'
          ? t`the kernel killed the pm2 daemon of ${daemon.user} (pid ${kill.pid ?? '?'}) for lack of memory of its unit or container, and ${app.name} went with it`
          : t`the kernel killed the pm2 daemon of ${daemon.user} (pid ${kill.pid ?? '?'}) for lack of memory, and ${app.name} went with it`,
      evidence: [
        { source: t`kernel log`, text: kill.text },
        { source: 'ps', text: t`no "God Daemon (${daemon.home})"` },
        ...(unit ? [unitEvidence(unit)] : []),
        ...answerEvidence(scene),
        ...errorEvidence(scene, 'connect-refused'),
      ],
      remedy,
    }
  },
})

/** Newer kernels say whose process it was. */
function isOfUser(uid: number, text: string): boolean {
  // sample: … shmem-rss:0kB, UID:1000 pgtables:672kB
  const [, killed] = /\bUID:(\d+)/.exec(text) ?? []
  return killed === undefined || Number(killed) === uid
}

/** Whether a kill came after pm2 last said something; where that is not known, within the last hour. */
function isLater(atMs: number | null, saidMs: number | null | undefined, { facts }: Scene): boolean {
  if (atMs === null) return true
  return saidMs == null ? agoMs(atMs, facts) < 3_600_000 : atMs >= saidMs - 2_000
}

function undecided({ login }: Scene): Undecided {
  return {
    holds: null,
    because: t`whether the kernel killed the pm2 daemon could not be seen: the kernel log may not be read`,
    decide: asRoot(login, sh`dmesg -T`).text,
  }
}
