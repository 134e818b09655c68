import { knownValue } from '../../fact.js'
import { t } from '../../language/language.js'
import type { App } from '../../path/app.js'
import { pm2Evidence } from '../../path/pm2-state.js'
import type { Evidence } from '../../path/request-path.js'
import { sh } from '../../shell.js'
import { defineCause, type RemedyStep, type Scene } from '../define.js'
import { anyDeath } from '../shared/consequences.js'
import { asRoot, restart } from '../shared/remedies.js'
import { answerEvidence, appInState, isCrashing } from '../shared/scene.js'

const recentMs = 3_600_000

export default defineCause({
  id: 'fork-or-pid-limit',
  title: 'no further process may be started',
  layer: 'resources',
  breaks: 'target',
  explains: [...anyDeath, 'pm2-online-no-pid', 'pm2-unit-failed'],
  needs: ['pm2'],
  runbook: {
    symptom:
      'the app does not come up after a restart, or its workers die; a shell as its user says `fork: Resource temporarily unavailable`',
    signs: [
      'pm2.log or the log of the app: `spawn <program> EAGAIN`, `pthread_create: Resource temporarily unavailable`',
      'the kernel log: `cgroup: fork rejected by pids controller in <group>`',
      '`systemctl show -p TasksCurrent -p TasksMax <unit>` or `ps -u <user> -L | wc -l` against `Max processes` of /proc/<pid>/limits',
    ],
    against: ['`spawn … ENOENT`: the program is gone (pm2-online-no-pid)', '`spawn … ENOMEM`: memory is what lacks'],
    remedy: [
      { step: 'see what has so many: `ps -eLo user,comm | sort | uniq -c | sort -n | tail`', risk: 'none' },
      { step: 'end what leaks processes', risk: 'what it serves is lost' },
      {
        step: 'raise the limit: TasksMax= or LimitNPROC= of the unit, `nproc` in /etc/security/limits.d',
        risk: 'a leak fills any limit, and takes more with it',
      },
      {
        step: 'start pm2 anew, as a running process keeps its limits: `systemctl restart <unit>`',
        risk: 'every app of this pm2 is down for seconds',
      },
    ],
  },
  source:
    'Reproduced: fork(2) gives EAGAIN at RLIMIT_NPROC; pm2 then logs `spawn … EAGAIN`. Linux kernel/cgroup/pids.c: "fork rejected by pids controller".',
  judge: (scene) => {
    const app = isCrashing(scene) ?? appInState(scene, 'never-spawned')
    if (!app || scene.path.serves === true) return undefined
    const said = saidBy(app, scene)
    const rejected = rejectedBy(app, scene)
    const reached = reachedLimit(app, scene)
    if (!said && !rejected) return undefined
    return {
      holds: true,
      confidence: said && (reached || rejected) ? 'high' : 'medium',
      subject: app.name,
      summary: t`${app.name} cannot be started: ${reached?.text ?? t`the kernel lets no further process or thread start`}`,
      evidence: [
        ...(said ? [said] : []),
        ...(rejected ? [rejected] : []),
        ...(reached ? [{ source: reached.source, text: reached.text }] : []),
        ...pm2Evidence(app),
        ...answerEvidence(scene),
      ],
      remedy: [
        {
          command: sh`sh -c ${'ps -eLo user,comm | sort | uniq -c | sort -n | tail'}`,
          note: t`shows what has so many processes and threads`,
          risk: 'none',
        },
        ...(reached?.remedy ?? [
          {
            note: t`raise TasksMax= or LimitNPROC= of the unit, or nproc in /etc/security/limits.d`,
            risk: t`a leak fills any limit, and takes more with it`,
          },
        ]),
        restart(scene, app),
      ],
    }
  },
})

