import { gatewaysOf } from '../../path/gateways.js'
import { sh } from '../../shell.js'
import { defineCause } from '../define.js'
import { anyDeath } from '../shared/consequences.js'
import { fullFolder } from '../shared/full-folder.js'
import { asRoot, pm2, restart } from '../shared/remedies.js'
import { crashBy, isCrashing } from '../shared/scene.js'

export default defineCause({
  id: 'disk-full',
  title: 'a disk is full',
  layer: 'resources',
  breaks: 'manager',
  explains: [...anyDeath, 'next-build-missing', 'next-build-incomplete', 'db-unreachable-crash', 'app-serves-5xx'],
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
        .map(({ sample }) => ({ source: `${name} error log`, text: sample })),
    )
    const app = scene.path.app
    return {
      holds: true,
      confidence: crash || isCrashing(scene) ? 'high' : 'medium',
      subject: full.mount,
      summary: `${full.mount} is full (${full.usedPercent} %, ${Math.round(full.availableBytes / 1024)} KiB left)`,
      evidence: [
        { source: 'df', text: `${full.device} on ${full.mount}: ${full.usedPercent} % used, for ${full.path}` },
        ...(crash?.crash.evidence ?? []),
        ...logged.slice(0, 1),
      ],
      remedy: [
        {
          command: asRoot(scene.login, sh`du -xh --max-depth=2 ${full.mount} | sort -h | tail -n 20`),
          note: 'shows what fills it',
        },
        ...(app?.daemon
          ? [{ command: pm2(scene, app, 'flush'), note: "empties pm2's log files (they are lost)" }]
          : []),
        {
          command: asRoot(scene.login, sh`journalctl --vacuum-size=200M`),
          note: 'keeps the newest 200 MB of the journal',
        },
        ...(app?.daemon ? [restart(scene, app)] : []),
      ],
    }
  },
})
