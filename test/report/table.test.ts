import stringWidth from 'string-width'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { setLanguage } from '../../src/language/language.js'
import { renderTable } from '../../src/report/table.js'
import { checkTableOptions } from '../../src/report/table-options.js'
import {
  brokenHost,
  buildFacts,
  causeRecord,
  deadPath,
  facts,
  hostRecord,
  listenerFacts,
  nginxFacts,
  pathRecord,
  pm2App,
  pm2Facts,
  runRecord,
  unreachableHost,
} from '../support/record.js'

const plain = { color: false, unicode: true }

const portMismatch = brokenHost({
  name: '教室-北京-01',
  causes: [causeRecord({ id: 'proxy-port-mismatch', title: "the proxy's port is not the app's" })],
  paths: [deadPath(), pathRecord({ id: 'api' }), pathRecord({ id: 'docs' })],
  facts: facts({
    listeners: listenerFacts(3001),
    pm2: pm2Facts([pm2App({ restarts: 5 }), pm2App({ id: 1, pid: 4002, restarts: 7 })]),
  }),
})

const fleet = runRecord([
  hostRecord({ name: 'web01' }),
  hostRecord({
    name: 'web02',
    status: 'degraded',
    causes: [causeRecord({ id: 'disk-nearly-full', title: 'a disk is nearly full', effect: 'risk' })],
  }),
  brokenHost({ name: 'web03' }),
  portMismatch,
  unreachableHost({ name: 'db1' }),
  hostRecord({
    name: 'web05',
    status: 'unknown',
    verdict: 'whether it serves could not be seen',
    undecided: [
      {
        id: 'pm2-app-stopped',
        title: 'the app is stopped',
        because: 'the pm2 list may not be read',
        decide: null,
        paths: [],
      },
    ],
    paths: [pathRecord({ serves: null, directAnswer: null, gatewayAnswer: null })],
    facts: facts({ pm2: { known: false, because: { what: 'pm2', reason: 'permission' } } }),
  }),
])

test('80 columns take the verdict, pm2 and what visitors get; the hosts that need a person first stand first', () => {
  expect(renderTable(fleet, { ...plain, width: 80 })).toMatchInlineSnapshot(`
    "HOST          VERDICT                PM2            PORT          DIRECT   HTTP
    ───────────────────────────────────────────────────────────────────────────────
    web03         ✖ next-build-missing   errored ↻16    3000          refused  502
    教室-北京-01  ✖ proxy-port-mismatch  online ×2 ↻12  3001≠3000 +2  refused  502
    db1           ⊘ unreachable: auth    ?              ?             ?        ?
    web05         ? unknown              ?              3000          ?        ?
    web02         ▲ disk-nearly-full     online         3000          200      200
    web01         ✔ healthy              online         3000          200      200"
  `)
})

test('120 columns take more', () => {
  expect(renderTable(fleet, { ...plain, width: 120 })).toMatchInlineSnapshot(`
    "HOST          VERDICT                  PM2            PORT          BUILD     GATEWAY       DIRECT   HTTP  ERR/H  TIME
    ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
    web03         ✖ next-build-missing     errored ↻16    3000          none      nginx 1.22.1  refused  502   132    0.8 s
    教室-北京-01  ✖ proxy-port-mismatch    online ×2 ↻12  3001≠3000 +2  kX2v9QhL  nginx 1.22.1  refused  502   0      0.8 s
    db1           ⊘ unreachable: auth      ?              ?             ?         ?             ?        ?     ?      0.2 s
    web05         ? unknown                ?              3000          ?         nginx 1.22.1  ?        ?     0      0.8 s
    web02         ▲ a disk is nearly full  online         3000          kX2v9QhL  nginx 1.22.1  200      200   0      0.8 s
    web01         ✔ healthy                online         3000          kX2v9QhL  nginx 1.22.1  200      200   0      0.8 s"
  `)
})

