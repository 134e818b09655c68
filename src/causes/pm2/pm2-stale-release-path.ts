import { t } from '../../language/language.js'
import type { App } from '../../path/app.js'
import { pm2Evidence } from '../../path/pm2-state.js'
import type { Evidence } from '../../path/request-path.js'
import type { Pm2Release } from '../../probes/pm2/schema.js'
import { sh } from '../../shell.js'
import { defineCause, type RemedyStep, type Scene } from '../define.js'
import { failedStart } from '../shared/consequences.js'
import { agoMs } from '../shared/pm2-log.js'
import { pm2, pm2Words, restart, runAs } from '../shared/remedies.js'
import { answerEvidence, isRefused } from '../shared/scene.js'
import { risks, steps } from '../shared/steps.js'

/** A deployment moves the link first, and restarts the app then. */
const deploymentMs = 120_000

export default defineCause({
  id: 'pm2-stale-release-path',
  title: 'pm2 runs the app in a former release',
  layer: 'pm2',
  breaks: 'manager',
  explains: [
    ...failedStart,
    'pm2-online-no-pid',
    'pm2-app-stopped',
    'pm2-cwd-deleted',
    'module-not-found',
    'next-build-missing',
  ],
  needs: ['pm2'],
  runbook: {
    symptom: 'a deployment changes nothing, pages miss their scripts (404), and 502 once the old release is removed',
    signs: [
      '`pm_cwd` of the app is in <folder>/releases/<old>, and <folder>/current leads to another release',
      'or its process runs in a release that `current` has left',
    ],
    against: [
      'pm2-cwd-deleted: the folder is gone, and no link `current` beside it leads elsewhere',
      'a deployment of the last two minutes: the restart may be about to come',
    ],
    remedy: [
      steps.remove,
      { step: 'start it by the link: `cd <folder>/current && pm2 start <file> --env production`', risk: risks.none },
      steps.save,
    ],
  },
  source:
    'Unitech/pm2#5939, #1623. Reproduced with 7.0: pm2 keeps the folder that it was started in, its links resolved.',
  judge: (scene) => {
    const { app } = scene.path
    const release = app?.instances.find(isStale)?.release
    if (app && release) {
      if (agoMs(release.linkedMs, scene.facts) < deploymentMs) return undefined
      const isGone = release.folder === null
      // A former release that is still there fails no request.
      if (scene.path.serves !== true && !(isGone && isRefused(scene))) return undefined
      return {
        holds: true,
        isLatent: scene.path.serves === true,
        confidence: 'high',
        subject: app.name,
        summary: isGone
          ? t`pm2 runs ${app.name} in ${app.cwd}, which is gone, while ${release.link} leads to ${release.leadsTo}`
          : t`pm2 runs ${app.name} in ${app.cwd}, while ${release.link} leads to ${release.leadsTo}`,
        evidence: [...pm2Evidence(app), ...linkEvidence(app, release), ...answerEvidence(scene)],
        remedy: startInCurrent(scene, app, release),
      }
    }
    return judgeProcess(scene)
  },
})

/** Whether pm2 has the app in another release than the one that the link leads to. */
function isStale({ release }: App['instances'][number]): boolean {
  return release !== undefined && (release.folder === null || !isIn(release.folder, release.leadsTo))
}

function isIn(folder: string, parent: string): boolean {
  return folder === parent || folder.startsWith(`${parent}/`)
}

/** pm2 has the link, but the process has not been restarted since it was moved. */
function judgeProcess(scene: Scene): ReturnType<Parameters<typeof defineCause>[0]['judge']> {
  const { app, serves } = scene.path
  const release = app?.instances.find((each) => each.release !== undefined)?.release
  if (!app || !release || serves !== true || agoMs(release.linkedMs, scene.facts) < deploymentMs) return undefined
  const old = app.processes.find(({ cwd }) => cwd !== null && isOldRelease(cwd, release))
  if (!old?.cwd) return undefined
  return {
    holds: true,
    isLatent: true,
    confidence: 'high',
    subject: app.name,
    summary: t`${app.name} still runs in ${old.cwd}, while ${release.link} leads to ${release.leadsTo}`,
    evidence: [{ source: `/proc/${old.pid}/cwd`, text: old.cwd }, ...linkEvidence(app, release)],
    remedy: [restart(scene, app)],
  }
}

/** A folder beside the one that the link leads to: another release of the same app. */
function isOldRelease(cwd: string, { leadsTo }: Pm2Release): boolean {
  const folder = cwd.replace(/ \(deleted\)$/, '')
  return isIn(folder, leadsTo.replace(/\/[^/]+$/, '')) && !isIn(folder, leadsTo)
}

function linkEvidence(app: App, { link, leadsTo }: Pm2Release): Evidence[] {
  return [
    { source: `pm2 (${app.daemon?.user})`, text: `pm_cwd ${app.cwd}` },
    { source: `readlink ${link}`, text: leadsTo },
  ]
}

function startInCurrent(scene: Scene, app: App, { link }: Pm2Release): RemedyStep[] {
  const file = app.files?.ecosystemFile ?? 'ecosystem.config.js'
  return [
    { command: pm2(scene, app, 'delete', app.name), note: t`has pm2 forget the former release`, risk: risks.remove },
    {
      command: runAs(
        app.daemon?.user ?? scene.login,
        scene.login,
        sh`cd ${link} && ${pm2Words(app, 'start', file, '--env', 'production')}`,
      ),
      note: t`starts ${app.name} in ${link}; give it \`cwd: '${link}'\` there, or pm2 keeps the release again`,
      risk: risks.restart,
    },
    { command: pm2(scene, app, 'save'), note: t`stores the list`, risk: risks.save },
  ]
}
