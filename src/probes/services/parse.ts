import { ParseError } from '../../errors.js'
import type { Section } from '../define.js'
import { readDigests } from '../env-digests.js'
import { keepFirst } from '../keep-first.js'
import { KeyLines } from '../key-lines.js'
import { readLogTime } from '../log-time.js'
import type { BootHook, ServicesFacts, Unit } from './facts.js'

/** What the script told beside systemd's own words. */
interface Beside {
  gone: ReadonlySet<string>
  /** Values of PATH that lead to a node. */
  nodePaths: ReadonlySet<string>
  /** What was told of each environment file. */
  envFiles: ReadonlyMap<string, string>
  /** Units that processes of web apps run in. */
  web: ReadonlySet<string>
}

export function parseServices({ text, parts, cut }: Section): ServicesFacts {
  const lines = new KeyLines(text)
  const manager = lines.first('manager')
  if (manager !== 'systemd' && manager !== 'openrc' && manager !== 'none')
    throw new ParseError('no word on what starts services', text.trim().split('\n')[0])
  const textOf = (kind: string) => parts.find((part) => part.kind === kind)?.text ?? ''
  const linesOf = (kind: string) =>
    new Set(
      textOf(kind)
        .split('\n')
        .filter((line) => line !== ''),
    )
  const beside = {
    gone: linesOf('gone'),
    nodePaths: linesOf('node'),
    envFiles: new Map(parts.filter(({ kind }) => kind === 'env').map((part) => [part.label, part.text])),
    web: new Set(lines.all('web')),
  }
  const isCut = cut !== undefined && parts.at(-1)?.kind === 'units'
  const units = readUnits(textOf('units'), isCut, beside)
  return {
    manager,
    units: lines.has('silent') ? null : [...units, ...lines.all('openrc').flatMap(readOpenrc)],
    bootHooks: [...units.flatMap(hookOfUnit), ...[...linesOf('hooks')].flatMap(readHook)],
  }
}

/** Units come as blocks with an empty line between; several names of one unit give it several times. */
function readUnits(text: string, isCut: boolean, beside: Beside): Unit[] {
  const blocks = text.split(/\n\n+/).filter((block) => block.trim() !== '')
  const whole = isCut ? blocks.slice(0, -1) : blocks
  return keepFirst(
    whole.flatMap((block) => readUnit(block, beside)),
    ({ name }) => name,
  )
}

function readUnit(block: string, beside: Beside): Unit[] {
  const all = (key: string) =>
    block
      .split('\n')
      .filter((line) => line.startsWith(`${key}=`))
      .map((line) => line.slice(key.length + 1))
  const get = (key: string) => all(key)[0] ?? ''
  const name = get('Id')
  if (name === '') throw new ParseError('a unit without a name', block.split('\n')[0])
  if (get('LoadState') === 'not-found') return []
  const { program, command } = readCommand(all('ExecStart'))
  const own = readPairs(all('EnvValue').join('\n'))
  const files = all('EnvironmentFiles').map(
    (file) => beside.envFiles.get(file.replace(/ \(ignore_errors=\w+\)$/, '')) ?? '',
  )
  const workingDirectory = get('WorkingDirectory').replace(/^!/, '') || null
  const named = [
    program,
    workingDirectory,
    ...all('EnvironmentFiles').flatMap(readNeeded),
    ...(own.PATH ?? '').split(':'),
  ]
  return [
    {
      name,
      description: get('Description'),
      role: roleOf(name, command, beside.web.has(name)),
      loadState: get('LoadState'),
      activeState: get('ActiveState'),
      subState: get('SubState'),
      result: get('Result'),
      type: get('Type'),
      user: get('User') || null,
      workingDirectory,
      program,
      command,
      ...readEnvironment({ own, ownKeys: all('EnvKey'), ownDigests: all('EnvDigest') }, files),
      gone: named.filter((path) => path !== null && beside.gone.has(path)).map(String),
      hasNode: own.PATH === undefined ? null : beside.nodePaths.has(own.PATH),
      enabled: get('UnitFileState'),
      path: get('FragmentPath') || null,
      needsReload: get('NeedDaemonReload') === 'yes',
      restart: get('Restart'),
      restarts: readNumber(get('NRestarts')),
      mainPid: readNumber(get('MainPID')) || null,
      exit: readExit(get('ExecMainCode'), get('ExecMainStatus')) ?? readStartExit(all('ExecStart')),
      startedMs: readTime(get('ExecMainStartTimestamp')),
      exitedMs: readTime(get('ExecMainExitTimestamp')),
      activeMs: readTime(get('ActiveEnterTimestamp')),
      inactiveMs: readTime(get('InactiveEnterTimestamp')),
      triedMs: readTime(get('InactiveExitTimestamp')),
      changedMs: readTime(get('StateChangeTimestamp')),
      memoryMaxBytes: readNumber(get('MemoryMax')),
      oomPolicy: get('OOMPolicy') || null,
    },
  ]
}

/** systemd.exec(5): what a file says wins over Environment=. */
function readEnvironment(
  { own, ownKeys, ownDigests }: { own: Record<string, string>; ownKeys: string[]; ownDigests: string[] },
  files: readonly string[],
): Pick<Unit, 'environment' | 'envKeys' | 'envDigests'> {
  const environment = Object.assign({}, own, ...files.map(readPairs))
  const lines = files.map((text) => new KeyLines(text))
  const named = lines.flatMap((file) => file.all('key')).filter((key) => environment[key] === undefined)
  const digests = new Map(Object.entries(readDigests(ownDigests) ?? {}))
  for (const file of lines) {
    for (const key of file.all('key')) digests.delete(key)
    for (const [key, digest] of Object.entries(readDigests(file.all('digest')) ?? {})) digests.set(key, digest)
  }
  return {
    environment,
    envKeys: [...new Set([...ownKeys, ...named])],
    ...(digests.size > 0 && { envDigests: Object.fromEntries(digests) }),
  }
}

