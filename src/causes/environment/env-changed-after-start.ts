import { joinWords } from '../../language/join-words.js'
import { t } from '../../language/language.js'
import { defineCause } from '../define.js'
import { devEvidence, formatTime, servingSinceMs, startEvidence } from '../shared/next-app.js'
import { restart } from '../shared/remedies.js'
import { managerEvidence } from '../shared/service.js'
import { risks, steps } from '../shared/steps.js'

/** Files have whole seconds, and a deployment writes them right before the start. */
const slackMs = 10_000

/** Not in the catalogue: its twin for settings of `next-rebuild-in-place`. Next.js reads these files once, at its start. */
export default defineCause({
  id: 'env-changed-after-start',
  title: 'the settings in .env were changed after the start of the app',
  layer: 'environment',
  breaks: 'process',
  explains: [],
  needs: ['app-files'],
  runbook: {
    symptom: 'none yet: the change has no effect; at the next restart, or boot, it has',
    signs: ['a .env file is younger than the process that serves'],
    against: ['env-missing: the app is down for want of a variable'],
    remedy: [{ step: 'check the change', risk: risks.none }, steps.restart],
  },
  source: 'Next.js, environment variables: `next start` loads .env files once, at its start.',
  judge: (scene) => {
    const { app, serves } = scene.path
    const sinceMs = app ? servingSinceMs(scene, app) : undefined
    if (!app?.build?.isNext || serves !== true || sinceMs === undefined || devEvidence(app)) return undefined
    const changed = (app.files?.envFiles ?? []).filter(({ modifiedMs }) => (modifiedMs ?? 0) > sinceMs + slackMs)
    if (changed.length === 0) return undefined
    const names = joinWords(changed.map(({ name }) => name))
    return {
      holds: true,
      isLatent: true,
      confidence: 'medium',
      subject: app.name,
      summary: t`${names} was changed after ${app.name} was started: the change takes effect, for good or bad, at the next restart`,
      evidence: [
        ...changed.map(({ name, modifiedMs }) => ({
          source: `${app.cwd ?? ''}/${name}`,
          text: t`changed ${formatTime(modifiedMs ?? 0)}`,
        })),
        startEvidence(sinceMs),
        ...managerEvidence(app),
      ],
      remedy: [
        { note: t`check the change: a restart at a bad moment is worse than one now`, risk: risks.none },
        restart(scene, app),
      ],
    }
  },
})
