import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { fleetdx } from '../support/fleetdx.js'

const page = async (...words: string[]) => (await fleetdx(['man', ...words])).stdout

/** The page as a terminal shows it. */
function show(text: string): string {
  return execFileSync('mandoc', ['-Tutf8', '-O', 'width=200'], { input: text, encoding: 'utf8' }).replaceAll(
    /.\x08/gu,
    '',
  )
}

describe('the manual page', () => {
  it('is sound by mandoc', async () => {
    for (const text of [await page(), await page('--lang', 'zh')])
      expect(() => execFileSync('mandoc', ['-Tlint', '-W', 'warning'], { input: text, stdio: 'pipe' })).not.toThrow()
  })

  it('has every command with its options and examples', async () => {
    const text = show(await page())
    const { stdout: help } = await fleetdx(['--help'])
    const names = [...help.matchAll(/^ {2}([a-z]+) (?:\[|<)/gm)].map(([, name]) => name)
    expect(names).toContain('check')
    for (const name of names) expect(text).toContain(`fleetdx ${name} [`)
    expect(text).toContain('--timeout-connect <duration>')
    expect(text).toContain("fleetdx check web '!web03'")
    expect(text).toContain('3    nothing broken was seen, but a host is unreachable or unknown')
  })
})