/** An environment file that the unit does not start without. */
function readNeeded(written: string): string[] {
  // sample: /etc/shop/env (ignore_errors=no)
  const [, file] = /^(.*) \(ignore_errors=no\)$/.exec(written) ?? []
  return file === undefined ? [] : [file]
}

/** The last ExecStart: a oneshot unit may have several, and those before it prepare. */
function readCommand(written: readonly string[]): Pick<Unit, 'program' | 'command'> {
  // sample: { path=/usr/bin/node ; argv[]=/usr/bin/node server.js ; ignore_errors=no ; start_time=[n/a] ; … }
  const match = /^\{ path=(.*?) ; argv\[\]=(.*?) ; (?:ignore_errors|flags)=/.exec(written.at(-1) ?? '')
  return { program: match?.[1] || null, command: match?.[2] ?? '' }
}

const startsPm2 = /(?:^|[/ ])pm2(?:-runtime)? .*\b(?:resurrect|start)\b|(?:^|[/ ])pm2-runtime\b/
const startsApp = /(?:^|[/ "'=])(?:node|nodejs|next|npm|npx|yarn|pnpm|bun|bunx|deno|tsx)(?=["' ]|$)/

function roleOf(name: string, command: string, isWeb: boolean): Unit['role'] {
  if (startsPm2.test(command) || /^pm2[-@.]/.test(name)) return 'pm2'
  if (/^(?:nginx|openresty|apache2|httpd|caddy|haproxy|traefik)/.test(name)) return 'gateway'
  if (/^(?:postgres|mysql|mariadb|mongo|redis|valkey)/.test(name)) return 'database'
  return isWeb || startsApp.test(command) ? 'app' : 'other'
}

/** CLD_EXITED, CLD_KILLED and CLD_DUMPED of waitid(2). */
const ends: Record<string, 'exited' | 'killed' | 'dumped'> = { 1: 'exited', 2: 'killed', 3: 'dumped' }

function readExit(code: string, status: string): Unit['exit'] {
  const how = ends[code]
  return how === undefined ? null : { how, status: Number(status) || 0 }
}

/** How what starts a forking unit failed: such a unit has no main process by then. */
function readStartExit(written: readonly string[]): Unit['exit'] {
  // sample: { path=/usr/bin/pm2 ; … ; pid=177 ; code=exited ; status=217 }
  const [, how, status] = / ; code=(exited|killed|dumped) ; status=(\d+)[^ ]* \}$/.exec(written.at(-1) ?? '') ?? []
  const known = Object.values(ends).find((end) => end === how)
  return known === undefined || status === '0' ? null : { how: known, status: Number(status) }
}

function readNumber(text: string): number | null {
  return /^\d{1,15}$/.test(text) ? Number(text) : null
}

function readTime(text: string): number | null {
  // sample: Tue 2026-11-24 09:56:47 UTC
  return readLogTime(text.replace(/^[A-Z][a-z]{2} /, '').replace(/ UTC$/, 'Z'), 0)
}

function readPairs(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .split('\n')
      .filter((line) => line.includes('='))
      .map((line) => [line.replace(/=.*/, ''), line.slice(line.indexOf('=') + 1)]),
  )
}

const openrcStates: Record<string, string> = {
  started: 'active',
  starting: 'activating',
  failed: 'failed',
}

function readOpenrc(line: string): Unit[] {
  // sample: started yes nginx
  const [, state = '', enabled, name] = /^(\w+) (yes|no) (\S+)$/.exec(line) ?? []
  if (name === undefined) return []
  return [
    {
      ...blankUnit,
      name,
      role: roleOf(`${name}.service`, '', false),
      activeState: openrcStates[state] ?? 'inactive',
      subState: state,
      enabled: enabled === 'yes' ? 'enabled' : 'disabled',
      path: `/etc/init.d/${name}`,
    },
  ]
}

/** What nothing is known of. */
const blankUnit: Unit = {
  name: '',
  description: '',
  role: 'other',
  loadState: 'loaded',
  activeState: '',
  subState: '',
  result: '',
  type: '',
  user: null,
  workingDirectory: null,
  program: null,
  command: '',
  environment: {},
  envKeys: [],
  gone: [],
  hasNode: null,
  enabled: '',
  path: null,
  needsReload: false,
  restart: '',
  restarts: null,
  mainPid: null,
  exit: null,
  startedMs: null,
  exitedMs: null,
  activeMs: null,
  inactiveMs: null,
  triedMs: null,
  changedMs: null,
  memoryMaxBytes: null,
  oomPolicy: null,
}

function hookOfUnit({ role, name, user, enabled, environment, loadState }: Unit): BootHook[] {
  if (role !== 'pm2') return []
  const isEnabled = /^(?:enabled|generated|linked)/.test(enabled) && loadState === 'loaded'
  return [{ kind: 'unit', isEnabled, user: user ?? 'root', home: environment.PM2_HOME ?? null, name }]
}

const hookKinds = ['user-unit', 'init.d', 'crontab', 'rc.local'] as const

function readHook(line: string): BootHook[] {
  // sample: hook crontab yes deploy /var/spool/cron/crontabs/deploy
  const [, kindWord, enabled, user, name = ''] = /^hook (\S+) (yes|no|unknown) (\S+) (.+)$/.exec(line) ?? []
  const kind = hookKinds.find((known) => known === kindWord)
  if (kind === undefined) return []
  return [
    {
      kind,
      isEnabled: enabled === 'unknown' ? null : enabled === 'yes',
      user: user === '-' ? null : (user ?? null),
      home: null,
      name,
    },
  ]
}
