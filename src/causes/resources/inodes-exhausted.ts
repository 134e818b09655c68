import { t } from '../../language/language.js'
import { sh } from '../../shell.js'
import { defineCause } from '../define.js'
import { anyDeath } from '../shared/consequences.js'
import { fullFolder } from '../shared/full-folder.js'
import { asRoot } from '../shared/remedies.js'
import { goodAnswers, isCrashing } from '../shared/scene.js'

export default defineCause({
  id: 'inodes-exhausted',
  title: 'a disk has no inode left',
  layer: 'resources',
  breaks: 'manager',
  explains: [...anyDeath, 'pm2-daemon-not-running', 'next-build-missing', 'next-build-incomplete', 'app-serves-5xx'],
  needs: ['disks'],
  runbook: {
    symptom: '502, 500 or uploads that fail, though `df` shows room',
    signs: ['`df -i` shows 100 % where the app, its logs or pm2 write', 'ENOSPC in the log'],
    against: ['disk-full: the bytes are used up'],
    remedy: [
      {
        step: 'see which folders have the most files: `du -x --inodes --max-depth=3 <folder> | sort -n | tail`',
        risk: 'reads the whole disk, which takes a while',
      },
      { step: 'remove what is not needed (sessions, caches, old releases)', risk: 'files are lost' },
    ],
  },
  source: 'Reproduced: ENOSPC with free bytes; df -i shows 100 %.',
  judge: (scene) => {
    const full = fullFolder(scene, ({ inodesUsedPercent }) => inodesUsedPercent !== null && inodesUsedPercent >= 100)
    if (!full) return undefined
    return {
      holds: true,
      confidence: isCrashing(scene) ? 'high' : 'medium',
      subject: full.mount,
      summary: t`${full.mount} has no inode left: no file can be created`,
      evidence: [
        { source: 'df -i', text: t`${full.device} on ${full.mount}: ${full.inodesUsedPercent} % of the inodes used` },
      ],
      against: goodAnswers(scene),
      remedy: [
        {
          command: asRoot(
            scene.login,
            sh`find ${full.mount} -xdev -printf '%h\n' | sort | uniq -c | sort -n | tail -n 10`,
          ),
          note: t`shows the folders with the most files (session files and caches, mostly)`,
          risk: t`reads the whole disk, which takes a while`,
        },
      ],
    }
  },
})
