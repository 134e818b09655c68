import { t } from '../../language/language.js'
import type { Pm2Daemon } from '../../probes/pm2.js'
import { sh } from '../../shell.js'
import { defineCause, type Holds, type Scene } from '../define.js'
import { asRoot } from '../shared/remedies.js'
import { answerEvidence, appInState, errorEvidence } from '../shared/scene.js'
import { isDown, journalEvidence, unitsOf } from '../shared/service.js'
import { risks } from '../shared/steps.js'

export default defineCause({
  id: 'pm2-home-permission',
  title: "pm2 may not write its own folder, where another user's files are",
  layer: 'pm2',
  breaks: 'target',
  explains: ['pm2-unit-failed', 'pm2-daemon-not-running', 'pm2-startup-missing', 'no-listener', 'pm2-app-missing'],
  needs: ['pm2'],
  runbook: {
    symptom: 'pm2 does not come back after a boot; `pm2 list` ends with EACCES: permission denied',
    signs: [
      'files in <folder>/.pm2 belong to root (somebody ran `sudo pm2`), and <user> may not write them',
      'the journal of its unit: `EACCES: permission denied, open <folder>/.pm2/pm2.log`',
    ],
    against: [
      'readonly-fs and disk-full: nobody can write there',
      'pm2-home-mismatch: root has a folder of its own, /root/.pm2',
    ],
    remedy: [
      { step: 'give the folder back: `chown -R <user>: <folder>/.pm2`', risk: risks.none },
      { step: 'start pm2: `systemctl restart pm2-<user>`', risk: 'starts every app that was saved' },
    ],
  },
  source: 'Unitech/pm2#1815, #487. Reproduced with pm2 7.0: a pm2.log of root ends `pm2 resurrect` with EACCES.',
  judge: (scene) => {
    const daemon = scene.path.app?.daemon
    const [first, ...rest] = daemon?.unwritable ?? []
    if (!daemon || !first) return undefined
    const owner = heirOf(daemon)
    const refusal = refusalOf(daemon, scene)
    const isDead = appInState(scene, 'no-daemon') !== undefined && isDown(scene)
    const isOutage = isDead && refusal.length > 0
    if (isDead && !scene.facts.journals.known)
      return {
        holds: null,
        because: t`files in ${daemon.home} belong to ${first.user}; whether pm2 ended over them could not be seen`,
        decide: asRoot(scene.login, sh`journalctl -n 50 --no-pager -u ${`pm2-${owner}`}`).text,
      }
    if (!isOutage && scene.path.serves !== true) return undefined
    const what =
      rest.length === 0
        ? t`${first.path} belongs to ${first.user}`
        : t`${first.path} and ${rest.length} more belong to ${first.user}`
    const remedy: Holds['remedy'] = [
      {
        command: asRoot(scene.login, sh`chown -R ${`${owner}:`} ${daemon.home}`),
        note: t`gives the folder back to ${owner}`,
        risk: risks.none,
      },
    ]
    const [unit] = unitsOf({ ...daemon, user: owner }, scene)
    return {
      holds: true,
      isLatent: !isOutage,
      confidence: 'high',
      subject: daemon.home,
      summary: isOutage
        ? t`pm2 of ${owner} cannot start: ${what}`
        : t`${what}: pm2 of ${owner} may not write there, and may not start again`,
      evidence: [
        ...[first, ...rest]
          .slice(0, 2)
          .map(({ path, user }) => ({ source: `ls -ld ${path}`, text: t`owned by ${user}` })),
        ...(isOutage ? [...refusal, ...answerEvidence(scene), ...errorEvidence(scene, 'connect-refused')] : []),
      ],
      remedy:
        isOutage && unit
          ? [
              ...remedy,
              {
                command: asRoot(scene.login, sh`systemctl restart ${unit.name}`),
                note: t`starts pm2 and what it had saved`,
                risk: t`starts every app that was saved`,
              },
            ]
          : remedy,
    }
  },
})

/** Whom a pm2 folder belongs to by its place: the folder in a user's home is that user's. */
function heirOf({ home, user, userHome }: Pm2Daemon): string {
  // sample: /home/deploy/.pm2
  const inHome = /^\/home\/([^/]+)\/\.pm2$/.exec(home)?.[1]
  return home === `${userHome}/.pm2` ? user : (inHome ?? user)
}

/** That its unit was refused, at its last start. */
function refusalOf(daemon: Pm2Daemon, scene: Scene): Holds['evidence'] {
  return unitsOf({ ...daemon, user: heirOf(daemon) }, scene)
    .flatMap((unit) => journalEvidence(unit, scene, 'app', 60))
    .filter(({ text }) => /EACCES|Permission denied/.test(text))
    .slice(-1)
}
