import { sh } from '../../shell.js'
import { defineCause } from '../define.js'
import { anyDeath } from '../shared/consequences.js'
import { fullFolder } from '../shared/full-folder.js'
import { asRoot } from '../shared/remedies.js'
import { crashBy, isCrashing } from '../shared/scene.js'

export default defineCause({
  id: 'readonly-fs',
  title: 'a file system has turned read-only',
  layer: 'resources',
  breaks: 'manager',
  explains: anyDeath,
  source: 'Linux remounts ext4 read-only after an error (errors=remount-ro); writes then give EROFS.',
  judge: (scene) => {
    const folder = fullFolder(scene, ({ isReadOnly }) => isReadOnly)
    const crash = crashBy(scene, 'readonly-fs')
    if (!folder || (!crash && !isCrashing(scene))) return undefined
    return {
      holds: true,
      confidence: crash ? 'high' : 'medium',
      subject: folder.mount,
      summary: `${folder.mount} is mounted read-only, and the app has to write there`,
      evidence: [
        { source: '/proc/mounts', text: `${folder.device} ${folder.mount} ro` },
        ...(crash?.crash.evidence ?? []),
      ],
      remedy: [
        {
          command: asRoot(scene.login, sh`journalctl -k -g ${'EXT4-fs error|I/O error|remount'} -n 20`),
          note: 'shows why: a failing disk must be replaced first',
        },
        { command: asRoot(scene.login, sh`mount -o remount,rw ${folder.mount}`), note: 'makes it writable again' },
      ],
    }
  },
})
