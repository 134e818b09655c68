import { t } from '../../language/language.js'
import { gatewaysOf } from '../../path/gateways.js'
import { sh } from '../../shell.js'
import { defineCause } from '../define.js'
import { anyDeath } from '../shared/consequences.js'
import { fullFolder } from '../shared/full-folder.js'
import { asRoot, pm2, restart } from '../shared/remedies.js'
import { crashBy, goodAnswers, isCrashing } from '../shared/scene.js'
import { risks, steps } from '../shared/steps.js'

export default defineCause({
  id: 'disk-full',
  title: 'a disk is full',
  layer: 'resources',
  breaks: 'manager',
  explains: [
    ...anyDeath,
    // It keeps its pid, its sockets and its log in a folder.
    'pm2-daemon-not-running',
    'next-build-missing',
    'next-build-incomplete',
    'db-unreachable-crash',
    'app-serves-5xx',
  ],
  needs: ['disks'],
  runbook: {
    symptom: '502, 500 or uploads that fail; logs that end in mid-line, builds that do not end',
    signs: [
      '`df` shows 99 % or more, or less than 1 MiB, where the app, its logs or pm2 write',
      'ENOSPC in the log of the app or of the gateway',
    ],
    against: ['inodes-exhausted: `df` shows room, `df -i` does not', 'readonly-fs: the mount is ro'],
    remedy: [
      { step: 'see what fills it: `du -xh --max-depth=2 <folder> | sort -h | tail -n 20`', risk: risks.none },
      {
        step: 'empty the logs of pm2: `pm2 flush`',
        risk: 'all logs of its apps are lost: copy what tells of the fault first',
      },
      { step: '`journalctl --vacuum-size=200M`', risk: 'older lines of the journal are lost' },
      steps.restart,
    ],
  },
  source: 'Reproduced: ENOSPC; with a full disk the app log itself stays empty, so df is the evidence.',
  judge: (scene) => {
    const full = fullFolder(
      scene,
      ({ usedPercent, availableBytes }) => usedPercent >= 99 || availableBytes < 1024 * 1024,
    )
    if (!full) return undefined
    const crash = crashBy(scene, 'disk-full')
    const logged = gatewaysOf(scene.facts).flatMap(({ name, errors }) =>
      (errors?.kinds ?? [])
        .filter(({ kind, countLastHour }) => kind === 'disk' && countLastHour > 0)
        .map(({ sample }) => ({ source: t`${name} error log`, text: sample })),
    )
    const app = scene.path.app
    return {
      holds: true,
      confidence: crash || isCrashing(scene) ? 'high' : 'medium',
      subject: full.mount,
      summary: t`${full.mount} is full (${full.usedPercent} %, ${Math.round(full.availableBytes / 1024)} KiB left)`,
      evidence: [
        { source: 'df', text: t`${full.device} on ${full.mount}: ${full.usedPercent} % used, for ${full.path}` },
        ...(crash?.crash.evidence ?? []),
        ...logged.slice(0, 1),
      ],
      against: goodAnswers(scene),
      remedy: [
        {
          command: asRoot(scene.login, sh`du -xh --max-depth=2 ${full.mount} | sort -h | tail -n 20`),
          note: t`shows what fills it`,
          risk: risks.none,
        },
        ...(app?.daemon
          ? [
              {
                command: pm2(scene, app, 'flush'),
                note: t`empties pm2's log files`,
                risk: t`the logs of all its apps are lost`,
              },
            ]
          : []),
        {
          command: asRoot(scene.login, sh`journalctl --vacuum-size=200M`),
          note: t`keeps the newest 200 MB of the journal`,
          risk: t`what is older is lost`,
        },
        ...(app?.daemon ? [restart(scene, app)] : []),
      ],
    }
  },
})
