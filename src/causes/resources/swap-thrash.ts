import { knownValue } from '../../fact.js'
import { t } from '../../language/language.js'
import { sh } from '../../shell.js'
import { defineCause, type Scene } from '../define.js'
import { ratesOf } from '../shared/rates.js'
import { asRoot } from '../shared/remedies.js'
import { isSlow, slowEvidence } from '../shared/slow.js'

/** From a tenth of the time on in which every task waits for memory, a host crawls. */
const heavyPressure = 10
/** Pages of 4 KiB in each direction a second: 1 MiB. Pages that only go out are put away, which costs little. */
const heavyPages = 256

export default defineCause({
  id: 'swap-thrash',
  title: 'the host is busy with moving memory to swap and back',
  layer: 'resources',
  breaks: 'answer',
  explains: ['app-hung', 'cpu-saturated', 'gateway-timeout-too-short'],
  needs: ['host'],
  runbook: {
    symptom: 'everything on the host takes seconds, a login too; requests end as 504',
    signs: [
      '`vmstat 1` shows si and so in the hundreds, both at once, and wa high',
      '`cat /proc/pressure/memory` has a `full avg60` of 10 and more',
    ],
    against: [
      'swap that is used, with si and so near 0: what lies there is not needed',
      'host-memory-exhausted: no swap is left, and the kernel is about to kill',
    ],
    remedy: [
      { step: 'see who takes the memory: `ps -eo pid,rss,args --sort=-rss | head -n 15`', risk: 'none' },
      {
        step: 'restart what leaks, or run fewer instances: `pm2 scale <app> <number>`',
        risk: 'requests fail for the seconds that a restart takes',
      },
      {
        step: 'bound the app: `pm2 restart <app> --max-memory-restart <size>`; more memory is the lasting answer',
        risk: 'a leaking app restarts every now and then',
      },
    ],
  },
  source:
    'Linux Documentation/accounting/psi.rst (full = all tasks stalled); proc(5): pswpin, pswpout of /proc/vmstat.',
  judge: (scene) => {
    const host = knownValue(scene.facts.host)
    const use = useOfSwap(scene)
    if (!host || host.swapTotalBytes === 0 || !use || !isSlow(scene)) return undefined
    const mib = (bytes: number) => Math.round(bytes / 2 ** 20)
    const used = mib(host.swapTotalBytes - host.swapFreeBytes)
    return {
      holds: true,
      confidence: 'medium',
      isLatent: scene.path.serves === true,
      subject: 'swap',
      summary: t`the host moves memory to swap and back all the time (${use.text}), so everything on it is slow`,
      evidence: [
        { source: use.source, text: use.text },
        {
          source: '/proc/meminfo',
          text: t`MemAvailable ${mib(host.memoryAvailableBytes)} of ${mib(host.memoryTotalBytes)} MiB, ${used} of ${mib(host.swapTotalBytes)} MiB swap used`,
        },
        ...slowEvidence(scene),
      ],
      remedy: [
        {
          command: sh`ps -eo pid,rss,args --sort=-rss | head -n 15`,
          note: t`shows who takes the memory`,
          risk: 'none',
        },
        {
          command: asRoot(scene.login, sh`vmstat 1 5`),
          note: t`shows the traffic to swap (so) and back (si)`,
          risk: 'none',
        },
        {
          note: t`restart what takes too much, or run fewer instances; more memory is the lasting answer`,
          risk: t`requests fail for the seconds that a restart takes`,
        },
      ],
    }
  },
})

/** Heavy traffic between memory and swap, now: by its rate, else by the time that all tasks wait for it. */
function useOfSwap({ facts }: Scene): { source: string; text: string } | undefined {
  const rates = ratesOf(facts)
  if (rates && Math.min(rates.swapInPerSecond, rates.swapOutPerSecond) >= heavyPages)
    return {
      source: '/proc/vmstat',
      text: t`${Math.round(rates.swapInPerSecond)} pages/s in, ${Math.round(rates.swapOutPerSecond)} pages/s out`,
    }
  const now = knownValue(facts.host)?.memoryPressurePercent ?? 0
  const minute = knownValue(facts.limits)?.memoryPressure60 ?? 0
  const host = knownValue(facts.host)
  const isSwapInUse = host !== undefined && host.swapTotalBytes - host.swapFreeBytes > host.swapTotalBytes / 4
  if (Math.min(now, minute) < heavyPressure || !isSwapInUse) return undefined
  return {
    source: '/proc/pressure/memory',
    text: t`every task waited for memory ${Math.round(minute)} % of the last minute`,
  }
}
