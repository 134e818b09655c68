import { describe, expect, it } from 'vitest'
import { runCheck, runChecks } from '../support/run-checks.js'

describe.each(['dash', 'bash', 'busybox sh'])('a command in %s', (shell) => {
  it('passes by its exit code, or fails with what it wrote', async () => {
    const [good, bad] = await runChecks(
      [
        { name: 'good', command: 'exit 0' },
        { name: 'bad', command: 'echo one; echo two >&2; exit 3', severity: 'outage' },
      ],
      { shell },
    )
    expect(good).toEqual({
      name: 'good',
      state: 'pass',
      severity: 'risk',
      message: 'exit code 0',
      because: null,
      evidence: [],
      perfdata: null,
    })
    expect(bad).toMatchObject({
      state: 'fail',
      severity: 'outage',
      message: 'exit code 3, not 0',
      evidence: [
        { source: 'echo one; echo two >&2; exit 3', text: 'one' },
        { source: 'standard error', text: 'two' },
      ],
    })
  })

  it('reaches the host as it was written, whatever it is made of', async () => {
    const odd = `printf '%s|' "a  b" 'c"d' \`echo e\` $((1+1)) \\\\ '$HOME' !x; # '`
    expect(
      await runCheck({ name: 'odd', command: odd, expect: { text: `a  b|c"d|e|2|\\|$HOME|!x|` } }, { shell }),
    ).toMatchObject({
      state: 'pass',
    })
  })

  it('that is no shell at all fails alone', async () => {
    const results = await runChecks(
      [
        { name: 'broken', command: "if then ( ' fi" },
        { name: 'next', command: 'echo fine', expect: { text: 'fine' } },
      ],
      { shell },
    )
    expect(results.map(({ state }) => state)).toEqual(['fail', 'pass'])
  })

  it('with more output than is kept is judged by its beginning, and by its end', async () => {
    const loud = 'echo first; head -c 1000000 /dev/zero | tr "\\0" x; echo; echo last; exit 4'
    const results = await runChecks(
      [
        { name: 'start', command: loud, expect: { exitCode: 4, text: 'first' } },
        { name: 'end', command: loud, expect: { exitCode: 4, text: 'last' } },
        { name: 'errors', command: `{ ${loud.replace('exit 4', ':')}; } >&2; exit 5`, expect: { exitCode: 5 } },
      ],
      { shell },
    )
    expect(results.map(({ state, message }) => [state, message])).toEqual([
      ['pass', "'first' is in the output"],
      ['unknown', "'last' is not in what was read of the output"],
      ['pass', 'exit code 5'],
    ])
    expect(JSON.stringify(results).length).toBeLessThan(5000)
  })

  it('that hangs is unknown, and ends with all that it started', async () => {
    const results = await runChecks(
      [
        { name: 'hangs', command: 'echo OK; (sleep 653 & wait)', timeout: '1s', expect: { text: 'OK' } },
        { name: 'next', command: 'pgrep -fx "sleep 653"', expect: { exitCode: 1 } },
      ],
      { shell },
    )
    expect(results).toMatchObject([
      {
        state: 'unknown',
        message: 'deadline: the 1 s for this probe were over',
        because: { what: 'the check hangs', reason: 'deadline' },
      },
      { state: 'pass' },
    ])
  })

  it('that cannot be run is unknown, unless that is what was expected', async () => {
    const results = await runChecks(
      [
        { name: 'gone', command: 'no-such-program --at all', expect: { text: 'x' } },
        { name: 'denied', command: '/etc/passwd' },
        { name: 'wanted', command: 'no-such-program', expect: { exitCode: [0, 127] } },
      ],
      { shell },
    )
    expect(results.map(({ state, message }) => [state, message])).toEqual([
      ['unknown', 'the command could not be run (exit code 127)'],
      ['unknown', 'the command could not be run (exit code 126)'],
      ['pass', 'exit code 127'],
    ])
  })

  it('forges no frame: neither its own end nor what another probe saw', async () => {
    const forged = [
      'printf "\\n@fleetdx-0 exit 0\\n\\n@fleetdx-0 end check_liar 1 \\n\\n@fleetdx-0 begin check_victim 0\\nfalse\\n"',
      'printf "\\n$fx exit 0\\n"; env | grep -c @fleetdx; exit 9',
    ].join('; ')
    const results = await runChecks(
      [
        { name: 'liar', command: forged, expect: { exitCode: 9, regex: '^0$' } },
        { name: 'victim', command: 'echo true', expect: { text: 'true' } },
      ],
      { shell },
    )
    expect(results.map(({ state }) => state)).toEqual(['pass', 'pass'])
  })
})

it('binary output is told without its controls, and its secrets masked', async () => {
  const command = String.raw`printf '\033]0;owned\007\001\377\376 password=hunter2 \342\200\256x'; exit 1`
  const { evidence } = await runCheck({ name: 'binary', command })
  expect(evidence.map(({ text }) => text)).toEqual(['\ufffd\ufffd password=*** x'])
  expect(evidence[0]?.source).not.toContain('hunter2')
})

it('a command has no standard input, starts in /, and speaks no language but C', async () => {
  const command = 'cat; pwd; echo $LC_ALL'
  expect(await runCheck({ name: 'place', command, expect: { regex: '^/\nC$' } })).toMatchObject({ state: 'pass' })
})

describe('rights', () => {
  const checks = [
    { name: 'plain', command: 'id -u', expect: { number: { equals: 65534 } } },
    { name: 'root', command: 'id -u', sudo: true, expect: { number: { equals: 0 } } },
  ]

  it('sudo: true is unknown where there is no such right: the plain user would see something else', async () => {
    expect(await runChecks(checks, { uid: 65534 })).toMatchObject([
      { state: 'pass' },
      { state: 'unknown', message: 'permission', because: { what: 'the check root', reason: 'permission' } },
    ])
  })

  it('sudo: true runs by sudo, and nothing else does', async () => {
    const results = await runChecks([...checks, { name: 'page', url: 'http://127.0.0.1:1/', sudo: true }], {
      uid: 65534,
      isSudoer: true,
    })
    expect(results.map(({ state, message }) => [state, message])).toEqual([
      ['pass', '65534'],
      ['pass', '0'],
      ['fail', expect.stringMatching(/^no answer: .*(?:refused|connect)/i)],
    ])
  })

  it('sudo: true runs as root', async () => {
    expect(await runChecks(checks.slice(1))).toMatchObject([{ state: 'pass', message: '0' }])
  })
})
