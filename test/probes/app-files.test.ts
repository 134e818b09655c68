import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import appFiles from '../../src/probes/app-files.js'
import { collectHere } from '../support/collect-here.js'
import { readSection, toSection } from '../support/read-section.js'

const shop = {
  cwd: '/srv/my shop',
  ecosystemFile: 'ecosystem.config.cjs',
  envFiles: [
    { name: '.env', modifiedMs: expect.any(Number), keys: ['A', 'DB_URL', 'KEY', 'SPACED', 'RAW', 'LAST'] },
    { name: '.env.production', modifiedMs: expect.any(Number), keys: ['S'] },
  ],
}

describe('app-files', () => {
  it.each(['debian-12', 'busybox-1.35'])('lists the keys of .env files and the ecosystem file on %s', (name) => {
    const { apps } = appFiles.parse(readSection(appFiles, name))
    expect(apps.find(({ cwd }) => cwd === shop.cwd)).toEqual(shop)
    expect(apps.find(({ cwd }) => cwd === '/srv/none')).toEqual({
      cwd: '/srv/none',
      envFiles: [],
      ecosystemFile: null,
    })
  })

  it('knows of a file that may not be read, and says which', () => {
    const section = readSection(appFiles, 'debian-12--plain-user')
    const { apps } = appFiles.parse(section)
    expect(apps.find(({ cwd }) => cwd === shop.cwd)?.envFiles[1]).toMatchObject({ name: '.env.production', keys: null })
    expect(section.blind).toEqual([
      { what: '/srv/my shop/.env.production', reason: 'permission' },
      { what: 'the settings files in /srv/private/app', reason: 'permission' },
    ])
  })

  it('keeps what had come before it was cut off', () => {
    const cut = toSection(
      appFiles,
      '@fleetdx begin app_files 0\n@fleetdx part app /srv/a\n@fleetdx part env .env\nmodified 17\nreadable\nkey A\nke',
    )
    expect(appFiles.parse(cut).apps[0]?.envFiles).toEqual([{ name: '.env', modifiedMs: 17_000, keys: ['A'] }])
  })

  it('reads no app out of other text', () => {
    expect(appFiles.parse(toSection(appFiles, '@fleetdx begin app_files 0\nnonsense\n')).apps).toEqual([])
  })
})

describe('secrets', () => {
  const cwd = mkdtempSync(join(tmpdir(), 'app-files-'))
  afterAll(() => rmSync(cwd, { recursive: true }))

  it.each(['dash', 'bash', 'busybox sh'])('leaves every value on the host in %s', async (shell) => {
    mkdirSync(cwd, { recursive: true })
    writeFileSync(
      join(cwd, '.env'),
      [
        'PLAIN=hidden1',
        'DOUBLE="first',
        'hidden2=x',
        '"',
        "SINGLE='-----BEGIN PRIVATE KEY-----",
        'hidden3=',
        "-----END PRIVATE KEY-----'",
        'BARE=-----BEGIN PRIVATE KEY-----',
        'hidden4=',
        '-----END PRIVATE KEY-----',
        'export LAST = `hidden5`',
      ].join('\n'),
    )
    const { facts, output } = await collectHere(['app-files'], { shell, apps: [{ name: 'shop', cwd }] })
    expect(output).not.toContain('hidden')
    const apps = facts['app-files'].known ? facts['app-files'].value.apps : []
    expect(apps.find((app) => app.cwd === cwd)?.envFiles[0]?.keys).toEqual([
      'PLAIN',
      'DOUBLE',
      'SINGLE',
      'BARE',
      'LAST',
    ])
  })
})