test('200 columns take everything, the id of the root cause too', () => {
  expect(renderTable(fleet, { ...plain, width: 200 })).toMatchInlineSnapshot(`
    "HOST          VERDICT                                                    APP         PM2            PORT          BUILD     GATEWAY       DIRECT   HTTP  ERR/H                TIME
    ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
    web03         ✖ the Next.js build is missing (next-build-missing)        classrooom  errored ↻16    3000          none      nginx 1.22.1  refused  502   132 connect-refused  0.8 s
    教室-北京-01  ✖ the proxy's port is not the app's (proxy-port-mismatch)  classrooom  online ×2 ↻12  3001≠3000 +2  kX2v9QhL  nginx 1.22.1  refused  502   0                    0.8 s
    db1           ⊘ unreachable: auth                                        ?           ?              ?             ?         ?             ?        ?     ?                    0.2 s
    web05         ? whether it serves could not be seen                      classrooom  ?              3000          ?         nginx 1.22.1  ?        ?     0                    0.8 s
    web02         ▲ a disk is nearly full (disk-nearly-full)                 classrooom  online         3000          kX2v9QhL  nginx 1.22.1  200      200   0                    0.8 s
    web01         ✔ healthy                                                  classrooom  online         3000          kX2v9QhL  nginx 1.22.1  200      200   0                    0.8 s"
  `)
})

test('without Unicode the table has no symbol of its own beyond ASCII', () => {
  expect(renderTable(fleet, { color: false, unicode: false, width: 120 })).toMatchInlineSnapshot(`
    "HOST          VERDICT                     PM2            PORT           BUILD     GATEWAY  DIRECT   HTTP  ERR/H  TIME
    ----------------------------------------------------------------------------------------------------------------------
    web03         [X]  next-build-missing     errored r16    3000           none      1.22.1   refused  502   132    0.8 s
    教室-北京-01  [X]  proxy-port-mismatch    online x2 r12  3001!=3000 +2  kX2v9QhL  1.22.1   refused  502   0      0.8 s
    db1           [-]  unreachable: auth      ?              ?              ?         ?        ?        ?     ?      0.2 s
    web05         [?]  unknown                ?              3000           ?         1.22.1   ?        ?     0      0.8 s
    web02         [!]  a disk is nearly full  online         3000           kX2v9QhL  1.22.1   200      200   0      0.8 s
    web01         [ok] healthy                online         3000           kX2v9QhL  1.22.1   200      200   0      0.8 s"
  `)
})

test('a title that finds no room gives way to its id, and is never broken', () => {
  const title = 'the app listens on another port than the gateway dials'
  const host = brokenHost({ causes: [causeRecord({ id: 'proxy-port-mismatch', title })] })
  const rowAt = (width: number) => renderTable(runRecord([host]), { ...plain, width }).split('\n')[2]
  expect(rowAt(200)).toContain(`✖ ${title} (proxy-port-mismatch)  `)
  expect(rowAt(140)).toContain(`✖ ${title}  `)
  expect(rowAt(80)).toContain('✖ proxy-port-mismatch  ')
})

test('no line is wider than asked for, at any width', () => {
  for (let width = 30; width <= 200; width++) {
    const widths = renderTable(fleet, { ...plain, width })
      .split('\n')
      .map((line) => stringWidth(line))
    expect(Math.max(...widths), `at ${width}`).toBeLessThanOrEqual(width)
  }
})

test('every row is one line, whatever the texts hold', () => {
  const host = hostRecord({ name: 'web\n01\tx', status: 'unknown', verdict: 'two\nlines' })
  const lines = renderTable(runRecord([host]), { ...plain, width: 120 }).split('\n')
  expect(lines).toHaveLength(3)
  expect(lines[2]).toMatch(/^web 01 x {2}\? two lines {2}/)
})

