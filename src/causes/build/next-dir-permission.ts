import { t } from '../../language/language.js'
import { sh } from '../../shell.js'
import { defineCause } from '../define.js'
import { failedStart } from '../shared/consequences.js'
import { asRoot, restart } from '../shared/remedies.js'
import { answerEvidence, crashBy } from '../shared/scene.js'
import { managerEvidence } from '../shared/service.js'
import { risks, steps } from '../shared/steps.js'

export default defineCause({
  id: 'next-dir-permission',
  title: 'the app may not read its own build',
  layer: 'build',
  breaks: 'build',
  explains: failedStart,
  needs: ['builds', 'pm2', 'app-logs'],
  runbook: {
    symptom: '502 on every request since somebody built as root',
    signs: [
      'the build is there, and may not be entered by the user of the app',
      'EACCES, or `Could not find a production build`, in the log',
    ],
    against: ['next-build-missing: the folder is not there', 'privileged-port: EACCES for a port'],
    remedy: [
      {
        step: 'give it to the user of the app: `chown -R <user>: .next && chmod -R u+rwX .next`',
        risk: risks.none,
      },
      steps.restart,
    ],
  },
  source: 'Reproduced: a build made by root, or with mode 000: next says that it could not find a production build.',
  judge: (scene) => {
    const denied = crashBy(scene, 'next-dir-permission')
    const found = denied ?? crashBy(scene, 'next-build-missing')
    const build = found?.app.build
    if (!found || !build?.distExists) return undefined
    const isClosed = build.buildId === null && build.missing.length === 0
    if (!denied && !isClosed) return undefined
    const { app, crash } = found
    const user = app.daemon?.user ?? scene.login
    return {
      holds: true,
      confidence: 'high',
      subject: app.name,
      summary: t`${user} may not read ${build.distDir}, so ${app.name} does not find its build`,
      evidence: [
        ...(isClosed ? [{ source: build.distDir, text: t`is there, and may not be entered` }] : []),
        ...crash.evidence,
        ...managerEvidence(app),
        ...answerEvidence(scene),
      ],
      remedy: [
        {
          command: asRoot(
            scene.login,
            sh`chown -R ${`${user}:`} ${build.distDir}`,
            sh`chmod -R u+rwX ${build.distDir}`,
          ),
          note: t`gives the build to ${user}; build as ${user} from now on`,
          risk: risks.none,
        },
        restart(scene, app),
      ],
    }
  },
})
