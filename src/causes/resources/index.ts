import diskFull from './disk-full.js'
import heapOom from './heap-oom.js'
import hostMemoryExhausted from './host-memory-exhausted.js'
import inodesExhausted from './inodes-exhausted.js'
import oomKilledApp from './oom-killed-app.js'
import readonlyFs from './readonly-fs.js'
import systemdOompolicyKillsPm2 from './systemd-oompolicy-kills-pm2.js'

export default [
  diskFull,
  heapOom,
  hostMemoryExhausted,
  inodesExhausted,
  oomKilledApp,
  readonlyFs,
  systemdOompolicyKillsPm2,
]
