import { compareFleet } from '../../src/compare/fleet.js'
import type { Facts } from '../../src/probes/index.js'
import type { Pm2App } from '../../src/probes/pm2.js'
import {
  type CauseRecord,
  type Finding,
  type HostRecord,
  type PathRecord,
  type RunRecord,
  schemaVersion,
  statusSchema,
} from '../../src/record.js'

const known = <T>(value: T) => ({ known: true as const, value, blind: [] })

/** A pm2 entry of `classrooom` on port 3000, online. */
export function pm2App(overrides: Partial<Pm2App> = {}): Pm2App {
  return {
    id: 0,
    name: 'classrooom',
    status: 'online',
    pid: 4001,
    restarts: 0,
    unstableRestarts: 0,
    startedMs: null,
    createdMs: null,
    exitCode: null,
    script: '/usr/bin/npm',
    cwd: '/home/deploy/classrooom',
    args: ['start'],
    execMode: 'fork',
    instances: 1,
    interpreter: 'node',
    nodeVersion: '20.20.2',
    outLog: null,
    errorLog: null,
    autorestart: true,
    watch: false,
    maxMemoryRestartBytes: null,
    memoryBytes: null,
    cpuPercent: null,
    port: 3000,
    hostname: null,
    nodeEnv: 'production',
    envKeys: ['NODE_ENV', 'PORT'],
    isModule: false,
    ...overrides,
  }
}

/** The pm2 facts of one daemon, of the user deploy. */
export function pm2Facts(apps: Pm2App[] | null, { pid = 3000 as number | null } = {}): Facts['pm2'] {
  return known({
    installed: true,
    daemons: [
      {
        home: '/home/deploy/.pm2',
        uid: 1001,
        user: 'deploy',
        userHome: '/home/deploy',
        pid,
        version: '6.0.14',
        answer: pid === null ? null : ('answered' as const),
        apps,
        saved: [
          {
            name: 'classrooom',
            script: '/usr/bin/npm',
            cwd: '/home/deploy/classrooom',
            args: ['start'],
            port: 3000,
            outLog: null,
            errorLog: null,
          },
        ],
        log: [],
        projects: [],
        nodePath: null,
        pm2Path: 'pm2',
      },
    ],
  })
}

/** The build facts of classrooom's folder, complete. */
export function buildFacts(overrides: object = {}): Facts['builds'] {
  return known({
    builds: [
      {
        cwd: '/home/deploy/classrooom',
        folder: '/home/deploy/classrooom',
        exists: true,
        uid: 1001,
        isNext: true,
        nextVersion: '15.5.9',
        requiresNode: null,
        startScript: 'next start',
        hasBuildScript: true,
        packageManager: 'npm' as const,
        hasNodeModules: true,
        distDir: '/home/deploy/classrooom/.next',
        isDistDirCertain: true,
        distExists: true,
        buildId: 'kX2v9QhLm3PzRt7WbYc1d',
        builtMs: null,
        missing: [],
        isDevBuild: false,
        isStandalone: false,
        isExport: false,
        ...overrides,
      },
    ],
  })
}

/** The facts on listening sockets: that the app's process 4001 listens on a port, or nobody. */
export function listenerFacts(port: number | null): Facts['listeners'] {
  const listener = {
    address: '0.0.0.0',
    port: port ?? 0,
    acceptsIpv4: true,
    acceptsIpv6: false,
    pids: [4001],
    processName: 'node',
    uid: 1001,
    queued: 0,
    backlog: 511,
  }
  return known({ source: 'ss' as const, listeners: port === null ? [] : [listener], unixSockets: [] })
}

type ErrorKinds = Extract<Facts['nginx-errors'], { known: true }>['value']['kinds']

/** The facts on nginx's error log: how many errors of each kind were written within the last hour. */
function errorFacts(counts: Partial<Record<ErrorKinds[number]['kind'], number>>): Facts['nginx-errors'] {
  const kinds = Object.entries(counts).map(([kind, countLastHour]) => ({
    kind: kind as ErrorKinds[number]['kind'],
    level: 'error',
    errno: null,
    phase: null,
    upstream: null,
    server: null,
    count: countLastHour,
    countLastHour,
    firstMs: null,
    lastMs: null,
    sample: '',
  }))
  return known({ files: [], kinds, emergencies: [] })
}

