import { knownValue } from '../../fact.js'
import { t } from '../../language/language.js'
import { sh } from '../../shell.js'
import { defineCause } from '../define.js'
import { goodAnswers } from '../shared/scene.js'
import { risks } from '../shared/steps.js'

/** Below this share of available memory, with no swap to speak of, a host is about to kill or to stand still. */
const lowShare = 0.05

export default defineCause({
  id: 'host-memory-exhausted',
  title: 'the host is out of memory',
  layer: 'resources',
  breaks: 'answer',
  explains: ['app-hung', 'swap-thrash'],
  needs: ['host'],
  runbook: {
    symptom: 'everything is slow, SSH too; 502 or 504 now and then',
    signs: ['MemAvailable is below 5 % of the memory, and there is no swap to speak of'],
    against: [
      'oom-killed-app: the kernel has killed something already',
      'heap-oom: the app ended at its own limit, with memory free',
    ],
    remedy: [
      { step: 'see who uses it: `ps -eo pid,rss,args --sort=-rss | head -n 15`', risk: risks.none },
      { step: 'restart what grew', risk: risks.restart },
      { step: 'give the host more memory, or swap', risk: 'swap takes room on the disk and is slow' },
    ],
  },
  source: 'proc(5): MemAvailable; vercel/next.js#48465.',
  judge: (scene) => {
    const host = knownValue(scene.facts.host)
    if (!host || host.memoryTotalBytes === 0) return undefined
    const share = host.memoryAvailableBytes / host.memoryTotalBytes
    if (share >= lowShare || host.swapFreeBytes > host.memoryTotalBytes * lowShare) return undefined
    const mib = (bytes: number) => Math.round(bytes / 1024 / 1024)
    return {
      holds: true,
      confidence: 'medium',
      subject: 'memory',
      summary: t`only ${mib(host.memoryAvailableBytes)} of ${mib(host.memoryTotalBytes)} MiB memory are available, and ${mib(host.swapFreeBytes)} MiB swap`,
      evidence: [
        {
          source: '/proc/meminfo',
          text: `MemAvailable ${mib(host.memoryAvailableBytes)} MiB, SwapFree ${mib(host.swapFreeBytes)} MiB`,
        },
      ],
      against: goodAnswers(scene),
      remedy: [
        { command: sh`ps -eo pid,rss,args --sort=-rss | head -n 15`, note: t`shows who uses it`, risk: risks.none },
      ],
    }
  },
})
