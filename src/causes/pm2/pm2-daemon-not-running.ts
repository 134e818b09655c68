import { knownValue } from '../../fact.js'
import { joinWords } from '../../language/join-words.js'
import { t } from '../../language/language.js'
import { isDaemonHidden } from '../../path/pm2-state.js'
import { defineCause } from '../define.js'
import { pm2, startAgain } from '../shared/remedies.js'
import { answerEvidence, appInState, errorEvidence, isRefused } from '../shared/scene.js'
import { risks } from '../shared/steps.js'

export default defineCause({
  id: 'pm2-daemon-not-running',
  title: 'the pm2 daemon is gone, and its apps with it',
  layer: 'pm2',
  breaks: 'target',
  explains: ['no-listener', 'pm2-app-missing'],
  needs: ['pm2'],
  runbook: {
    symptom: '502 on every request to every app of one user, often since a reboot',
    signs: [
      'no process is titled `PM2 v… God Daemon (<folder>)`',
      'dump.pm2 or the ecosystem file names the app',
      'nothing listens on <port>',
    ],
    against: [
      'pm2-startup-missing: the host was booted, and nothing starts pm2',
      'pm2-unit-failed: its unit tried and failed',
      'pm2-daemon-unresponsive: it lives and does not answer',
      'pm2-home-mismatch: it lives under another user',
    ],
    remedy: [
      {
        step: 'start what was saved: `pm2 resurrect`; else from the ecosystem file: `pm2 start <file> --env production && pm2 save`',
        risk: 'starts every app that was saved',
      },
      {
        step: 'print the line that starts pm2 at boot, and run it as root: `pm2 startup`',
        risk: 'writes a unit of systemd and enables it',
      },
    ],
  },
  source: 'Unitech/pm2: the daemon titles its process `PM2 vX: God Daemon (HOME)`; apps are its children.',
  judge: (scene) => {
    const app = appInState(scene, 'no-daemon') ?? (scene.path.app === null ? undefined : appWithoutDaemon(scene))
    const isDown = scene.path.site === null ? scene.path.listeners.length === 0 : isRefused(scene)
    if (!app || !isDown) return undefined
    const { daemon } = app
    const last = daemon?.log.at(-1)
    const upSeconds = knownValue(scene.facts.host)?.uptimeSeconds
    return {
      holds: true,
      confidence: daemon ? 'high' : 'medium',
      subject: daemon ? daemon.home : app.name,
      summary: daemon
        ? t`no pm2 daemon runs for ${daemon.user}, so ${app.name} does not run`
        : t`no pm2 daemon runs for any user, so ${app.name} does not run`,
      evidence: [
        { source: 'ps', text: t`no "God Daemon (${daemon?.home ?? '…'})"` },
        ...(daemon?.saved
          ? [{ source: `${daemon.home}/dump.pm2`, text: t`saved: ${joinWords(daemon.saved.map(({ name }) => name))}` }]
          : []),
        ...(last ? [{ source: `${daemon?.home}/pm2.log`, text: t`last line: ${last.text}` }] : []),
        ...(upSeconds !== undefined && upSeconds < 86_400
          ? [{ source: 'uptime', text: t`the host started ${Math.round(upSeconds / 60)} minutes ago` }]
          : []),
        ...answerEvidence(scene),
        ...errorEvidence(scene, 'connect-refused'),
      ],
      remedy: [
        startAgain(scene, app),
        {
          command: pm2(scene, app, 'startup'),
          note: t`prints the line (to be run as root) that starts pm2 at boot`,
          risk: risks.none,
        },
      ],
    }
  },
})

/** A pm2 app by its files only: the folder has an ecosystem file, nothing else runs it, and no daemon of anybody lives. */
function appWithoutDaemon({ path: { app }, facts }: Parameters<typeof isRefused>[0]) {
  const pm2Facts = knownValue(facts.pm2)
  const isPm2App = app?.files?.ecosystemFile != null && app.daemon === null && app.service === null
  return app &&
    isPm2App &&
    facts.pm2.known &&
    pm2Facts?.daemons.every((daemon) => daemon.pid === null && !isDaemonHidden(daemon, facts))
    ? app
    : undefined
}
