import clockSkew from './clock-skew.js'
import cpuSaturated from './cpu-saturated.js'
import diskFull from './disk-full.js'
import forkOrPidLimit from './fork-or-pid-limit.js'
import heapOom from './heap-oom.js'
import hostMemoryExhausted from './host-memory-exhausted.js'
import inodesExhausted from './inodes-exhausted.js'
import oomKilledApp from './oom-killed-app.js'
import oomKilledDaemon from './oom-killed-daemon.js'
import readonlyFs from './readonly-fs.js'
import swapThrash from './swap-thrash.js'
import systemdOompolicyKillsPm2 from './systemd-oompolicy-kills-pm2.js'

export default [
  clockSkew,
  cpuSaturated,
  diskFull,
  forkOrPidLimit,
  heapOom,
  hostMemoryExhausted,
  inodesExhausted,
  oomKilledApp,
  oomKilledDaemon,
  readonlyFs,
  swapThrash,
  systemdOompolicyKillsPm2,
]
