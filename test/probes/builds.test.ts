import { describe, expect, it } from 'vitest'
import builds from '../../src/probes/builds.js'
import { collectHere } from '../support/collect-here.js'
import { readSection, toSection } from '../support/read-section.js'

const section = readSection(builds, 'debian-12')
const found = builds.parse(section).builds
const buildOf = (cwd: string) => found.find((build) => build.cwd === cwd)

describe('builds on Debian 12', () => {
  it('reads a complete build', () => {
    expect(buildOf('/srv/next-15')).toEqual({
      cwd: '/srv/next-15',
      folder: '/srv/next-15',
      exists: true,
      uid: 0,
      isNext: true,
      nextVersion: '15.5.29',
      requiresNode: '^18.18.0 || ^19.8.0 || >= 20.0.0',
      startScript: 'next start',
      hasBuildScript: true,
      packageManager: 'npm',
      hasLockFile: true,
      hasNodeModules: true,
      distDir: '/srv/next-15/.next',
      isDistDirCertain: true,
      distExists: true,
      buildId: 'GarUc6sqsvAG67sCxs5nl',
      builtMs: 1_795_509_532_000,
      lastWriteMs: null,
      missing: [],
      isDevBuild: false,
      hasStatic: true,
      isStandalone: false,
      isExport: false,
    })
  })

  it.each(['12', '13', '14', '15', '16'])('misses nothing in a build of Next.js %s', (version) => {
    expect(buildOf(`/srv/next-${version}`)).toMatchObject({ missing: [], isDevBuild: false, isExport: false })
  })

  it('knows a standalone build where it was built and where it runs, which may do without static files', () => {
    expect(buildOf('/srv/standalone-src')).toMatchObject({ distDir: '/srv/standalone-src/dist', isStandalone: true })
    expect(buildOf('/srv/standalone-src/dist/standalone')).toMatchObject({
      distDir: '/srv/standalone-src/dist/standalone/dist',
      isStandalone: true,
      isNext: true,
      missing: [],
    })
  })

  it.each(['/srv/dev-14', '/srv/dev-16'])('takes what next dev left in %s for no production build', (cwd) => {
    expect(buildOf(cwd)).toMatchObject({ distExists: true, isDevBuild: true, buildId: null, builtMs: null })
  })

  it('lists what a half-done build misses', () => {
    expect(buildOf('/srv/half')).toMatchObject({
      missing: ['BUILD_ID', 'routes-manifest.json', 'prerender-manifest.json', 'static'],
      isDevBuild: false,
      packageManager: 'pnpm',
      hasNodeModules: false,
    })
  })

  it('tells a build that was never made from a folder that is gone', () => {
    expect(buildOf('/srv/unbuilt')).toMatchObject({ exists: true, isNext: true, distExists: false, missing: [] })
    expect(buildOf('/srv/none')).toMatchObject({ exists: false, isNext: false, distExists: false })
  })

  it('guesses a computed distDir by where a build stands, and says so', () => {
    expect(buildOf('/srv/computed')).toMatchObject({ distDir: '/srv/computed/out-1', isDistDirCertain: false })
  })

  it('knows an export by next.config', () => {
    expect(buildOf('/srv/export')).toMatchObject({ isExport: true, isStandalone: false })
  })

  it('leaves an app without Next.js alone', () => {
    expect(buildOf('/srv/my shop')).toMatchObject({ isNext: false, startScript: 'node index.js' })
  })
})

describe('builds elsewhere', () => {
  it('sees the same with the tools of busybox, but for a user that root cannot become there', () => {
    const busybox = readSection(builds, 'busybox-1.35')
    expect(builds.parse(busybox).builds).toEqual(found.filter(({ cwd }) => cwd !== '/srv/private/app'))
    expect(busybox.blind).toEqual([
      { what: '/srv/private/app (nothing here lets root become user 1000)', reason: 'tool-missing' },
    ])
  })

  it('does not call a folder gone that a plain user may not enter', () => {
    const plain = readSection(builds, 'debian-12--plain-user')
    expect(builds.parse(plain).builds.map(({ cwd }) => cwd)).not.toContain('/srv/private/app')
    expect(plain.blind).toEqual([{ what: 'the folder /srv/private/app', reason: 'permission' }])
  })

  it('leaves out the folder in whose middle the output was cut off', () => {
    const cut = toSection(
      builds,
      '@fleetdx begin builds 0\n@fleetdx part build /srv/a\nfolder /srv/a\nhere\n@fleetdx part build /srv/b\nhere\n',
    )
    expect(builds.parse(cut).builds.map(({ cwd }) => cwd)).toEqual(['/srv/a'])
  })

  it('reads nothing out of text that its script does not write', () => {
    const odd = toSection(
      builds,
      '@fleetdx begin builds 0\n@fleetdx part build /srv/a\nSegmentation fault\n@fleetdx end builds 1 \n',
    )
    expect(builds.parse(odd).builds).toEqual([])
  })

  it.each(['dash', 'bash', 'busybox sh'])('looks at the folder of a declared app in %s', async (shell) => {
    const cwd = new URL('../..', import.meta.url).pathname.replace(/\/$/, '')
    const { facts } = await collectHere(['builds'], { shell, apps: [{ name: 'self', cwd }] })
    const here = facts.builds.known ? facts.builds.value.builds.find((build) => build.cwd === cwd) : undefined
    expect(here).toMatchObject({ exists: true, isNext: false, hasBuildScript: true, hasNodeModules: true })
  })
})
