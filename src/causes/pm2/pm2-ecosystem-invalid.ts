import { posix } from 'node:path'
import { t } from '../../language/language.js'
import { sh } from '../../shell.js'
import { defineCause, type RemedyStep, type Scene } from '../define.js'
import { pm2Words, runAs } from '../shared/remedies.js'
import { answerEvidence, appInState, errorEvidence, isRefused } from '../shared/scene.js'
import { risks } from '../shared/steps.js'

export default defineCause({
  id: 'pm2-ecosystem-invalid',
  title: "Node.js cannot load the app's ecosystem file",
  layer: 'pm2',
  breaks: 'target',
  explains: ['pm2-dump-missing-or-empty', 'pm2-app-missing', 'no-listener'],
  needs: ['pm2'],
  runbook: {
    symptom: '502 after a deployment, which said `File ecosystem.config.js malformated`; the app is not in `pm2 list`',
    signs: [
      'the file does not compile, or says `module.exports` where package.json has `"type": "module"`',
      'pm2 does not list the app',
    ],
    against: [
      'pm2-dump-missing-or-empty: the file can be loaded',
      'an app that runs: then it is what the next deployment will meet',
    ],
    remedy: [
      { step: 'for an ES module: `mv ecosystem.config.js ecosystem.config.cjs`; else mend the line', risk: risks.none },
      { step: 'start it: `pm2 start <file> --env production && pm2 save`', risk: 'starts every app that it names' },
    ],
  },
  source:
    'Reproduced with pm2 7.0: `[PM2][ERROR] File ecosystem.config.js malformated`, `module is not defined in ES module scope`.',
  judge: (scene) => {
    const { app, serves } = scene.path
    const broken = app?.daemon?.brokenFiles?.find(({ path }) => posix.dirname(path) === app.cwd)
    const isMissing = appInState(scene, 'not-listed') !== undefined && isRefused(scene)
    if (!app || !broken || (!isMissing && serves !== true)) return undefined
    return {
      holds: true,
      isLatent: !isMissing,
      confidence: app.saved ? 'medium' : 'high',
      subject: broken.path,
      summary: isMissing
        ? t`pm2 cannot load ${broken.path} (${broken.fault}), so ${app.name} was not started`
        : t`${app.name} runs, but its ecosystem file cannot be loaded: ${broken.fault}`,
      evidence: [
        { source: broken.path, text: broken.fault },
        ...(isMissing
          ? [
              { source: `pm2 (${app.daemon?.user})`, text: t`does not list ${app.name}` },
              ...answerEvidence(scene),
              ...errorEvidence(scene, 'connect-refused'),
            ]
          : []),
      ],
      remedy: mend(scene, broken),
    }
  },
})

function mend(scene: Scene, { path, fault }: { path: string; fault: string }): RemedyStep[] {
  const { app } = scene.path
  const user = app?.daemon?.user ?? scene.login
  const isModule = fault.includes('ES module')
  const file = isModule ? path.replace(/\.js$/, '.cjs') : path
  return [
    isModule
      ? {
          command: runAs(user, scene.login, sh`mv ${path} ${file}`),
          note: t`has Node.js take it for what it is, no ES module`,
          risk: t`scripts that name the file have to name the new one`,
        }
      : { command: runAs(user, scene.login, sh`nano ${path}`), note: t`mend it: ${fault}`, risk: risks.edit },
    ...(app && app.instances.length === 0
      ? [
          {
            command: runAs(
              user,
              scene.login,
              sh`cd ${posix.dirname(file)} && ${pm2Words(app, 'start', posix.basename(file), '--env', 'production')} && ${pm2Words(app, 'save')}`,
            ),
            note: t`starts ${app.name} and stores the list`,
            risk: t`starts every app that the file names`,
          },
        ]
      : []),
  ]
}
