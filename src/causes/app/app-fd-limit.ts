import { t } from '../../language/language.js'
import { findSaid } from '../../path/crash.js'
import type { Evidence } from '../../path/request-path.js'
import { sh } from '../../shell.js'
import { defineCause, type RemedyStep, type Scene } from '../define.js'
import { anyDeath } from '../shared/consequences.js'
import { doubtsOf } from '../shared/crash-cause.js'
import { asRoot, restart } from '../shared/remedies.js'
import { answerEvidence, crashBy } from '../shared/scene.js'
import { managerEvidence, unitsOf } from '../shared/service.js'
import { risks, steps } from '../shared/steps.js'

export default defineCause({
  id: 'app-fd-limit',
  title: 'the app has as many files open as it may',
  layer: 'app',
  breaks: 'answer',
  explains: [...anyDeath, 'app-serves-5xx'],
  needs: ['pm2', 'app-logs'],
  runbook: {
    symptom: '502 or 500 after hours of load; well again for hours after a restart',
    signs: [
      '`EMFILE: too many open files` in the log of the life that fails',
      '`ls /proc/<pid>/fd | wc -l` is at its limit',
    ],
    against: [
      'nginx-fd-limit: it is the log of nginx that says so',
      'disk-full: ENOSPC; `EMFILE … watch` is the limit of file watchers, of development only',
    ],
    remedy: [
      steps.restart,
      { step: 'see what is left open: `ls -l /proc/<pid>/fd`', risk: risks.none },
      {
        step: 'raise the limit of its service: LimitNOFILE=65536 by `systemctl edit <unit>`',
        risk: 'a leak only takes longer; the service has to be restarted',
      },
    ],
  },
  source: 'Reproduced with a lowered RLIMIT_NOFILE: libuv takes new connections and closes them at once.',
  judge: (scene) => {
    const { app, serves } = scene.path
    if (!app || serves !== false) return undefined
    const died = crashBy(scene, 'app-fd-limit')
    const said =
      died?.crash.evidence ??
      wrap(findSaid(app, scene.facts, /EMFILE: too many open files(?!, watch)|\baccept EMFILE\b/))
    if (said.length === 0) return undefined
    return {
      holds: true,
      confidence: died?.crash.isCertain === false ? 'medium' : 'high',
      subject: app.name,
      summary: died
        ? t`${app.name} has as many files and connections open as it may (EMFILE), so it dies`
        : t`${app.name} has as many files and connections open as it may (EMFILE), so it takes no more`,
      evidence: [...said, ...managerEvidence(app), ...answerEvidence(scene)],
      against: died ? doubtsOf(died.crash) : [],
      remedy: [restart(scene, app), ...seeFiles(scene), ...raiseLimit(scene)],
    }
  },
})

function wrap(line: Evidence | undefined): Evidence[] {
  return line ? [line] : []
}

function seeFiles({ path: { app }, login }: Scene): RemedyStep[] {
  const pid = app?.processes.at(-1)?.pid
  return pid === undefined
    ? []
    : [
        {
          command: asRoot(login, sh`ls -l ${`/proc/${pid}/fd`}`),
          note: t`before that: shows what is left open`,
          risk: risks.none,
        },
      ]
}

function raiseLimit(scene: Scene): RemedyStep[] {
  const { app } = scene.path
  const unit = app?.service?.unit ?? (app?.daemon ? unitsOf(app.daemon, scene)[0] : undefined)
  return [
    {
      ...(unit && { command: asRoot(scene.login, sh`systemctl edit ${unit.name}`) }),
      note: t`raise LimitNOFILE (65536) for what starts the app, then restart that`,
      risk: t`a leak only takes longer; every app of that service is restarted`,
    },
  ]
}
