import { RE2JS } from 're2js'
import { z } from 'zod'
import { duration, mapping, oneOrMore, text } from './schema-words.js'

const NAME_RULE = "lower-case letters, digits and '-', such as disk-space"
const URL_RULE = "an address that starts with 'http://' or 'https://'"
const PATTERN_RULE = 'a regular expression as RE2 knows them; look-around and back references are not among them'
const JSON_PATH_RULE = "keys and indexes joined by '.', such as items.0.state"

// disk-space
const NAME = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/
// df -P / |
//   tail -n 1
const LINES = /^(?:[^\p{Cc}]|[\n\t])+$/u

const number = z.number({ error: 'a number' })
const pattern = text(PATTERN_RULE, LINES).refine(isPattern, { error: PATTERN_RULE })
const codes = (what: string, least: number, most: number) => {
  const rule = `${what} from ${least} to ${most}, or a list of them`
  return oneOrMore(rule, z.int({ error: rule }).min(least, { error: rule }).max(most, { error: rule }))
}

const bounds = {
  above: number.exactOptional(),
  atLeast: number.exactOptional(),
  atMost: number.exactOptional(),
  below: number.exactOptional(),
}

const expectation = mapping(
  {
    exitCode: codes('an exit code', 0, 255).exactOptional(),
    httpStatus: codes('an HTTP status', 100, 599).exactOptional(),
    text: text('a text that the output holds', LINES).exactOptional(),
    regex: pattern.exactOptional(),
    number: mapping({ ...bounds, equals: number.exactOptional(), from: pattern.exactOptional() }).exactOptional(),
    json: mapping({
      path: text(JSON_PATH_RULE, /^[^\p{Cc}.]+(?:\.[^\p{Cc}.]+)*$/u),
      ...bounds,
      equals: z
        .union([z.string(), z.number(), z.boolean(), z.null()], { error: 'a text, a number, true, false or null' })
        .exactOptional(),
      regex: pattern.exactOptional(),
    }).exactOptional(),
  },
  'a mapping such as { exitCode: 0 }',
)

const remedyStep = mapping(
  { command: text('a command', LINES).exactOptional(), note: text('what the step does, and what it risks') },
  "a mapping such as { command: 'systemctl restart worker', note: drops running jobs }",
)

function shapeOf(timeout: z.ZodType<number>) {
  return mapping(
    {
      name: text(NAME_RULE, NAME),
      command: text('a command', LINES).exactOptional(),
      url: text(URL_RULE, /^https?:\/\/[^\s\p{Cc}]+$/u).exactOptional(),
      nagios: text('a plugin with its arguments', LINES).exactOptional(),
      sudo: z.boolean({ error: 'true or false' }).default(false),
      timeout: timeout.exactOptional(),
      expect: expectation.default({}),
      severity: z.enum(['risk', 'outage'], { error: 'risk or outage' }).default('risk'),
      message: text('a text on one line').exactOptional(),
      remedy: z.array(remedyStep, { error: 'a list of steps' }).default([]),
      cause: text("the id of a cause: lower-case letters, digits and '-'", NAME).exactOptional(),
    },
    'a check; write { name: disk-space, command: df / }',
  )
}

const checkOf = (timeout: z.ZodType<number>) => shapeOf(timeout).superRefine(refuseMixtures)

/** What a check is made of depends on how it looks: a command, a URL, or a Nagios plugin. */
function refuseMixtures(check: z.infer<ReturnType<typeof shapeOf>>, context: z.RefinementCtx): void {
  const refuse = (path: string[], message: string) =>
    context.addIssue({ code: 'custom', path, message, input: path.reduce<unknown>(enter, check) })
  const [way, ...others] = ways.filter((way) => check[way] !== undefined)
  if (way === undefined) refuse(['command'], "a command; a check has one of 'command', 'url' and 'nagios'")
  for (const other of others) refuse([other], `left out; a check has only one of '${way}' and '${other}'`)
  const { exitCode, httpStatus } = check.expect
  if (httpStatus && way !== 'url') refuse(['expect', 'httpStatus'], "left out; only what 'url' asks has an HTTP status")
  if (exitCode && way !== 'command') refuse(['expect', 'exitCode'], "left out; only a 'command' is judged by it")
  if (way === 'nagios' && Object.keys(check.expect).length > 0 && !exitCode && !httpStatus)
    refuse(['expect'], 'left out; a Nagios plugin itself says how it is')
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
  .array(checkOf(duration), { error: 'a list of checks; write [{ name: disk-space, command: df / }]' })
  .superRefine((checks, context) => {
    checks.forEach(({ name }, index) => {
      if (checks.findIndex((check) => check.name === name) === index) return
      context.addIssue({
        code: 'custom',
        path: [index, 'name'],
        message: 'a name that no other check has',
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
