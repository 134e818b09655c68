import { t } from '../../language/language.js'
import { pm2Evidence } from '../../path/pm2-state.js'
import { defineCause } from '../define.js'
import { pm2, startAgain } from '../shared/remedies.js'
import { answerEvidence, appInState } from '../shared/scene.js'
import { risks, steps } from '../shared/steps.js'

export default defineCause({
  id: 'pm2-online-no-pid',
  title: 'pm2 could not start the process at all',
  layer: 'pm2',
  breaks: 'target',
  explains: ['no-listener'],
  needs: ['pm2'],
  runbook: {
    symptom: '502 on every request, though `pm2 list` says online',
    signs: [
      'status online or stopped with pid 0 or N/A and no restarts',
      '`spawn … ENOENT` or `EACCES` in pm2.log: the interpreter or the folder is gone',
    ],
    against: [
      'wrapper-alive-child-dead: there is a pid, of npm or sh',
      'pm2-startup-stale-path: pm2 itself cannot be started',
    ],
    remedy: [
      { step: 'bring the interpreter or the folder back, or name another one', risk: risks.none },
      steps.remove,
      steps.startAgain,
    ],
  },
  source:
    'Unitech/pm2#3648: a failed spawn (interpreter or folder gone) stays "online" with no pid and is never tried again.',
  judge: (scene) => {
    const app = appInState(scene, 'never-spawned')
    if (!app) return undefined
    // sample: PM2 error: Error: spawn /home/d/.nvm/versions/node/v18.19.0/bin/node ENOENT
    const said = app.daemon?.log.findLast(({ text }) => /spawn \S+ (?:ENOENT|EACCES)/.test(text))
    const isFolderGone = app.build?.exists === false
    return {
      holds: true,
      confidence: said || isFolderGone ? 'high' : 'medium',
      subject: app.name,
      summary: isFolderGone
        ? t`the folder of ${app.name}, ${app.cwd}, is gone, so pm2 could not start it`
        : said
          ? t`pm2 could not start ${app.name}: its interpreter ${app.instances[0]?.interpreter ?? ''} is gone`
          : t`pm2 has no process for ${app.name} and does not try again; why it could not start it was not seen`,
      evidence: [
        ...pm2Evidence(app),
        ...(said ? [{ source: `${app.daemon?.home}/pm2.log`, text: said.text }] : []),
        ...answerEvidence(scene),
      ],
      remedy: [
        {
          note: isFolderGone ? t`bring ${app.cwd} back` : t`make sure that the interpreter is there`,
          risk: risks.none,
        },
        {
          command: pm2(scene, app, 'delete', app.name),
          note: t`takes the dead entry off the list`,
          risk: risks.remove,
        },
        startAgain(scene, { ...app, saved: null }),
      ],
    }
  },
})
