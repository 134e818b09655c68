import { t } from '../../language/language.js'
import { sh } from '../../shell.js'
import { defineCause } from '../define.js'
import { anyDeath } from '../shared/consequences.js'
import { fullFolder } from '../shared/full-folder.js'
import { asRoot } from '../shared/remedies.js'
import { crashBy, isCrashing } from '../shared/scene.js'
import { risks } from '../shared/steps.js'

export default defineCause({
  id: 'readonly-fs',
  title: 'a file system has turned read-only',
  layer: 'resources',
  breaks: 'manager',
  explains: anyDeath,
  needs: ['disks'],
  runbook: {
    symptom: '502 or 500; nothing can be written, not even logs',
    signs: ['the mount is ro where the app has to write', 'EROFS in the log'],
    against: ['disk-full: ENOSPC', 'a mount that is meant to be ro, where nothing of the app writes'],
    remedy: [
      { step: 'see why: `journalctl -k -g "EXT4-fs error|I/O error|remount" -n 20`', risk: risks.none },
      { step: 'save what is needed: a disk with errors must be replaced', risk: risks.none },
      { step: '`mount -o remount,rw <folder>`', risk: 'writing to a failing disk can lose more' },
    ],
  },
  source: 'Linux remounts ext4 read-only after an error (errors=remount-ro); writes then give EROFS.',
  judge: (scene) => {
    const folder = fullFolder(scene, ({ isReadOnly }) => isReadOnly)
    const crash = crashBy(scene, 'readonly-fs')
    if (!folder || (!crash && !isCrashing(scene))) return undefined
    return {
      holds: true,
      confidence: crash ? 'high' : 'medium',
      subject: folder.mount,
      summary: t`${folder.mount} is mounted read-only, and the app has to write there`,
      evidence: [
        { source: '/proc/mounts', text: `${folder.device} ${folder.mount} ro` },
        ...(crash?.crash.evidence ?? []),
      ],
      remedy: [
        {
          command: asRoot(scene.login, sh`journalctl -k -g ${'EXT4-fs error|I/O error|remount'} -n 20`),
          note: t`shows why: a failing disk must be replaced first`,
          risk: risks.none,
        },
        {
          command: asRoot(scene.login, sh`mount -o remount,rw ${folder.mount}`),
          note: t`makes it writable again`,
          risk: t`writing to a failing disk can lose more`,
        },
      ],
    }
  },
})
