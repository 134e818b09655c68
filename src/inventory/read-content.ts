import type { z } from 'zod'
import { UserError } from '../errors.js'
import { t } from '../language/language.js'
import { InventoryError } from './inventory-error.js'
import { suggestNames } from './nearest.js'
import type { YamlFile } from './read-yaml.js'
import { type InventoryContent, inventorySchema } from './schema.js'

/** Holds the data of an inventory against its schema. Throws InventoryError with every mistake. */
export function readContent(yaml: YamlFile): InventoryContent {
  return holdAgainst(inventorySchema, yaml)
}

/** Holds the data of a file against a schema that is written in schema-words.ts. Throws InventoryError with every mistake. */
export function holdAgainst<Schema extends z.ZodType>(
  schema: Schema,
  yaml: YamlFile,
  what = t`the inventory`,
): z.infer<Schema> {
  const result = schema.safeParse(yaml.data, { reportInput: true })
  if (result.success) return result.data
  throw new InventoryError(result.error.issues.flatMap((issue) => explainIssue(issue, yaml, what)))
}

/** The messages of the schema say what would be right; this makes the sentence around them. */
function explainIssue(issue: z.core.$ZodIssue, yaml: YamlFile, whole: string): UserError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => explainUnknownKey(key, issue.message.split(', '), [...issue.path, key], yaml))
  }
  const place = yaml.placeOf(issue.path)
  const [, rule = issue.message, mend] = /^(.*?)(?:; |；)(.*)$/s.exec(issue.message) ?? []
  const what = describePath(issue.path, whole)
  if (issue.input === undefined || issue.input === null) {
    const message = issue.input === null ? t`${what} has no value` : t`${what} is missing`
    return [new UserError(message, { place, mend: mend ?? t`give ${rule}` })]
  }
  const better = suggestQuotes(issue) ?? mend
  const message = t`${what} must be ${rule}, not ${describeValue(issue.input)}`
  return [new UserError(message, { place, ...(better && { mend: better }) })]
}

/** The same value with or without quotes is the usual slip between numbers and texts. */
function suggestQuotes({ code, input, ...issue }: z.core.$ZodIssue): string | undefined {
  const expected = code === 'invalid_type' && 'expected' in issue ? issue.expected : undefined
  if (expected === 'string' && typeof input !== 'object') return t`put it in quotes: '${String(input)}'`
  if (expected === 'number' && typeof input === 'string' && /^\d+$/.test(input))
    return t`write it without quotes: ${input}`
  return undefined
}

function explainUnknownKey(key: string, allowed: string[], path: PropertyKey[], yaml: YamlFile): UserError {
  // samples: password, sudoPassword
  if (/^(?:sudo_?)?pass(?:word)?$/i.test(key)) {
    const [better, option] = key.toLowerCase().startsWith('sudo')
      ? ['sudoPasswordCommand', '--ask-sudo-pass']
      : ['passwordCommand', '--ask-pass']
    return new UserError(t`'${key}' stands in the inventory, which is no place for a password`, {
      place: yaml.placeOf(path, 'key'),
      mend: t`name a command that prints it, such as ${better}: pass show web; or use ${option}`,
    })
  }
  // A file that is something else may hold anything: /etc/shadow.
  const message = /^[\w-]{1,30}$/.test(key) ? t`unknown key '${key}'` : t`unknown key that fleetdx does not have`
  return new UserError(message, { place: yaml.placeOf(path, 'key'), mend: suggestNames(key, allowed) })
}

function describePath(path: readonly PropertyKey[], whole: string): string {
  const last = path.at(-1)
  if (last === undefined) return whole
  return typeof last === 'number' ? t`item ${last + 1} of '${String(path.at(-2))}'` : `'${String(last)}'`
}

function describeValue(value: unknown): string {
  if (Array.isArray(value)) return t`a list`
  if (typeof value === 'object') return t`a mapping`
  return typeof value === 'string' ? t`the text ${JSON.stringify(value.slice(0, 60))}` : String(value)
}
