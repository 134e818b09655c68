import { t } from '../../language/language.js'
import type { App } from '../../path/app.js'
import { findCrash } from '../../path/crash.js'
import { type Cause, defineCause, type Holds, type RemedyStep, type Scene } from '../define.js'
import { defineCrashCause } from '../shared/crash-cause.js'
import { pm2, startAgain } from '../shared/remedies.js'
import { answerEvidence, isCrashing } from '../shared/scene.js'
import { managerEvidence } from '../shared/service.js'
import { risks, steps } from '../shared/steps.js'

const said: Cause = defineCrashCause({
  id: 'pm2-cwd-deleted',
  title: 'the folder that the app runs in was deleted',
  layer: 'build',
  runbook: {
    symptom: '502 on every request since the folder of a release was removed or replaced',
    signs: [
      'the app dies of `ENOENT: … uv_cwd`; in cluster mode it ends with 0 each time, and no log says why',
      'the folder that pm2 has for it is not there, or is another one by now',
    ],
    against: [
      'pm2-online-no-pid: pm2 could not start it in that folder at all',
      'next-build-missing: the folder is there, its build is not',
    ],
    remedy: [
      steps.remove,
      {
        step: 'start it from the folder of today: `cd <folder> && pm2 start <file> --env production && pm2 save`',
        risk: risks.none,
      },
    ],
  },
  source: 'Unitech/pm2#1623, #2057. Reproduced with pm2 5.4 and 7.0: in cluster mode nothing is logged.',
  summary: (app) => t`${app.name} runs in ${app.cwd}, which was deleted`,
  remedy: startAnew,
})

export default defineCause({ ...said, judge: (scene) => said.judge(scene) ?? judgeFolder(scene) })

/** The folder is not there, and the app's log has no other reason. */
function judgeFolder(scene: Scene): Holds | undefined {
  const app = isCrashing(scene)
  if (!app?.daemon || app.build?.exists !== false || findCrash(app, scene.facts)) return undefined
  return {
    holds: true,
    confidence: scene.facts['app-logs'].known ? 'high' : 'medium',
    subject: app.name,
    summary: t`${app.name} is to run in ${app.cwd}, which is not there`,
    evidence: [
      { source: `ls -d ${app.cwd}`, text: t`no such folder` },
      ...managerEvidence(app),
      ...answerEvidence(scene),
    ],
    remedy: startAnew(scene, app),
  }
}

function startAnew(scene: Scene, app: App): RemedyStep[] {
  return [
    { command: pm2(scene, app, 'delete', app.name), note: t`takes the dead entry off the list`, risk: risks.remove },
    startAgain(scene, { ...app, saved: null }),
  ]
}