/** The line by which pm2 or the app says that it could not start a process or a thread, since the last start. */
function saidBy(app: App, { facts }: Scene): Evidence | undefined {
  const nowMs = knownValue(facts.host)?.nowMs ?? 0
  const startedMs = Math.max(0, ...app.instances.map((instance) => instance.startedMs ?? 0))
  const isRecent = (atMs: number | null) => atMs !== null && nowMs - atMs < recentMs && atMs >= startedMs - 3_000
  // sample: PM2 error: Error: spawn /usr/bin/node EAGAIN
  // sample: node[812]: pthread_create: Resource temporarily unavailable
  const pattern =
    /\b(?:spawn|fork)\b.*\bEAGAIN\b|pthread_create: Resource temporarily|[Cc]annot fork|fork: (?:retry: )?Resource temporarily/
  const own = app.daemon?.log.findLast(({ text, atMs }) => pattern.test(text) && isRecent(atMs))
  if (own) return { source: `${app.daemon?.home}/pm2.log`, text: own.text }
  for (const { path, lines, modifiedMs, exists } of app.logs) {
    if (!exists || modifiedMs === null || modifiedMs < startedMs - 3_000 || nowMs - modifiedMs > recentMs) continue
    const line = lines.slice(-40).findLast(({ text, atMs }) => pattern.test(text) && (atMs === null || isRecent(atMs)))
    if (line) return { source: path, text: line.text.trim() }
  }
  return undefined
}

/** The kernel's word that a control group of this app was full, within the last hour. */
function rejectedBy(app: App, { facts }: Scene): Evidence | undefined {
  const nowMs = knownValue(facts.host)?.nowMs ?? 0
  const unit = unitOf(app, facts)
  const line = knownValue(facts['kernel-log'])?.reachedLimits?.find(
    ({ limit, group, atMs }) =>
      limit === 'tasks' && atMs !== null && nowMs - atMs < recentMs && unit !== null && group?.includes(`/${unit}`),
  )
  return line && { source: t`kernel log`, text: line.text }
}

/** The unit that pm2, or the app itself, runs in. */
function unitOf(app: App, facts: Scene['facts']): string | null {
  const pid = app.daemon?.pid ?? app.processes[0]?.pid
  return (
    knownValue(facts.processes)?.processes.find((process) => process.pid === pid)?.unit ??
    app.service?.unit?.name ??
    null
  )
}

interface Reached extends Evidence {
  remedy: RemedyStep[]
}

/** A limit on the number of tasks that is reached now: that of the app's user, or that of its control group. */
function reachedLimit(app: App, { facts, login }: Scene): Reached | undefined {
  const limits = knownValue(facts.limits)
  const unit = unitOf(app, facts)
  const group = limits?.groups.find(
    ({ path, count, max }) => count >= max && unit !== null && path.endsWith(`/${unit}`),
  )
  if (group)
    return {
      source: `/sys/fs/cgroup${group.path}/pids.max`,
      text: t`${unit} has ${group.count} processes and threads, and may have ${group.max}`,
      remedy: [
        {
          command: asRoot(login, sh`systemctl set-property ${unit ?? ''} TasksMax=${Math.max(4915, group.max * 4)}`),
          note: t`lets ${unit} have more, now and after a boot`,
          risk: t`a leak fills any limit, and takes more with it`,
        },
      ],
    }
  const own = limits?.tasks.find(({ uid, count, max }) => uid === app.daemon?.uid && max !== null && count >= max)
  if (!own) return undefined
  return {
    source: `/proc/${own.pid}/limits`,
    text: t`its user has ${own.count} processes and threads, and may have ${own.max} (Max processes)`,
    remedy: [
      {
        command: asRoot(login, sh`prlimit --pid ${own.pid} --nproc=unlimited`),
        note: t`lifts the limit of the running pm2`,
        risk: t`lasts until that process ends`,
      },
      {
        note: t`for good: nproc in /etc/security/limits.conf and limits.d, or LimitNPROC= of its unit`,
        risk: t`a leak fills any limit, and takes more with it`,
      },
    ],
  }
}
