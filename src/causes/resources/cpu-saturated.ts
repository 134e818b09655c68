import { knownValue } from '../../fact.js'
import { t } from '../../language/language.js'
import { sh } from '../../shell.js'
import { defineCause, type Scene } from '../define.js'
import { ratesOf } from '../shared/rates.js'
import { isSlow, slowEvidence } from '../shared/slow.js'

/** Tasks that want a processor, to each that there is. */
const crowd = 2
/** Share of the last minute in which some task waited for a processor. */
const heavyPressure = 70
/** From a fifth on, the machine below keeps this one from working. */
const heavySteal = 20

export default defineCause({
  id: 'cpu-saturated',
  title: 'every processor of the host is busy, and more wants to run',
  layer: 'resources',
  breaks: 'answer',
  explains: ['app-hung', 'listen-backlog-overflow', 'gateway-timeout-too-short'],
  needs: ['host', 'processes'],
  runbook: {
    symptom: 'answers take seconds and end as 504, more so under load; a shell on the host is slow as well',
    signs: [
      'load average above twice the number of processors for 15 minutes (`uptime`, `nproc`)',
      '`top` shows several processes in state R, and an idle share near 0',
      'a `st` of 20 and more in `top`: the machine below gives the time to others',
    ],
    against: [
      'app-hung with one process at 100 % and the other processors idle: its own event loop is blocked',
      'a high load of processes in state D: they wait for a disk, or for swap (swap-thrash)',
    ],
    remedy: [
      { step: 'see who takes the time: `top -b -n 1 | head -n 20`', risk: 'none' },
      {
        step: 'move builds, backups and the like to another time, or lower them: `renice 19 -p <pid>`',
        risk: 'they take longer',
      },
      { step: 'more processors, or fewer instances than there are', risk: 'none' },
    ],
  },
  source:
    'proc(5): loadavg; Linux Documentation/accounting/psi.rst. In a container the load is that of the machine, so its own processes have to show it.',
  judge: (scene) => {
    const { path, facts } = scene
    const host = knownValue(facts.host)
    const running = runnable(scene)
    if (!host || running === undefined || !isSlow(scene)) return undefined
    // One that is stopped waits for a signal, not for a processor.
    if (path.holders.some(({ state }) => state === 'T')) return undefined
    const isCrowded = Math.min(host.load5, host.load15) >= crowd * host.cores
    const pressure = knownValue(facts.limits)?.cpuPressure
    const isPressed = pressure == null || Math.min(pressure.avg60, pressure.avg10) >= heavyPressure
    const rates = ratesOf(facts)
    const isIdle = rates !== undefined && rates.busyPercent < 80
    if (!isCrowded || !isPressed || isIdle || running < crowd * host.cores) return undefined
    const crowded =
      host.cores === 1
        ? t`${running} processes want 1 processor, and have for 15 minutes`
        : t`${running} processes want ${host.cores} processors, and have for 15 minutes`
    const isStolen = rates !== undefined && rates.stealPercent >= heavySteal
    return {
      holds: true,
      confidence: 'medium',
      isLatent: path.serves === true,
      subject: 'CPU',
      summary: isStolen
        ? t`${crowded}; the machine below takes ${Math.round(rates.stealPercent)} % of the time`
        : crowded,
      evidence: [
        { source: '/proc/loadavg', text: t`${host.load1} ${host.load5} ${host.load15} with ${host.cores} processors` },
        { source: 'ps', text: t`${running} processes run or are ready to` },
        ...(pressure
          ? [
              {
                source: '/proc/pressure/cpu',
                text: t`some task waited ${Math.round(pressure.avg60)} % of the last minute`,
              },
            ]
          : []),
        ...(rates
          ? [
              {
                source: '/proc/stat',
                text: t`${Math.round(rates.busyPercent)} % busy, ${Math.round(rates.stealPercent)} % stolen during the check`,
              },
            ]
          : []),
        ...slowEvidence(scene),
      ],
      remedy: [
        { command: sh`sh -c ${'top -b -n 1 -w 120 | head -n 20'}`, note: t`shows who takes the time`, risk: 'none' },
        {
          note: t`lower or move what is not for visitors (a build, a backup): \`renice 19 -p PID\``,
          risk: t`it takes longer`,
        },
        ...(isStolen ? [{ note: t`a virtual machine with processors of its own, or another host`, risk: 'none' }] : []),
      ],
    }
  },
})

/** How many of the processes that can be seen run or could. Not those of others: in a container the load counts them too. */
function runnable({ facts }: Scene): number | undefined {
  const processes = knownValue(facts.processes)
  return processes?.processes.filter(({ state }) => state.startsWith('R')).length
}
