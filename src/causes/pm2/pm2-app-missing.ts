import { defineCause } from '../define.js'
import { startAgain } from '../shared/remedies.js'
import { answerEvidence, appInState, errorEvidence } from '../shared/scene.js'

/** The catalogue has only the empty dump (`pm2-dump-missing-or-empty`) for this; here the daemon lives and lacks one app. */
export default defineCause({
  id: 'pm2-app-missing',
  title: 'the app is not in the pm2 list',
  layer: 'pm2',
  breaks: 'target',
  explains: ['no-listener'],
  source: 'Reproduced: `pm2 delete` takes an app off the list; dump.pm2 or its ecosystem file still names it.',
  judge: (scene) => {
    const app = appInState(scene, 'not-listed')
    if (!app?.saved || scene.path.listeners.length > 0) return undefined
    const others = app.daemon?.apps?.map(({ name }) => name) ?? []
    return {
      holds: true,
      confidence: 'high',
      subject: app.name,
      summary: `${app.name} is saved in pm2 but not in its list any more`,
      evidence: [
        {
          source: `pm2 (${app.daemon?.user})`,
          text: `the list has ${others.length === 0 ? 'no app' : others.join(', ')}`,
        },
        { source: `${app.daemon?.home}/dump.pm2`, text: `names ${app.name} in ${app.cwd}` },
        ...answerEvidence(scene),
        ...errorEvidence(scene, 'connect-refused'),
      ],
      remedy: [startAgain(scene, app)],
    }
  },
})
