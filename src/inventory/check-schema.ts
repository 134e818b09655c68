import { RE2JS } from 're2js'
import { z } from 'zod'
import { t } from '../language/language.js'
import { duration, mapping, oneOrMore, text } from './schema-words.js'

const nameRule = () => t`lower-case letters, digits and '-', such as disk-space`
const urlRule = () => t`an address that starts with 'http://' or 'https://'`
const patternRule = () => t`a regular expression as RE2 knows them; look-around and back references are not among them`
const jsonPathRule = () => t`keys and indexes joined by '.', such as items.0.state`

// disk-space
const NAME = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/
// df -P / |
//   tail -n 1
const LINES = /^(?:[^\p{Cc}]|[\n\t])+$/u

const number = z.number({ error: () => t`a number` })
const pattern = text(patternRule, LINES).refine(isPattern, { error: patternRule })
const codes = (rule: () => string, least: number, most: number) =>
  oneOrMore(rule, z.int({ error: rule }).min(least, { error: rule }).max(most, { error: rule }))

const bounds = {
  above: number.exactOptional(),
  atLeast: number.exactOptional(),
  atMost: number.exactOptional(),
  below: number.exactOptional(),
}

const expectation = mapping(
  {
    exitCode: codes(() => t`an exit code from 0 to 255, or a list of them`, 0, 255).exactOptional(),
    httpStatus: codes(() => t`an HTTP status from 100 to 599, or a list of them`, 100, 599).exactOptional(),
    text: text(() => t`a text that the output holds`, LINES).exactOptional(),
    regex: pattern.exactOptional(),
    number: mapping({ ...bounds, equals: number.exactOptional(), from: pattern.exactOptional() }).exactOptional(),
    json: mapping({
      path: text(jsonPathRule, /^[^\p{Cc}.]+(?:\.[^\p{Cc}.]+)*$/u),
      ...bounds,
      equals: z
        .union([z.string(), z.number(), z.boolean(), z.null()], {
          error: () => t`a text, a number, true, false or null`,
        })
        .exactOptional(),
      regex: pattern.exactOptional(),
    }).exactOptional(),
  },
  () => t`a mapping such as { exitCode: 0 }`,
)

const remedyStep = mapping(
  {
    command: text(() => t`a command`, LINES).exactOptional(),
    note: text(() => t`what the step does, and what it risks`),
  },
  () => t`a mapping such as { command: 'systemctl restart worker', note: drops running jobs }`,
)

function shapeOf(timeout: z.ZodType<number>) {
  return mapping(
    {
      name: text(nameRule, NAME),
      command: text(() => t`a command`, LINES).exactOptional(),
      url: text(urlRule, /^https?:\/\/[^\s\p{Cc}]+$/u).exactOptional(),
      nagios: text(() => t`a plugin with its arguments`, LINES).exactOptional(),
      sudo: z.boolean({ error: () => t`true or false` }).default(false),
      timeout: timeout.exactOptional(),
      expect: expectation.default({}),
      severity: z.enum(['risk', 'outage'], { error: () => t`risk or outage` }).default('risk'),
      message: text(() => t`a text on one line`).exactOptional(),
      remedy: z.array(remedyStep, { error: () => t`a list of steps` }).default([]),
      cause: text(() => t`the id of a cause: lower-case letters, digits and '-'`, NAME).exactOptional(),
    },
    () => t`a check; write { name: disk-space, command: df / }`,
  )
}

const checkOf = (timeout: z.ZodType<number>) => shapeOf(timeout).superRefine(refuseMixtures)

/** What a check is made of depends on how it looks: a command, a URL, or a Nagios plugin. */
function refuseMixtures(check: z.infer<ReturnType<typeof shapeOf>>, context: z.RefinementCtx): void {
  const refuse = (path: string[], message: string) =>
    context.addIssue({ code: 'custom', path, message, input: path.reduce<unknown>(enter, check) })
  const [way, ...others] = ways.filter((way) => check[way] !== undefined)
  if (way === undefined) refuse(['command'], t`a command; a check has one of 'command', 'url' and 'nagios'`)
  for (const other of others) refuse([other], t`left out; a check has only one of '${way}' and '${other}'`)
  const { exitCode, httpStatus } = check.expect
  if (httpStatus && way !== 'url')
    refuse(['expect', 'httpStatus'], t`left out; only what 'url' asks has an HTTP status`)
  if (exitCode && way !== 'command') refuse(['expect', 'exitCode'], t`left out; only a 'command' is judged by it`)
  if (way === 'nagios' && Object.keys(check.expect).length > 0 && !exitCode && !httpStatus)
    refuse(['expect'], t`left out; a Nagios plugin itself says how it is`)
}

const ways = ['command', 'url', 'nagios'] as const

function enter(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}

function isPattern(source: string): boolean {
  try {
    RE2JS.compile(source)
    return true
  } catch {
    return false
  }
}

/** The checks of one level of an inventory. Names are unique in it; a nearer level may say the same name otherwise. */
export const checksSchema = z
  .array(checkOf(duration), { error: () => t`a list of checks; write [{ name: disk-space, command: df / }]` })
  .superRefine((checks, context) => {
    checks.forEach(({ name }, index) => {
      if (checks.findIndex((check) => check.name === name) === index) return
      context.addIssue({
        code: 'custom',
        path: [index, 'name'],
        message: t`a name that no other check has`,
        input: name,
      })
    })
  })

/** A check as it is kept with a capture: the same, read. */
export const savedCheckSchema = checkOf(z.number())

/** A check of the user's own: what is asked on a host, what the answer should be, and what it means if it is not. */
export type Check = z.infer<typeof savedCheckSchema>
/** What a check expects of the output, besides an exit code or an HTTP status that says that all went well. */
export type Expectation = Check['expect']
