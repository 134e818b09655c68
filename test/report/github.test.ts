import { expect, it } from 'vitest'
import { renderGithub } from '../../src/report/github.js'
import { brokenHost, causeRecord, hostRecord, runRecord, unreachableHost } from '../support/record.js'

/** As the runner reads a workflow command (actions/runner, ActionCommand.TryParseV2). */
function read(line: string) {
  const [, level, title = '', message = ''] = /^::(\w+) title=([^,]*?)::(.*)$/.exec(line) ?? []
  const data = (text: string) => text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
  return { level, title: data(title.replaceAll('%3A', ':').replaceAll('%2C', ',')), message: data(message) }
}

it('annotates each problem once, with all its hosts', () => {
  const hosts = [brokenHost({ name: 'web03' }), brokenHost({ name: 'web04' }), unreachableHost({ name: 'db1' })]
  const lines = renderGithub(runRecord([...hosts, hostRecord()])).split('\n')
  expect(lines.slice(0, -2).map((line) => ({ ...read(line), message: '' }))).toEqual([
    { level: 'error', title: 'web[03-04] broken: the Next.js build is missing (next-build-missing)', message: '' },
    { level: 'warning', title: 'db1 unreachable: no SSH session (auth)', message: '' },
  ])
  expect(read(lines[0] ?? '').message).toContain('\nls /home/deploy/classrooom/.next: no such folder\n')
  expect(lines.slice(-2)).toEqual(['fleetdx: 4 hosts: 2 broken, 1 unreachable, 1 healthy', ''])
})

it('lets no text of a host become a command', () => {
  const text = '100%\r\n::error::pwned, a:b %0A::stop-commands::x'
  const root = causeRecord({ title: text, evidence: [{ source: text, text }] })
  const lines = renderGithub(runRecord([brokenHost({ name: text, verdict: text, causes: [root] })])).split('\n')
  expect(lines).toHaveLength(3)
  expect(read(lines[0] ?? '').title).toContain('100% ::error::pwned, a:b %0A::stop-commands::x')
})

it('shows ten of a level, and names the rest in the last of them', () => {
  const hosts = Array.from({ length: 14 }, (_, index) =>
    brokenHost({ name: `web${index}`, causes: [causeRecord({ id: `cause-${index}`, title: 'it is broken' })] }),
  )
  const errors = renderGithub(runRecord(hosts))
    .split('\n')
    .filter((line) => line.startsWith('::error'))
    .map(read)
  expect(errors).toHaveLength(10)
  expect(errors[9]?.title).toBe('5 more problems')
  expect(errors[9]?.message.split('\n')[4]).toBe('web13 broken: it is broken (cause-13)')
})