test('colour only paints: taken away, the text is the same', () => {
  const painted = renderTable(fleet, { width: 120, color: true, unicode: true })
  expect(painted).toContain('\u001b[')
  expect(painted.replaceAll(/\u001b\[\d+m/g, '').replaceAll(/ +$/gm, '')).toBe(
    renderTable(fleet, { ...plain, width: 120 }),
  )
})

test('a fleet without hosts has its headings', () => {
  expect(renderTable(runRecord([]), { ...plain, width: 80 })).toContain('HOST  VERDICT')
})

test('says per cell what is down, absent, partial or not seen', () => {
  const rowOf = (overrides: Parameters<typeof hostRecord>[0]) =>
    renderTable(runRecord([hostRecord({ name: 'h', ...overrides })]), { ...plain, width: 200 })
      .split('\n')[2]
      ?.split(/ {2,}/)
      .slice(2, -1)
  expect(rowOf({ facts: facts({ nginx: nginxFacts(false) }) })).toEqual([
    'classrooom',
    'online',
    '3000',
    'kX2v9QhL',
    'down',
    '200',
    '200',
    '0',
  ])
  expect(rowOf({ facts: facts({ pm2: pm2Facts(null, { pid: null }) }) })?.[1]).toBe('no daemon')
  expect(rowOf({ facts: facts({ pm2: pm2Facts([]) }) })?.[1]).toBe('not listed')
  expect(rowOf({ facts: facts({ pm2: pm2Facts([pm2App(), pm2App({ status: 'errored', pid: 0 })]) }) })?.[1]).toBe(
    'errored 1/2',
  )
  expect(rowOf({ facts: facts({ pm2: pm2Facts([pm2App({ pid: null })]) }) })?.[1]).toBe('not spawned')
  expect(rowOf({ facts: facts({ builds: buildFacts({ missing: ['routes-manifest.json', 'server'] }) }) })?.[3]).toBe(
    'lacks routes-manifest.json +1',
  )
  expect(rowOf({ facts: facts({ builds: buildFacts({ buildId: null }) }) })?.[3]).toBe('lacks BUILD_ID')
  expect(rowOf({ facts: facts({ builds: buildFacts({ exists: false }) }) })?.[3]).toBe('no folder')
  expect(rowOf({ paths: [pathRecord({ target: 'unix:/run/app.sock' })] })?.[2]).toBe('unix')
  expect(rowOf({ paths: [] })).toEqual(['-', '-', '-', '-', 'nginx 1.22.1', '-', '-', '0'])
  const pm2 = { known: false as const, because: { what: 'pm2', reason: 'permission' as const } }
  expect(rowOf({ paths: [], facts: facts({ pm2 }) })).toEqual(['?', '?', '?', '-', 'nginx 1.22.1', '?', '?', '0'])
})

test('errors that may not be read are not zero errors', () => {
  const blind = [{ what: "nginx's error log", reason: 'permission' as const }]
  const denied = { known: true as const, value: { files: [], kinds: [], emergencies: [] }, blind }
  const table = renderTable(runRecord([hostRecord({ facts: facts({ 'nginx-errors': denied }) })]), {
    ...plain,
    width: 200,
  })
  expect(table.split('\n')[2]).toMatch(/200 {3}\? {6}0\.8 s$/)
})

describe('a thousand hosts', () => {
  const name = (index: number) => `web${String(index + 1).padStart(4, '0')}`
  const hosts = Array.from({ length: 1000 }, (_, index) => {
    const host = { name: name(index), elapsedMs: 300 + index }
    if (index % 40 === 3) return brokenHost(host)
    return index % 40 === 7 ? unreachableHost(host) : hostRecord(host)
  })
  const thousand = runRecord(hosts)

  it('take a line for all that are healthy, and a row for those that are sick alike', () => {
    expect(renderTable(thousand, { ...plain, width: 80 })).toMatchInlineSnapshot(`
      "HOST         VERDICT               PM2          PORT  DIRECT   HTTP  ERR/H
      ──────────────────────────────────────────────────────────────────────────
      web0004 +24  ✖ next-build-missing  errored ↻16  3000  refused  502   132
      web0008 +24  ⊘ unreachable: auth   ?            ?     ?        ?     ?
      + 950 healthy: web[0001-0003,0005-0007,0009-0043,0045-004… (--all: each of them)"
    `)
  })

  it('have a row each with --all', () => {
    expect(renderTable(thousand, { ...plain, width: 120, all: true }).split('\n')).toHaveLength(1002)
  })

  it('have a row each, sorted, where somebody sorts: in natural order, what is not seen last', () => {
    const sort = (column: string, isDescending = false) =>
      renderTable(thousand, { ...plain, width: 120, columns: ['host', 'errors'], sort: { column, isDescending } })
        .split('\n')
        .slice(2)
        .map((line) => line.split(/ +/))
    expect(sort('host')).toHaveLength(1000)
    expect(sort('time', true).at(0)).toEqual(['web1000', '0'])
    expect(sort('errors', true).at(0)).toEqual(['web0004', '132', 'connect-refused'])
    expect(sort('errors', true).at(-1)).toEqual(['web0968', '?'])
    expect(sort('errors').at(0)).toEqual(['web0001', '0'])
    expect(sort('errors').at(-1)).toEqual(['web0968', '?'])
    expect(sort('verdict').at(0)?.[0]).toBe('web0004')
  })

  it('that are all healthy are one line, cut to the width', () => {
    const odd = Array.from({ length: 30 }, (_, index) =>
      hostRecord({ name: `${'abcdefghijkl'.slice(index % 12)}${index}` }),
    )
    expect(
      renderTable(runRecord(hosts.map((_, index) => hostRecord({ name: name(index) }))), { ...plain, width: 80 }),
    ).toBe('+ 1000 healthy: web[0001-1000]')
    const line = renderTable(runRecord(odd), { ...plain, width: 60 })
    expect(line).toMatch(/^\+ 30 healthy: abcdefghijkl.*… \(--all: each of them\)$/)
    expect(line).toHaveLength(60)
  })
})

describe('columns that were chosen', () => {
  it('stand as they were named, and none is left out, however narrow it gets', () => {
    const columns = ['http', 'host', 'app', 'gateway', 'time']
    expect(
      renderTable(fleet, { ...plain, width: 40, columns })
        .split('\n')
        .slice(0, 4),
    ).toMatchInlineSnapshot(`
      [
        "HTTP  HOST      APP       GATEWAY  TIME",
        "────────────────────────────────────────",
        "502   web03     classro…  1.22.1   0.8 s",
        "502   教室-北…  classro…  1.22.1   0.8 s",
      ]
    `)
  })

  it('that there are not are told with the nearest, and all that there are', () => {
    const named = (options: object) => () => renderTable(fleet, { ...plain, width: 80, ...options })
    expect(named({ columns: ['host', 'verdcit'] })).toThrow(
      expect.objectContaining({
        message: "there is no column 'verdcit'",
        mend: "did you mean 'verdict'? (the columns are host, verdict, app, pm2, port, build, gateway, direct, http, errors, time)",
      }),
    )
    expect(named({ sort: { column: 'tmie', isDescending: false } })).toThrow("there is no column 'tmie'")
  })

  it('may be checks of the user, told before a host is asked', () => {
    expect(() => checkTableOptions({ columns: ['check-backup'] }, ['backup'])).not.toThrow()
    expect(() => checkTableOptions({ columns: ['check-backup'] })).toThrow("there is no column 'check-backup'")
  })
})

it('shows everything with --wide, whatever the width', () => {
  expect(renderTable(fleet, { ...plain, width: 40, wide: true })).toBe(renderTable(fleet, { ...plain, width: 500 }))
})

it('keeps its columns straight with CJK, emoji, combining characters and right-to-left names', () => {
  const names = ['教室-北京-01', '🇩🇪-web', '👨‍👩‍👧-web', 'cafe\u0301', '⚠️x', 'שלום', 'ｱｲｳ', 'web01']
  const lines = renderTable(runRecord(names.map((name) => hostRecord({ name }))), { ...plain, width: 80 }).split('\n')
  const starts = lines.slice(2).map((line) => stringWidth(line.slice(0, line.indexOf('✔'))))
  expect(new Set(starts)).toEqual(new Set([14]))
})

describe('in Chinese', () => {
  beforeAll(() => setLanguage('zh'))
  afterAll(() => setLanguage('en'))

  it('has Chinese headings and words, in straight columns', () => {
    expect(renderTable(fleet, { ...plain, width: 80 })).toMatchInlineSnapshot(`
      "主机          结论                   PM2            端口          直连     HTTP
      ───────────────────────────────────────────────────────────────────────────────
      web03         ✖ next-build-missing   errored ↻16    3000          refused  502
      教室-北京-01  ✖ proxy-port-mismatch  online ×2 ↻12  3001≠3000 +2  refused  502
      db1           ⊘ 无法连接：auth       ?              ?             ?        ?
      web05         ? 未知                 ?              3000          ?        ?
      web02         ▲ disk-nearly-full     online         3000          200      200
      web01         ✔ 健康                 online         3000          200      200"
    `)
  })
})
