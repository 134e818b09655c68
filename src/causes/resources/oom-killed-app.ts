import { knownValue } from '../../fact.js'
import { t } from '../../language/language.js'
import type { App } from '../../path/app.js'
import { exitLines } from '../../path/pm2-state.js'
import type { Evidence } from '../../path/request-path.js'
import { sh } from '../../shell.js'
import { defineCause } from '../define.js'
import { anyDeath } from '../shared/consequences.js'
import { asRoot, pm2, restart } from '../shared/remedies.js'
import { managerEvidence } from '../shared/service.js'
import { steps } from '../shared/steps.js'

export default defineCause({
  id: 'oom-killed-app',
  title: 'the kernel killed the app for lack of memory',
  layer: 'resources',
  breaks: 'manager',
  explains: [...anyDeath, 'pm2-daemon-not-running'],
  needs: ['kernel-log', 'host', 'pm2'],
  runbook: {
    symptom: '502 for a while, all at once, under load or during a build',
    signs: [
      '`Killed process <pid> (node)` in the kernel log, within the last hour',
      'pm2.log: `exited … via signal [SIGKILL]`',
    ],
    against: [
      'heap-oom: V8 says so itself, with SIGABRT',
      'systemd-oompolicy-kills-pm2: systemd stopped all of pm2 for one killed process',
      'a deploy that kills (SIGKILL) after its time-out: nothing in the kernel log',
    ],
    remedy: [
      {
        step: 'where a unit or container has a limit, raise it (MemoryMax=); else add swap or memory',
        risk: 'swap takes room on the disk and is slow',
      },
      steps.restart,
      {
        step: 'let pm2 restart it before that: `pm2 restart <app> --max-memory-restart 600M`',
        risk: 'a limit below its usual need restarts it all the time',
      },
    ],
  },
  source: 'Reproduced: "Killed process … (node)" in the kernel log, SIGKILL and exit code 0 in pm2.log.',
  judge: (scene) => {
    const { app, serves } = scene.path
    const nowMs = knownValue(scene.facts.host)?.nowMs
    if (!app || nowMs === undefined || serves === true) return undefined
    const kill = knownValue(scene.facts['kernel-log'])?.oomKills.findLast(
      ({ name, atMs }) => /^(?:node|next|npm|MainThread|PM2)/.test(name) && (atMs === null || nowMs - atMs < 3_600_000),
    )
    // sample: App [classrooom:0] exited with code [0] via signal [SIGKILL]
    const exit = exitLines(app).findLast(({ text }) => text.includes('[SIGKILL]'))
    if (!kill) {
      if (!exit || knownValue(scene.facts['kernel-log']) !== undefined) return undefined
      return {
        holds: null,
        because: t`pm2 saw the app die by SIGKILL, but the kernel log could not be read`,
        decide: asRoot(scene.login, sh`journalctl -k --since -1h -g ${'Killed process'}`).text,
      }
    }
    return {
      holds: true,
      confidence: exit ? 'high' : 'medium',
      subject: app.name,
      summary:
        kill.scope === 'cgroup'
          ? t`the kernel killed ${kill.name} (pid ${kill.pid ?? '?'}) for lack of memory of its unit or container`
          : t`the kernel killed ${kill.name} (pid ${kill.pid ?? '?'}) for lack of memory`,
      evidence: [
        { source: t`kernel log`, text: kill.text },
        ...(exit ? [{ source: `${app.daemon?.home}/pm2.log`, text: exit.text }] : []),
        ...managerEvidence(app),
      ],
      against: exit ? [] : noKillSeen(app),
      remedy: [
        kill.scope === 'cgroup'
          ? {
              note: t`raise the memory limit of its unit (MemoryMax=) or container, or make the app need less`,
              risk: t`other programs of the host have less`,
            }
          : {
              command: sh`sudo fallocate -l 2G /swapfile && sudo chmod 600 /swapfile && sudo mkswap /swapfile && sudo swapon /swapfile`,
              note: t`adds 2 GB of swap; more memory is the lasting answer`,
              risk: t`takes 2 GB of the disk, and is slow`,
            },
        ...(app.daemon
          ? [
              restart(scene, app),
              {
                command: pm2(scene, app, 'restart', app.name, '--max-memory-restart', '600M'),
                note: t`lets pm2 restart it before the kernel kills it`,
                risk: t`a limit below its usual need restarts it all the time`,
              },
            ]
          : []),
      ],
    }
  },
})

/** pm2 tells by which signal an app ended: where it has no SIGKILL, another process may have been the one. */
function noKillSeen({ name, daemon }: App): Evidence[] {
  if (!daemon || daemon.log.length === 0) return []
  return [{ source: `${daemon.home}/pm2.log`, text: t`no end of ${name} by SIGKILL in its last lines` }]
}
