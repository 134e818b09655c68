import { execFileSync } from 'node:child_process'
import { parse } from 'csv-parse/sync'
import { expect, it } from 'vitest'
import { renderCsv } from '../../src/report/csv.js'
import { brokenHost, hostRecord, runRecord, unreachableHost } from '../support/record.js'

const read = (text: string): Record<string, string>[] => parse(text, { bom: true, columns: true })

it('has a row a host, which a reader takes apart as it was put together', () => {
  const odd = 'say "hi", then;\r\ngo'
  const text = renderCsv(runRecord([hostRecord(), brokenHost({ name: 'web2', verdict: odd }), unreachableHost()]))
  const [healthy, broken, away] = read(text)
  expect(healthy).toMatchObject({ host: 'web1', status: 'healthy', cause: '', app: 'classrooom', seconds: '0.812' })
  expect(broken).toMatchObject({
    ...{
      host: 'web2',
      status: 'broken',
      verdict: 'say "hi", then; go',
      cause: 'next-build-missing',
      confidence: 'high',
    },
    ...{
      evidence: 'ls /home/deploy/classrooom/.next: no such folder',
      gateway_answer: '502',
      direct_answer: 'refused',
    },
    remedy: "sudo -u deploy sh -c 'cd /home/deploy/classrooom && npm ci && npm run build'",
  })
  expect(away).toMatchObject({
    status: 'unreachable',
    unreachable_because: 'auth',
    remedy: 'ssh-copy-id deploy@10.0.0.9',
  })
})

it('ends lines as RFC 4180 does, and begins with the mark by which Excel knows UTF-8', () => {
  const text = renderCsv(runRecord([hostRecord({ name: '主机' })]))
  expect(text.startsWith('\ufeffhost,address,')).toBe(true)
  expect(text.split('\r\n')).toHaveLength(3)
  expect(text.replaceAll('\r\n', '')).not.toContain('\n')
})

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '=HYPERLINK("http://x","y")'])(
  '%j is no formula',
  (name) => {
    const [row] = read(renderCsv(runRecord([hostRecord({ name })])))
    expect(row?.host).toBe(`'${name.trim()}`)
  },
)

it('is read by the csv module of Python', () => {
  const text = renderCsv(runRecord([brokenHost({ verdict: 'a "b", c', groups: ['web', 'eu'] })]))
  const program =
    'import csv,io,sys; print([(r["verdict"], r["groups"]) for r in csv.DictReader(io.StringIO(sys.stdin.buffer.read().decode("utf-8-sig"), newline=""))])'
  expect(execFileSync('python3', ['-c', program], { input: text, encoding: 'utf8' })).toBe(
    "[('a \"b\", c', 'web eu')]\n",
  )
})
