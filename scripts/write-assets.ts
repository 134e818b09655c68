import { cpSync, writeFileSync } from 'node:fs'
import { createRecordJsonSchema } from '../src/report/record-json-schema.js'

// What the package needs beside compiled code: the JSON Schema of the record, and the recordings that the demo plays.
const at = (path: string) => new URL(`../${path}`, import.meta.url)
writeFileSync(at('dist/record.schema.json'), `${JSON.stringify(createRecordJsonSchema(), null, 2)}\n`)
cpSync(at('src/demo/captures'), at('dist/demo/captures'), { recursive: true })
