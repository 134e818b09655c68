import { describe, expect, it } from 'vitest'
import { environmentOf, isIncidental } from '../../src/compare/environment.js'
import { joinApps } from '../../src/path/app.js'
import { facts, pm2App, pm2Facts } from '../support/record.js'

const known = <T>(value: T) => ({ known: true as const, value, blind: [] })
type EnvFile = { name: string; modifiedMs: null; keys: string[] | null; digests?: Record<string, string> }

function environment(app: Parameters<typeof pm2App>[0], envFiles: EnvFile[] = []) {
  const cwd = '/home/deploy/classrooom'
  const [found] = joinApps(
    facts({ pm2: pm2Facts([pm2App(app)]), 'app-files': known({ apps: [{ cwd, envFiles, ecosystemFile: null }] }) }),
    [],
  )
  const names = found && environmentOf(found)
  return names && Object.fromEntries(names)
}

describe('the environment of an app', () => {
  it('is what its process was given, over its .env files in the order of Next.js', () => {
    const file = (name: string, digests: Record<string, string>) => ({
      ...{ name, modifiedMs: null, keys: Object.keys(digests), digests },
    })
    const files = [
      file('.env', { A: '1', B: '1', C: '1', D: '1' }),
      file('.env.local', { B: '3', C: '3', D: '3' }),
      file('.env.production', { B: '2', C: '2' }),
      file('.env.production.local', { C: '4' }),
    ]
    expect(environment({ envKeys: ['D', 'E'], envDigests: { D: '5' } }, files)).toEqual({
      ...{ A: '1', B: '3', C: '4', D: '5', E: null },
    })
  })

  it('is not known where a file could not be read', () => {
    expect(environment({}, [{ name: '.env', modifiedMs: null, keys: null }])).toBeUndefined()
  })

  it('leaves out what a session, a terminal and pm2 bring along', () => {
    const envKeys = [
      'SSH_CONNECTION',
      'SHLVL',
      'XDG_RUNTIME_DIR',
      'pm_cwd',
      'axm_options',
      'classrooom',
      'DATABASE_URL',
    ]
    expect(environment({ envKeys })).toEqual({ DATABASE_URL: null })
  })
})

describe('a variable', () => {
  it.each([
    ...[
      'PWD',
      'OLDPWD',
      'LS_COLORS',
      'TERM',
      'INVOCATION_ID',
      'JOURNAL_STREAM',
      'unique_id',
      'NODE_APP_INSTANCE',
      'HOSTNAME',
    ],
    ...['_', 'LC_ALL', 'npm_lifecycle_event', 'PM2_HOME', 'SUDO_USER', 'NVM_DIR', 'PATH'],
  ])('%s says nothing of its app', (name) => {
    expect(isIncidental(name)).toBe(true)
  })

  it.each([
    'DATABASE_URL',
    'NODE_ENV',
    'NODE_OPTIONS',
    'TZ',
    'PORT',
    'SSHD_URL',
    'TERMS_URL',
    'NEXT_PUBLIC_PATH',
    'PMX',
  ])('%s does', (name) => {
    expect(isIncidental(name)).toBe(false)
  })
})
