import { ParseError } from '../../errors.js'
import type { Part, Section } from '../define.js'
import { KeyLines } from '../key-lines.js'
import { readUtcOffset } from '../log-time.js'
import { readApp, readLines, readSavedApp, readVersion } from './app.js'
import { readLog } from './log.js'
import { type Pm2Daemon, type Pm2Facts, pm2AnswerSchema } from './schema.js'

/** A daemon, with the process id that the pm2.pid of its folder holds. */
type Found = Pm2Daemon & { notedPid: number | null }

/** Reads what the probe printed: a part `home` opens a daemon, and the parts up to the next one are about it. */
export function parsePm2({ text, parts, cut }: Section): Pm2Facts {
  const host = new KeyLines(text)
  const zone = host.first('zone')
  if (zone === null) throw new ParseError('no time zone', text.trim().split('\n')[0])
  const daemons = groupByHome(parts).map((group) => readDaemon(group, zone, cut !== undefined))
  return {
    installed: host.has('installed') || daemons.length > 0,
    daemons: daemons.map((each) => keepOwn(each, daemons)),
  }
}

function groupByHome(parts: readonly Part[]): Part[][] {
  const starts = parts.flatMap(({ kind }, at) => (kind === 'home' ? [at] : []))
  return starts.map((start, index) => parts.slice(start, starts[index + 1]))
}

function readDaemon(group: readonly Part[], hostZone: string, isCut: boolean): Found {
  const find = (kind: string) => group.find((part) => part.kind === kind)
  const lines = new KeyLines(find('home')?.text ?? '')
  const [apps, saved] = [find('apps'), find('saved')]
  const appLines = apps ? readLines(apps.text, isCut) : null
  const uid = lines.number('uid')
  if (uid === null) throw new ParseError('a pm2 home without an owner', group[0]?.label)
  return {
    home: group[0]?.label ?? '',
    uid,
    user: lines.first('user') || String(uid),
    userHome: lines.first('folder') || null,
    pid: lines.number('pid'),
    // pm2-runtime has no title that tells it.
    version: lines.first('version') || readVersion(appLines?.[0]),
    answer: readAnswer(lines.first('answer')),
    apps: appLines?.map(readApp) ?? null,
    saved: saved ? readLines(saved.text, isCut).map(readSavedApp) : null,
    log: readLog(find('log')?.text ?? '', readUtcOffset(lines.first('zone') ?? hostZone)),
    projects: lines.all('project'),
    nodePath: lines.first('node')?.replace(/ \(deleted\)$/, '') ?? null,
    pm2Path: lines.first('command'),
    commandVersion: lines.first('command-version'),
    ...(lines.has('writable') && { unwritable: lines.all('unwritable').flatMap(readUnwritable) }),
    brokenFiles: lines.all('broken').flatMap(readBroken),
    notedPid: Number(find('noted')?.text.trim()) || null,
  }
}

function readUnwritable(line: string): { user: string; path: string }[] {
  // sample: root /home/deploy/.pm2/pm2.log
  const [, user, path] = /^(\S+) (\/.*)$/.exec(line) ?? []
  return user === undefined || path === undefined ? [] : [{ path, user }]
}

function readBroken(line: string): { path: string; fault: string }[] {
  const [path = '', fault] = line.split('\t')
  return fault === undefined ? [] : [{ path, fault }]
}

function readAnswer(word: string | null): Pm2Daemon['answer'] {
  const known = pm2AnswerSchema.safeParse(word)
  return known.success ? known.data : null
}

/**
 * Two daemons of one folder share a socket, and the younger answers on it for both: the apps are those of the one that
 * wrote pm2.pid last, and of the other nothing is known.
 */
function keepOwn({ notedPid, ...daemon }: Found, all: readonly Found[]): Pm2Daemon {
  const rivals = all.filter(({ home, pid }) => home === daemon.home && pid !== null)
  const owner = rivals.find(({ pid }) => pid === notedPid) ?? rivals[0]
  return rivals.length > 1 && daemon.pid !== owner?.pid ? { ...daemon, apps: null, answer: null } : daemon
}
