import { deadFacts, disk, dyingFacts } from '../../support/broken.js'
import { defineCases } from '../../support/cases.js'
import { daemon, hostFacts, nowMs, pm2, savedApp, services, servingFacts, unit } from '../../support/facts.js'

const pm2Unit = (result: string) =>
  unit({
    name: 'pm2-deploy.service',
    role: 'pm2',
    activeState: 'failed',
    subState: 'failed',
    result,
    activeMs: nowMs - 9000,
    triedMs: nowMs - 10_000,
  })

/** pm2 and all below it have ended, and its unit says how. */
const endedPm2 = (result: string) =>
  deadFacts({
    pm2: pm2(daemon({ pid: null, apps: null, saved: [savedApp()] })),
    services: services([pm2Unit(result)]),
  })

const noSpace = ['Error: ENOSPC: no space left on device, write']

/** Causes of what an app runs on. */
export default defineCases({
  'disk-full': { not: () => dyingFacts(noSpace, { disks: disk({ inodesUsedPercent: 100 }) }) },
  'heap-oom': {
    flags: () => dyingFacts(['FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory']),
    not: 'ops/oom-killed-app',
  },
  'host-memory-exhausted': {
    flags: () => servingFacts({ host: hostFacts({ memoryAvailableBytes: 2 ** 25 }) }),
    not: () =>
      servingFacts({
        host: hostFacts({ memoryAvailableBytes: 2 ** 25, swapTotalBytes: 2 ** 31, swapFreeBytes: 2 ** 31 }),
      }),
  },
  'inodes-exhausted': {
    flags: () => dyingFacts(noSpace, { disks: disk({ inodesUsedPercent: 100 }) }),
    not: 'ops/disk-full',
  },
  'oom-killed-app': {
    not: () => dyingFacts(['FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory']),
  },
  'readonly-fs': {
    flags: () => dyingFacts(['Error: EROFS: read-only file system, mkdir'], { disks: disk({ isReadOnly: true }) }),
    not: () => servingFacts({ disks: disk({ isReadOnly: true }) }),
  },
  'systemd-oompolicy-kills-pm2': { flags: () => endedPm2('oom-kill'), not: () => endedPm2('signal') },
})
