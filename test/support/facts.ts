import type { Fact } from '../../src/fact.js'
import type { App } from '../../src/path/app.js'
import type { HttpAnswer, Site } from '../../src/path/request-path.js'
import { type Facts, readFacts } from '../../src/probes/index.js'
import type { Pm2Daemon, Pm2LogLine, SavedApp } from '../../src/probes/pm2/schema.js'
import type { BootHook, Unit } from '../../src/probes/services.js'
import { buildFacts, pm2App } from './record.js'

/** Small hand-built facts for what recordings do not show. Each builder gives something sensible, and takes what a test is about. */

/** The facts that a probe found, bare. */
type Value<Name extends keyof Facts> = Extract<Facts[Name], { known: true }>['value']

type Listener = Value<'listeners'>['listeners'][number]
type WebProcess = Value<'processes'>['processes'][number]
type AppLog = Value<'app-logs'>['logs'][number]
type Location = Site['locations'][number]
type WrittenTarget = NonNullable<Location['proxyPass']>['target']
type Upstream = Value<'nginx'>['upstreams'][number]

/** The host's clock. */
export const nowMs = Date.UTC(2026, 2, 1, 12)
const appFolder = '/home/deploy/classrooom'

export function known<T>(value: T): Extract<Fact<T>, { known: true }> {
  return { known: true, value, blind: [] }
}

/** What could not be seen. */
export function unseen(what = 'it'): Extract<Fact<never>, { known: false }> {
  return { known: false, because: { what, reason: 'permission' } }
}

/** A host that was looked at from top to bottom, and has nothing on it. */
export function makeFacts(overrides: Partial<Facts> = {}): Facts {
  return {
    ...readFacts({ sections: {}, asked: [], absence: 'not-asked' }),
    'app-files': known({ apps: [] }),
    'app-logs': known({ logs: [] }),
    builds: known({ builds: [] }),
    disks: known({ folders: [] }),
    firewall: known({ firewalls: [] }),
    host: hostFacts(),
    http: http(),
    listeners: listeners(),
    nginx: nginx([]),
    'nginx-errors': known({ files: [], kinds: [], emergencies: [] }),
    pm2: pm2(),
    processes: processes(),
    ...overrides,
  }
}

/** nginx on 80, in front of classrooom on 3000, which pm2 runs; everything answers. */
export function servingFacts(overrides: Partial<Facts> = {}): Facts {
  return makeFacts({
    nginx: nginx([site()]),
    listeners: listeners(listener()),
    processes: processes(webProcess()),
    pm2: pm2(daemon({ apps: [pm2App()] })),
    builds: buildFacts(),
    http: http(answer(), gatewayAnswer()),
    ...overrides,
  })
}

export function hostFacts(overrides: Partial<Value<'host'>> = {}): Facts['host'] {
  return known({
    hostname: 'web1',
    distribution: 'Debian GNU/Linux 12 (bookworm)',
    kernel: 'Linux 6.1.0-28-amd64',
    init: 'systemd',
    nowMs,
    utcOffsetMinutes: 0,
    uptimeSeconds: 864_000,
    cores: 2,
    load1: 0,
    load5: 0,
    load15: 0,
    memoryTotalBytes: 2 ** 31,
    memoryAvailableBytes: 2 ** 30,
    swapTotalBytes: 0,
    swapFreeBytes: 0,
    memoryPressurePercent: null,
    addresses: ['127.0.0.1', '::1', '10.0.0.1'],
    localhost: ['127.0.0.1', '::1'],
    ...overrides,
  })
}

/** The kernel's limits, none of them near: some moments after the counters of `hostFacts`, if these have any. */
export function limitsFacts(overrides: Partial<Value<'limits'>> = {}): Extract<Facts['limits'], { known: true }> {
  return known({
    counters: null,
    conntrack: { count: 120, max: 262_144 },
    localPorts: { low: 32_768, high: 60_999 },
    somaxconn: 4096,
    cpuPressure: { avg10: 1, avg60: 1, avg300: 1 },
    memoryPressure60: 0,
    peers: [],
    closedAt: [],
    tasks: [],
    groups: [],
    ...overrides,
  })
}

type Counters = NonNullable<Value<'limits'>['counters']>

/** A reading of the kernel's counters, this many seconds after the first of the run. */
export function counters(seconds: number, overrides: Partial<Counters> = {}): Counters {
  return {
    atSeconds: 864_000 + seconds,
    cpuTicks: seconds * 200,
    cpuIdleTicks: seconds * 150,
    cpuStealTicks: 0,
    swapInPages: 0,
    swapOutPages: 0,
    listenOverflows: 0,
    ...overrides,
  }
}

