import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { loadInventory } from '../../src/inventory/load.js'
import { inventorySchema } from '../../src/inventory/schema.js'

const file = fileURLToPath(new URL('../../inventory.example.yaml', import.meta.url))

it('inventory.example.yaml is an inventory', async () => {
  const { hosts, groups } = await loadInventory(file, '/home/me')
  expect([...hosts.keys()]).toEqual(['web01.example.com', 'web02.example.com', 'web03.example.com', 'db01', 'bastion'])
  expect([...groups.keys()].sort()).toEqual(['db', 'production', 'web'])
})

it('inventory.example.yaml shows every key of the schema', () => {
  const known = collectProperties(z.toJSONSchema(inventorySchema, { io: 'input', unrepresentable: 'any' }))
  const shown = collectKeys(parse(readFileSync(file, 'utf8')))
  expect(known).toContain('healthPath')
  expect(known.filter((key) => !shown.has(key))).toEqual([])
})

it('inventory.example.yaml counts workers, and not the shell that looks for them', async () => {
  const { hosts } = await loadInventory(file, '/home/me')
  const checks = hosts.get('web01.example.com')?.settings.checks
  expect(checks).toContainEqual(expect.objectContaining({ command: "pgrep -c -f '[w]orker.js'" }))
  const count = (line: string) =>
    spawnSync('unshare', ['--pid', '--fork', '--mount-proc', 'sh', '-c', line], { encoding: 'utf8' }).stdout
  expect(count("pgrep -c -f '[w]orker.js'; :")).toBe('0\n')
})

function collectProperties(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const own = 'properties' in schema && !Array.isArray(schema) ? Object.keys(schema.properties ?? {}) : []
  return [...own, ...Object.values(schema).flatMap(collectProperties)]
}

function collectKeys(data: unknown): Set<string> {
  if (typeof data !== 'object' || data === null) return new Set()
  const own = Array.isArray(data) ? [] : Object.keys(data)
  return new Set([...own, ...Object.values(data).flatMap((value) => [...collectKeys(value)])])
}
