import { t } from '../../language/language.js'
import type { App } from '../../path/app.js'
import { lastEnd, pm2Evidence } from '../../path/pm2-state.js'
import type { Evidence } from '../../path/request-path.js'
import type { LogFacts } from '../../probes/gateway/log-facts.js'
import { literal } from '../../probes/literal.js'
import { defineCause, type Holds, type RemedyStep, type Scene } from '../define.js'
import { agoMs, logEvidence, recentLines } from '../shared/pm2-log.js'
import { pm2 } from '../shared/remedies.js'
import { appInState, errorEvidence, isRefused, recentErrors } from '../shared/scene.js'
import { risks } from '../shared/steps.js'

const hourMs = 3_600_000
/** Logs count whole seconds; and what a restart is to blame for comes within so long after it. */
const slackMs = 2_000
const startTimeMs = 60_000

export default defineCause({
  id: 'pm2-restart-window',
  title: 'while the app is restarted, nobody answers',
  layer: 'pm2',
  breaks: 'target',
  explains: ['no-listener', 'app-starting'],
  needs: ['pm2', 'host'],
  runbook: {
    symptom: 'a burst of 502 for some seconds at each deployment, and then all is well',
    signs: [
      'connections are refused only in the seconds after `Stopping app:<app>` in pm2.log',
      'one instance, in fork mode: the old one ends before the new one listens',
    ],
    against: [
      'pm2-crash-loop: the app ends of itself',
      'pm2-watch-loop and pm2-memory-restart-loop: pm2 restarts it again and again',
      'errors at other times, too: something else is wrong',
    ],
    remedy: [
      {
        step: 'two instances in cluster mode (a script that listens itself, not npm), and `pm2 reload` at a deployment',
        risk: 'each takes its own memory; state in memory is not shared',
      },
    ],
  },
  source:
    'Unitech/pm2#5299; lib/God/ActionMethods.js: restart ends the process, then starts another. Reproduced with 7.0.',
  judge: (scene) => {
    const { app, serves } = scene.path
    if (app?.instances.length !== 1 || app.instances[0]?.execMode !== 'fork') return undefined
    return serves === true ? judgePast(scene, app) : judgeNow(scene, app)
  },
})

/** Somebody restarted it a moment ago. */
function judgeNow(scene: Scene, app: App): Holds | undefined {
  const end = lastEnd(app)
  const [instance] = app.instances
  if (!end?.isAsked || !isRefused(scene) || scene.path.appListeners.length > 0) return undefined
  if (!appInState(scene, 'starting')) return undefined
  const seconds = Math.max(0, Math.round(agoMs(instance?.startedMs, scene.facts) / 1000))
  return {
    holds: true,
    confidence: 'medium',
    subject: app.name,
    summary: t`${app.name} was restarted ${seconds} s ago, and does not listen yet`,
    evidence: [...pm2Evidence(app), ...logEvidence(app, end.line)],
    remedy: [{ note: t`check again in half a minute`, risk: risks.none }, ...avoid(scene, app)],
  }
}

/** All is well: but what was refused in the last hour was so while it was restarted, and will be so the next time. */
function judgePast(scene: Scene, app: App): Holds | undefined {
  const refused = recentErrors(scene, 'connect-refused')
  const stops = recentLines(app, scene.facts, new RegExp(`Stopping app:${literal(app.name)} id:`), hourMs + startTimeMs)
  const isWithin = ({ firstMs, lastMs }: Span) =>
    stops.some(({ atMs }) => atMs !== null && firstMs >= atMs - slackMs && lastMs <= atMs + startTimeMs)
  const spans = refused.flatMap((entry) => spansOf(entry, scene))
  const [stop] = stops.slice(-1)
  if (!stop || spans.length === 0 || spans.length < refused.length || !spans.every(isWithin)) return undefined
  const count = refused.reduce((sum, { countLastHour }) => sum + countLastHour, 0)
  return {
    holds: true,
    isLatent: true,
    confidence: 'high',
    subject: app.name,
    summary:
      count === 1
        ? t`each restart of ${app.name} costs visitors some seconds: ${count} request failed so in the last hour`
        : t`each restart of ${app.name} costs visitors some seconds: ${count} requests failed so in the last hour`,
    evidence: [...errorEvidence(scene, 'connect-refused'), ...logEvidence(app, stop), instancesEvidence(app)],
    remedy: avoid(scene, app),
  }
}

interface Span {
  firstMs: number
  lastMs: number
}

/** When, in the last hour, lines of one kind were written; nothing where that is not known. */
function spansOf({ bursts, firstMs, lastMs }: LogFacts['kinds'][number], { facts }: Scene): Span[] {
  const known = bursts ?? (firstMs != null && lastMs != null ? [{ firstMs, lastMs }] : [])
  return known.filter((span) => agoMs(span.lastMs, facts) <= hourMs)
}

function instancesEvidence({ daemon }: App): Evidence {
  return { source: `pm2 (${daemon?.user})`, text: t`one instance, in fork mode` }
}

function avoid(scene: Scene, app: App): RemedyStep[] {
  return [
    {
      note: t`for restarts that nobody notices: two instances of ${app.name} in cluster mode, of a script that listens itself (not npm)`,
      risk: t`each takes its own memory; state in memory is not shared`,
    },
    {
      command: pm2(scene, app, 'reload', app.name),
      note: t`then deploy by this: one instance after the other`,
      risk: risks.none,
    },
  ]
}
