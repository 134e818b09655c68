import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { UserErrors } from '../../src/errors.js'
import { findWaiversFile, loadWaivers } from '../../src/waivers/load.js'

let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fleetdx-waivers-'))
  file = join(folder, 'waivers.yaml')
})
afterEach(() => rmSync(folder, { recursive: true }))

const causes = ['pm2-app-stopped', 'cert-expires-soon', 'unreachable']

function mistakesOf(text: string): string[] {
  writeFileSync(file, text)
  try {
    loadWaivers(file, causes)
    return []
  } catch (error) {
    const mistakes = error instanceof UserErrors ? error.mistakes : [error as Error]
    return mistakes.map((mistake) => {
      const { place, mend, message } = mistake as { place?: { line?: number }; mend?: string; message: string }
      return `${place?.line ?? ''}: ${message} | ${mend ?? ''}`
    })
  }
}

describe('a file of waivers', () => {
  it('is read, one value or a list where several may stand', () => {
    writeFileSync(
      file,
      `waivers:
  - { hosts: web, causes: pm2-app-stopped, subject: worker, reason: moved, owner: ops, until: 2027-01-31 }
  - hosts: ['web[01-02]', '!db']
    causes: [unreachable, cert-expires-soon]
    reason: being replaced
    owner: lee@example.com
    until: '2026-12-01'
`,
    )
    expect(loadWaivers(file, causes)).toEqual([
      {
        ...{ hosts: ['web'], causes: ['pm2-app-stopped'], subject: 'worker' },
        ...{ reason: 'moved', owner: 'ops', until: '2027-01-31' },
      },
      {
        ...{ hosts: ['web[01-02]', '!db'], causes: ['unreachable', 'cert-expires-soon'] },
        ...{ reason: 'being replaced', owner: 'lee@example.com', until: '2026-12-01' },
      },
    ])
  })

  it('waives nothing by a misspelt cause', () => {
    expect(
      mistakesOf('waivers:\n  - { hosts: web, causes: pm2-app-stoped, reason: r, owner: o, until: 2027-01-31 }'),
    ).toEqual(["2: there is no cause 'pm2-app-stoped' | did you mean 'pm2-app-stopped'?"])
  })

  it('wants a reason, an owner and a day that there is', () => {
    expect(mistakesOf('waivers:\n  - { hosts: web, causes: unreachable, owner: o, until: 2026-02-30 }')).toEqual([
      "2: 'reason' is missing | give a reason",
      '2: \'until\' must be a date such as 2027-01-31, not the text "2026-02-30" | ',
    ])
  })

  it('tells a target that is none', () => {
    expect(
      mistakesOf("waivers:\n  - { hosts: 'web[9-1]', causes: unreachable, reason: r, owner: o, until: 2027-01-31 }"),
    ).toEqual([expect.stringMatching(/^2: .*web\[9-1\]/)])
    expect(
      mistakesOf("waivers:\n  - { hosts: 'web[03-0', causes: unreachable, reason: r, owner: o, until: 2027-01-31 }"),
    ).toEqual(["2: 'web[03-0' has a bracket without its other half | "])
  })

  it('names what it cannot read', () => {
    expect(() => loadWaivers(join(folder, 'none.yaml'), causes)).toThrow('these waivers cannot be read')
  })
})

describe('findWaiversFile', () => {
  it('takes the one that was named, else that beside the inventory, if it is there', () => {
    expect(findWaiversFile('w.yaml', folder)).toBe(join(folder, 'w.yaml'))
    expect(findWaiversFile(undefined, '/', join(folder, 'inventory.yaml'))).toBeUndefined()
    writeFileSync(file, 'waivers: []')
    expect(findWaiversFile(undefined, '/', join(folder, 'inventory.yaml'))).toBe(file)
  })
})
