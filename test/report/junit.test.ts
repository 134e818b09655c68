import { execFileSync } from 'node:child_process'
import { beforeAll, expect, it } from 'vitest'
import { renderJunit } from '../../src/report/junit.js'
import { installPackage } from '../support/packages.js'
import { brokenHost, causeRecord, hostRecord, runRecord, unreachableHost } from '../support/record.js'
import { recordFleet } from '../support/recorded-fleet.js'

beforeAll(() => installPackage('libxml2-utils', '/usr/bin/xmllint'))

const schema = new URL('schemas/jenkins-junit.xsd', import.meta.url).pathname

/**
 * The value of an XPath expression in a text that is as the schema has it; throws what xmllint says where it is not. The
 * schema is of a time when a skipped test could not say why in an attribute, as Jenkins reads it today.
 */
function query(xml: string, xpath: string): string {
  const withoutReasons = xml.replaceAll(/<skipped message="[^"]*"/g, '<skipped')
  execFileSync('xmllint', ['--noout', '--schema', schema, '-'], {
    input: withoutReasons,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  return execFileSync('xmllint', ['--xpath', xpath, '-'], { input: xml, encoding: 'utf8' }).replace(/\n$/, '')
}

it("is valid by Jenkins' schema, with a test case a host", async () => {
  const xml = renderJunit(await recordFleet())
  const counts = '@tests, " ", @failures, " ", @errors, " ", @skipped'
  expect(query(xml, `concat(${counts.replaceAll('@', '/testsuites/testsuite/@')})`)).toBe('9 4 1 2')
  const outcome = (name: string) =>
    query(xml, `concat(name(//testcase[@name="${name}"]/*), " ", //testcase[@name="${name}"]/*/@message)`)
  expect(outcome('web01')).toBe(' ')
  expect(outcome('web02')).toBe('failure classrooom is stopped in pm2: somebody stopped it')
  expect(outcome('web06')).toBe('skipped waived until 2026-03-31 by ops: is rebuilt')
  expect(outcome('web08')).toMatch(/^error ops@10\.0\.0\.8:22 refused the connection/)
  expect(outcome('web09')).toBe('skipped not checked: the run ended before')
  expect(query(xml, 'string(//testcase[@name="web03"]/@classname)')).toBe('fleetdx.web')
})

it('carries every text, and drops what XML has no place for', () => {
  const text = 'a < b && "c" \'d\' ]]> \u0000\u001b[31m\u0008 e\ufffe\ud800 <?x?> 主机'
  const root = causeRecord({ evidence: [{ source: 's', text }], summary: text })
  const xml = renderJunit(
    runRecord([
      brokenHost({ name: text, groups: [text], verdict: text, causes: [root] }),
      unreachableHost({ verdict: text }),
      hostRecord({ status: 'unknown', verdict: text }),
    ]),
  )
  const kept = 'a < b && "c" \'d\' ]]>  e <?x?> 主机'
  expect(query(xml, 'string(//testcase[1]/@name)')).toBe(kept)
  expect(query(xml, 'string(//failure/@message)')).toBe(kept)
  expect(query(xml, 'string(//failure)')).toContain(`s: ${kept}`)
})

it('of no host at all is valid, too', () => {
  expect(query(renderJunit(runRecord([])), 'string(//testsuite/@tests)')).toBe('0')
})
