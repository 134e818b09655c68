import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readPlugin } from '../../src/checks/nagios.js'
import { runCheck } from '../support/run-checks.js'

const plugins = '/usr/lib/nagios/plugins'

describe('a real plugin', () => {
  const run = (nagios: string) => runCheck({ name: 'plugin', nagios: `${plugins}/${nagios}`, severity: 'outage' })

  it('that is content passes, and what it measured is kept', async () => {
    const result = await run('check_disk -w 0% -c 0% -p /')
    expect(result).toMatchObject({ state: 'pass', message: expect.stringMatching(/^DISK OK - free space: \/ /) })
    expect(result.perfdata).toMatch(/^\/=\d+\w+;/)
  })

  it('that warns fails as a risk', async () => {
    expect(await run('check_procs -w 0 -c 100000')).toMatchObject({
      state: 'fail',
      severity: 'risk',
      message: expect.stringMatching(/^PROCS WARNING: \d+ processes$/),
    })
  })

  it('that is critical fails as its check says', async () => {
    expect(await run('check_tcp -H 127.0.0.1 -p 1')).toMatchObject({
      state: 'fail',
      severity: 'outage',
      message: 'connect to address 127.0.0.1 and port 1: Connection refused',
    })
  })

  it('that cannot tell is unknown, and so is one that is not there', async () => {
    expect(await run('check_disk --no-such-option')).toMatchObject({
      state: 'unknown',
      because: { reason: 'undecided' },
    })
    expect(existsSync(`${plugins}/check_nothing`)).toBe(false)
    expect(await run('check_nothing')).toMatchObject({
      state: 'unknown',
      message: expect.stringMatching(/check_nothing: not found$/),
    })
  })
})

describe('what a plugin prints', () => {
  const read = (output: string, exitCode = 0) =>
    readPlugin({ severity: 'outage' }, { exitCode, output, isWhole: true, errors: '', status: null })

  it('has perfdata on its first line, and after its long text', () => {
    const output = `DISK OK - free space: / 3326 MB (56%); | /=2643MB;5948;5958;0;5968
/ 15272 MB (77%);
/boot 68 MB (69%); | /boot=68MB;88;93;0;98
/home=69357MB;253404;253409;0;253414
`
    expect(read(output)).toEqual({
      state: 'pass',
      severity: 'outage',
      message: 'DISK OK - free space: / 3326 MB (56%);',
      perfdata: '/=2643MB;5948;5958;0;5968 /boot=68MB;88;93;0;98 /home=69357MB;253404;253409;0;253414',
    })
  })

  it('may be nothing', () => {
    expect(read('', 2)).toMatchObject({ state: 'fail', message: 'exit code 2, and not a word', perfdata: null })
  })

  it.each([4, 126, 127, 255])('means nothing with exit code %i', (exitCode) => {
    expect(read('OK', exitCode).state).toBe('unknown')
  })
})
