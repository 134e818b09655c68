import { deadFacts } from '../support/broken.js'
import { hostFacts, servingFacts, unseen } from '../support/facts.js'
import { pm2Of } from './pm2-sections.js'
import type { PublicCases } from './public-case.js'
import { appLog, df } from './sections.js'

/** What the host has left for it. */
export default {
  7: {
    thread: 'Giveth/feathers-giveth#299',
    cause: 'disk-full',
    grade: 'unknown',
    lacks: 'what df says',
    host: () => deadFacts({ pm2: unseen('pm2'), processes: unseen('the processes'), disks: unseen('disk space') }),
  },
  8: {
    thread: 'Unitech/pm2#2799',
    cause: 'disk-full',
    grade: 'right',
    host: () =>
      deadFacts({
        pm2: pm2Of({ pid: null, saved: ['classrooom'] }),
        disks: df('/dev/root 24117248 24073216 44032 100% /', '/dev/root 1500000 300000 1200000 20% /'),
      }),
  },
  24: {
    thread: 'vercel/next.js#48465',
    cause: 'host-memory-exhausted',
    grade: 'unknown',
    lacks: 'how much of the used memory is available: free rounds to whole gigabytes',
    isUp: true,
    host: () =>
      servingFacts({ host: hostFacts({ memoryTotalBytes: 7.6 * 2 ** 30, memoryAvailableBytes: 0.7 * 2 ** 30 }) }),
  },
  26: {
    thread: 'keymetrics/pm2-logrotate#62',
    cause: 'inodes-exhausted',
    grade: 'unknown',
    lacks: 'what df -i says',
    isUp: true,
    host: () =>
      servingFacts({
        pm2: pm2Of({ apps: [{}, { name: 'pm2-logrotate', module: true }] }),
        disks: df('/dev/vda1 31457280 14680064 15728640 49% /', '/dev/vda1 - - - - /'),
        'app-logs': appLog(['Error: ENOSPC: no space left on device, write', '    at ForkMode.js'], {
          app: 'pm2-logrotate',
        }),
      }),
  },
} satisfies PublicCases