/** The facts on nginx: running or not. */
export function nginxFacts(running = true): Facts['nginx'] {
  return known({
    installed: true,
    running,
    masterPid: running ? 700 : null,
    startedMs: null,
    workersStartedMs: null,
    version: '1.22.1',
    binary: '/usr/sbin/nginx',
    user: 'www-data',
    unit: null,
    configFile: '/etc/nginx/nginx.conf',
    files: [],
    configModifiedMs: null,
    configDigest: null,
    mistakes: [],
    sites: [],
    upstreams: [],
    errorLogs: ['/var/log/nginx/error.log'],
    notEnabled: [],
  })
}

/** All facts of a host that serves classrooom on port 3000. */
export function facts(overrides: Partial<Facts> = {}): Facts {
  const web = {
    pid: 4001,
    ppid: 3000,
    uid: 1001,
    user: 'deploy',
    state: 'S',
    sessionId: 4001,
    startedMs: null,
    rssBytes: 0,
    cpuPercent: 0,
    name: 'node',
    args: 'next-server',
    cwd: '/home/deploy/classrooom',
    unit: null,
    pm2App: 'classrooom',
    networkNamespace: null,
  }
  const unasked = { known: false as const, because: { what: 'it', reason: 'not-asked' as const } }
  return {
    apache: unasked,
    'app-files': unasked,
    'app-logs': unasked,
    builds: buildFacts(),
    caddy: unasked,
    certificates: unasked,
    disks: unasked,
    firewall: unasked,
    'gateway-errors': unasked,
    haproxy: unasked,
    host: unasked,
    http: unasked,
    journals: unasked,
    'kernel-log': unasked,
    limits: unasked,
    listeners: listenerFacts(3000),
    nginx: nginxFacts(),
    'nginx-errors': errorFacts({}),
    pm2: pm2Facts([pm2App()]),
    processes: known({ hidesOthers: false, processes: [web] }),
    services: unasked,
    ...overrides,
  }
}

/** A path from nginx to classrooom that serves. */
export function pathRecord(overrides: Partial<PathRecord> = {}): PathRecord {
  const proven = (id: PathRecord['edges'][number]['id'], label: string, detail = '') => ({
    id,
    label,
    state: 'proven' as const,
    detail,
    evidence: [],
  })
  return {
    id: 'classrooom.test/ → 127.0.0.1:3000',
    app: 'classrooom',
    serverName: 'classrooom.test',
    target: '127.0.0.1:3000',
    serves: true,
    directAnswer: '200',
    outsideAnswer: null,
    upstreamHost: null,
    gatewayAnswer: '200',
    edges: [
      proven('gateway', 'nginx :80', 'running'),
      proven('site', 'classrooom.test/'),
      proven('target', '127.0.0.1:3000', 'listening'),
      proven('process', 'node 4001', 'runs as deploy'),
      proven('manager', 'pm2 classrooom', 'online'),
      proven('build', 'build', 'kX2v9QhL'),
      proven('answer', 'answer', 'HTTP 200'),
    ],
    ...overrides,
  }
}

/** The path of a host whose app does not start. */
export function deadPath(overrides: Partial<PathRecord> = {}): PathRecord {
  const found: Record<string, string> = {
    target: 'nothing listens',
    process: 'none',
    manager: 'errored',
    build: 'no .next folder',
    answer: 'refused',
  }
  const edges = pathRecord().edges.map((edge) => {
    const detail = found[edge.id]
    return detail === undefined ? edge : { ...edge, state: 'broken' as const, detail }
  })
  return pathRecord({ serves: false, directAnswer: 'refused', gatewayAnswer: '502', edges, ...overrides })
}

/** A missing build, as the root cause. */
export function causeRecord(overrides: Partial<CauseRecord> = {}): CauseRecord {
  return { ...finding(), consequences: [], ...overrides }
}

/** What follows from a cause. */
function consequence(id: string, title: string): Finding {
  return { ...finding(), id, title }
}

