import { cpSync, writeFileSync } from 'node:fs'
import { renderManPage } from '../src/cli/man-page.js'
import { buildProgram } from '../src/cli/program.js'
import { createLineJsonSchema, createRecordJsonSchema } from '../src/report/record-json-schema.js'
import { readVersion } from '../src/version.js'

// What the package needs beside compiled code: the JSON Schemas of the record and of its lines, the recordings that the demo plays, the
// completions of shells, the manual page, and what runs in a browser.
const at = (path: string) => new URL(`../${path}`, import.meta.url)
writeFileSync(at('dist/record.schema.json'), `${JSON.stringify(createRecordJsonSchema(), null, 2)}\n`)
writeFileSync(at('dist/record-line.schema.json'), `${JSON.stringify(createLineJsonSchema(), null, 2)}\n`)
cpSync(at('src/demo/captures'), at('dist/demo/captures'), { recursive: true })
for (const part of ['browser', 'style'])
  cpSync(at(`src/report/html/${part}`), at(`dist/report/html/${part}`), { recursive: true })
cpSync(at('src/commands/completions'), at('dist/commands/completions'), { recursive: true })
const { stdin, stdout, stderr, env } = process
writeFileSync(
  at('dist/fleetdx.1'),
  renderManPage(buildProgram({ stdin, stdout, stderr, env, cwd: '.' }), readVersion(), new Date()),
)