export function pm2(...daemons: Pm2Daemon[]): Facts['pm2'] {
  return known({ installed: daemons.length > 0, daemons })
}

/** The living pm2 of the user deploy, with no app. */
export function daemon(overrides: Partial<Pm2Daemon> = {}): Pm2Daemon {
  return {
    home: '/home/deploy/.pm2',
    uid: 1001,
    user: 'deploy',
    userHome: '/home/deploy',
    pid: 3000,
    version: '7.0.4',
    answer: 'answered',
    apps: [],
    saved: null,
    log: [],
    projects: [],
    nodePath: '/usr/bin/node',
    pm2Path: 'pm2',
    ...overrides,
  }
}

/** What `pm2 save` stored of classrooom. */
export function savedApp(overrides: Partial<SavedApp> = {}): SavedApp {
  return {
    name: 'classrooom',
    script: '/usr/bin/npm',
    cwd: appFolder,
    args: ['start'],
    port: 3000,
    outLog: null,
    errorLog: null,
    ...overrides,
  }
}

/** Lines of pm2.log, each written so many seconds ago. */
export function pm2Log(...lines: [secondsAgo: number, text: string][]): Pm2LogLine[] {
  return lines.map(([secondsAgo, text]) => ({ atMs: nowMs - secondsAgo * 1000, text: `PM2 log: ${text}` }))
}

/** An app as the facts are joined to one: classrooom, run by the pm2 of deploy. */
export function makeApp(overrides: Partial<App> = {}): App {
  return {
    name: 'classrooom',
    cwd: appFolder,
    port: 3000,
    service: null,
    daemon: daemon(),
    instances: [pm2App()],
    saved: null,
    isForgotten: false,
    hint: null,
    processes: [],
    build: null,
    files: null,
    logs: [],
    ...overrides,
  }
}

export function processes(...list: WebProcess[]): Facts['processes'] {
  return known({ hidesOthers: false, processes: list })
}

/** The app's process, 4001, a child of the pm2 daemon. */
export function webProcess(overrides: Partial<WebProcess> = {}): WebProcess {
  return {
    pid: 4001,
    ppid: 3000,
    uid: 1001,
    user: 'deploy',
    state: 'S',
    sessionId: 4001,
    startedMs: null,
    rssBytes: 0,
    cpuPercent: 0,
    name: 'next-server (v1',
    args: 'next-server (v15.5.9)',
    cwd: appFolder,
    unit: null,
    pm2App: 'classrooom',
    networkNamespace: null,
    ...overrides,
  }
}

/** What systemd says of these units. */
export function services(units: Unit[] = [], bootHooks: BootHook[] = []): Extract<Facts['services'], { known: true }> {
  return known({ manager: 'systemd', units, bootHooks })
}

/** A unit of systemd that is well: an app of Node.js. */
export function unit(overrides: Partial<Unit> = {}): Unit {
  return {
    name: 'classrooom.service',
    description: 'classrooom',
    role: 'app',
    loadState: 'loaded',
    activeState: 'active',
    subState: 'running',
    result: 'success',
    type: 'simple',
    user: 'deploy',
    workingDirectory: appFolder,
    program: '/usr/bin/node',
    command: '/usr/bin/node server.js',
    environment: { PORT: '3000' },
    envKeys: [],
    gone: [],
    hasNode: null,
    enabled: 'enabled',
    path: '/etc/systemd/system/classrooom.service',
    needsReload: false,
    restart: 'no',
    restarts: 0,
    mainPid: 4001,
    exit: null,
    startedMs: nowMs - 3_600_000,
    exitedMs: null,
    activeMs: nowMs - 3_600_000,
    inactiveMs: null,
    triedMs: nowMs - 3_600_000,
    changedMs: nowMs - 3_600_000,
    memoryMaxBytes: null,
    oomPolicy: 'stop',
    ...overrides,
  }
}

export function listeners(...list: Listener[]): Facts['listeners'] {
  return known({ source: 'ss', listeners: list, unixSockets: [] })
}

/** The app's socket, on all addresses at 3000. */
export function listener(overrides: Partial<Listener> = {}): Listener {
  return {
    address: '0.0.0.0',
    port: 3000,
    acceptsIpv4: true,
    acceptsIpv6: false,
    pids: [4001],
    processName: 'next-server',
    uid: 1001,
    queued: 0,
    backlog: 511,
    ...overrides,
  }
}