function finding(): Finding {
  return {
    id: 'next-build-missing',
    title: 'the Next.js build is missing',
    layer: 'build',
    subject: 'classrooom',
    confidence: 'high',
    summary: 'classrooom has no production build in /home/deploy/classrooom/.next, so next start ends at once',
    effect: 'outage',
    paths: ['classrooom.test/ → 127.0.0.1:3000'],
    evidence: [
      { source: 'ls /home/deploy/classrooom/.next', text: 'no such folder' },
      {
        source: '/home/deploy/.pm2/logs/classrooom-error.log',
        text: "Error: Could not find a production build in the '.next' directory. Try building your app with 'next build' before starting the production server.",
      },
      { source: 'pm2 (deploy)', text: 'classrooom: errored, 16 restarts' },
    ],
    against: [],
    remedy: [
      {
        command: "sudo -u deploy sh -c 'cd /home/deploy/classrooom && npm ci && npm run build'",
        note: 'Build it.',
        risk: 'takes minutes',
      },
      {
        command: 'sudo -u deploy pm2 restart classrooom --update-env',
        note: 'Start the app on the new build.',
        risk: 'requests fail for seconds',
      },
    ],
  }
}

/** A healthy host; its path is the first of its paths where none is given. */
export function hostRecord(overrides: Partial<HostRecord> = {}): HostRecord {
  const paths = overrides.paths ?? [pathRecord()]
  return {
    name: 'web1',
    address: '10.0.0.1',
    port: 22,
    user: 'deploy',
    groups: [],
    labels: {},
    status: 'healthy',
    verdict: 'every path serves',
    reason: null,
    causes: [],
    notes: [],
    undecided: [],
    path: paths[0]?.edges ?? [],
    paths,
    waivers: [],
    isWaived: false,
    checks: [],
    timeline: [],
    clockSkewMs: null,
    transport: null,
    blind: [],
    right: { user: 'deploy', kind: 'sudo', detail: null },
    trouble: [],
    facts: facts(),
    custom: {},
    elapsedMs: 812,
    ...overrides,
  }
}

/** A host whose app has no build and crashes. */
export function brokenHost(overrides: Partial<HostRecord> = {}): HostRecord {
  const root = causeRecord({
    consequences: [
      consequence('pm2-app-errored', 'the app is errored'),
      consequence('nothing-listens', 'nothing listens on 3000'),
    ],
  })
  return hostRecord({
    status: 'broken',
    verdict: root.summary,
    causes: [root],
    paths: [deadPath()],
    facts: facts({
      pm2: pm2Facts([pm2App({ status: 'errored', pid: 0, restarts: 16 })]),
      builds: buildFacts({ distExists: false, buildId: null }),
      listeners: listenerFacts(null),
      'nginx-errors': errorFacts({ 'connect-refused': 130, 'closed-early': 2 }),
    }),
    ...overrides,
  })
}

/** A host that no session could be opened to. */
export function unreachableHost(overrides: Partial<HostRecord> = {}): HostRecord {
  return hostRecord({
    status: 'unreachable',
    verdict: 'no SSH session: the login was refused',
    reason: {
      reason: 'auth',
      phase: 'auth',
      hop: 'deploy@10.0.0.9:22',
      message: 'deploy@10.0.0.9:22 refused every key that was offered (2 of the agent)',
      mend: 'ssh-copy-id deploy@10.0.0.9',
      limit: null,
    },
    paths: [],
    facts: null,
    right: null,
    elapsedMs: 240,
    ...overrides,
  })
}

/** A run over hosts, its counts made from them. */
export function runRecord(hosts: HostRecord[], overrides: Partial<RunRecord> = {}): RunRecord {
  const counts = Object.fromEntries(
    statusSchema.options.map((status) => [status, hosts.filter((host) => host.status === status).length]),
  )
  return {
    schemaVersion,
    fleetdxVersion: '0.1.0',
    language: 'en',
    startedAt: '2026-03-01T10:00:00.000Z',
    elapsedMs: 3214,
    interrupted: false,
    hosts,
    fleet: compareFleet(hosts),
    counts: { healthy: 0, degraded: 0, broken: 0, unreachable: 0, unknown: 0, ...counts },
    ...overrides,
  }
}
