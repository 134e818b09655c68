import { describe, expect, it } from 'vitest'
import disks, { findDiskFolders } from '../../src/probes/disks.js'
import { collectHere } from '../support/collect-here.js'
import { readSection, toSection } from '../support/read-section.js'

function parseText(body: string, end = '@fleetdx exit 0\n\n@fleetdx end disks 1 \n') {
  return disks.parse(toSection(disks, `@fleetdx begin disks 0\n${body}\n${end}`)).folders
}

describe('disks', () => {
  it.each(['debian-12', 'busybox-1.35', 'debian-12--plain-user'])('reads df and the mounts of %s', (name) => {
    const { folders } = disks.parse(readSection(disks, name))
    expect(folders.find(({ path }) => path === '/')).toMatchObject({ mount: '/', isReadOnly: false, usedPercent: 27 })
    expect(folders.find(({ path }) => path === '/srv/frozen')).toEqual({
      path: '/srv/frozen',
      mount: '/srv/frozen',
      device: 'tmpfs',
      sizeBytes: 1024 * 1024,
      availableBytes: 1024 * 1024,
      usedPercent: 0,
      inodesUsedPercent: expect.any(Number),
      isReadOnly: true,
    })
  })

  it('says which disk a plain user cannot see', () => {
    expect(readSection(disks, 'debian-12--plain-user').blind).toEqual([
      { what: 'the disk of /srv/private/app', reason: 'permission' },
    ])
  })

  it('reads a full disk, a file system without inodes, and blanks in names', () => {
    const text = `ro /srv/my\\040app
@fleetdx part folder /srv/my app/logs
Filesystem     1024-blocks     Used Available Capacity Mounted on
/dev/sda 1        1000000  1000000        -5     100% /srv/my app
Filesystem     Inodes IUsed IFree IUse% Mounted on
/dev/sda 1          0     0     0     - /srv/my app`
    expect(parseText(text)).toEqual([
      {
        path: '/srv/my app/logs',
        mount: '/srv/my app',
        device: '/dev/sda 1',
        sizeBytes: 1_024_000_000,
        availableBytes: -5120,
        usedPercent: 100,
        inodesUsedPercent: null,
        isReadOnly: true,
      },
    ])
  })

  it('leaves out the folder in whose middle the output was cut off', () => {
    expect(parseText('@fleetdx part folder /\nFilesystem     1024-blo', '')).toEqual([])
    expect(parseText('', '')).toEqual([])
  })

  it('throws for a df that it cannot read', () => {
    expect(() => parseText('@fleetdx part folder /\ndf: unrecognized option')).toThrow(
      'df printed no line of figures: df: unrecognized option',
    )
  })

  it('asks about each folder of the apps and their logs once', () => {
    expect(
      findDiskFolders(undefined, [{ name: 'a', cwd: '/srv/a' }, { name: 'b', cwd: '/srv/a' }, { name: 'c' }]),
    ).toEqual(['/', '/var/log', '/var/lib/nginx', '/tmp', '/srv/a'])
  })

  it.each(['dash', 'bash', 'busybox sh'])('measures this machine in %s', async (shell) => {
    const { facts } = await collectHere(['disks'], { shell })
    const root = facts.disks.known ? facts.disks.value.folders.find(({ path }) => path === '/') : undefined
    expect(root).toMatchObject({ mount: '/', isReadOnly: false })
    expect(root?.sizeBytes).toBeGreaterThan(0)
  })
})