/** A running nginx with these sites. */
export function nginx(
  sites: Site[],
  overrides: Partial<Value<'nginx'>> = {},
): Extract<Facts['nginx'], { known: true }> {
  return known({
    installed: true,
    running: true,
    masterPid: 700,
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
    sites,
    upstreams: [],
    errorLogs: [],
    notEnabled: [],
    ...overrides,
  })
}

/** classrooom.test on port 80, which sends everything to the app. */
export function site(overrides: Partial<Site> = {}): Site {
  return {
    names: ['classrooom.test'],
    listens: [{ address: '0.0.0.0', port: 80, unixPath: null, isTls: false, isDefault: false }],
    place: { file: '/etc/nginx/sites-enabled/site', line: 1 },
    locations: [proxy('http://127.0.0.1:3000')],
    redirects: null,
    root: null,
    ...overrides,
  }
}

const usualHeaders = {
  host: '$host',
  'x-real-ip': '$remote_addr',
  'x-forwarded-for': '$proxy_add_x_forwarded_for',
  'x-forwarded-proto': '$scheme',
  upgrade: '$http_upgrade',
  connection: '$connection_upgrade',
}

/** A location that passes on to a URL, or to an upstream block of that name. */
export function proxy(url: string, { pattern = '/', upstream = null as string | null } = {}): Location {
  const place = { file: '/etc/nginx/sites-enabled/site', line: 6 }
  return {
    pattern,
    place: { ...place, line: 5 },
    proxyPass: { upstream, target: target(url), place },
    headers: usualHeaders,
    httpVersion: '1.1',
    returnStatus: null,
    readTimeoutSeconds: null,
    connectTimeoutSeconds: null,
  }
}

/** An upstream block with these servers: `127.0.0.1:3000`, `127.0.0.1:3001 down`. */
export function upstream(name: string, ...servers: string[]): Upstream {
  return {
    name,
    place: { file: '/etc/nginx/conf.d/pool.conf', line: 1 },
    servers: servers.map((written) => ({
      target: target(`http://${written.split(' ')[0]}`),
      isDown: written.endsWith(' down'),
      isBackup: written.endsWith(' backup'),
    })),
  }
}

function target(url: string): WrittenTarget {
  // sample: http://127.0.0.1:3000, http://unix:/run/app.sock
  const [, scheme = 'http', rest = ''] = /^(\w+):\/\/(.*)$/.exec(url) ?? []
  const [, host = null, port] = rest.startsWith('unix:') ? [] : (/^(.*?)(?::(\d+))?$/.exec(rest) ?? [])
  return {
    text: url,
    scheme,
    host,
    port: port === undefined ? null : Number(port),
    unixPath: rest.startsWith('unix:') ? rest.slice('unix:'.length) : null,
    hasVariables: false,
  }
}

export function http(...answers: HttpAnswer[]): Facts['http'] {
  return known({ tool: 'curl', answers })
}

/** What the app says at 127.0.0.1:3000 when it is asked itself: 200. */
export function answer(overrides: Partial<HttpAnswer> = {}): HttpAnswer {
  const { address = '127.0.0.1', port = 3000 } = overrides
  return {
    vantage: 'direct',
    url: `http://${address}:${port}/`,
    address,
    port,
    path: '/',
    unixPath: null,
    hostHeader: null,
    status: 200,
    failure: null,
    elapsedMs: 12,
    server: null,
    location: null,
    ...overrides,
  }
}

/** How a request failed. */
export function failed(failure: HttpAnswer['failure'], overrides: Partial<HttpAnswer> = {}): HttpAnswer {
  return answer({ status: null, failure, ...overrides })
}

/** What a visitor of classrooom.test gets, asked on the host: 200. */
export function gatewayAnswer(overrides: Partial<HttpAnswer> = {}): HttpAnswer {
  return answer({ vantage: 'gateway', port: 80, hostHeader: 'classrooom.test', ...overrides })
}

/** The error log of classrooom, written this moment. */
export function errorLog(lines: readonly string[], overrides: Partial<AppLog> = {}): AppLog {
  return {
    app: 'classrooom',
    home: '/home/deploy/.pm2',
    stream: 'error',
    path: '/home/deploy/.pm2/logs/classrooom-error.log',
    exists: true,
    sizeBytes: 1000,
    modifiedMs: nowMs,
    lines: lines.map((text) => ({ atMs: null, text })),
    ...overrides,
  }
}
