import { z } from 'zod'
import type { AnyCause, Layer } from '../causes/define.js'
import { causes } from '../causes/index.js'
import { joinWords } from '../language/join-words.js'
import { t } from '../language/language.js'
import { edgeIds } from '../path/request-path.js'
import { type AnyProbe, isSecondRound } from '../probes/define.js'
import { probes } from '../probes/index.js'

const layers = [
  'network',
  'gateway',
  'listener',
  'pm2',
  'app',
  'environment',
  'build',
  'resources',
] as const satisfies readonly Layer[]

// queue-length
const id = z
  .string()
  .regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, { error: () => t`must be lower-case words joined by '-'` })
const words = z.string({ error: () => t`must be a text` }).min(1, { error: () => t`must not be empty` })
const isFunction = (value: unknown) => typeof value === 'function'
const code = z.custom<(...values: never[]) => unknown>(isFunction, { error: () => t`must be a function` })
const count = (most: number) => {
  const error = () => t`must be a whole number from 1 to ${most}`
  return z.int({ error }).min(1, { error }).max(most, { error })
}

/** What a module must give for a probe; `defineProbe` gives the rest. */
export const probeShape = z.object({
  name: id
    .refine((name) => !Object.hasOwn(probes, name), { error: () => t`is the name of a built-in probe` })
    .refine((name) => !name.startsWith('check-'), {
      error: () => t`must not start with 'check-', as the checks of an inventory do`,
    }),
  title: words,
  needs: z.custom<AnyProbe['needs']>(hasFirstRoundOnly, {
    error: () => t`may hold built-in probes of the first round only, each under its own name`,
  }),
  elevated: z.boolean({ error: () => t`must be true or false: define it with defineProbe` }),
  limits: z.object(
    { seconds: count(300), bytes: count(1024 * 1024) },
    { error: () => t`are missing: define it with defineProbe` },
  ),
  library: z.undefined({ error: () => t`is for built-in probes: define functions in the script` }).optional(),
  script: code,
  facts: z.instanceof(z.ZodType, { error: () => t`must be a schema of zod` }),
  parse: code,
})

export const causeShape = z.object({
  id: id.refine((name) => causes.every((cause) => cause.id !== name), {
    error: () => t`is the id of a built-in cause`,
  }),
  title: words,
  layer: z.enum(layers, { error: () => t`must be one of ${joinWords(layers)}` }),
  breaks: z.enum(edgeIds, { error: () => t`must be one of ${joinWords(edgeIds)}` }),
  explains: z.array(z.string(), { error: () => t`must be a list of ids` }),
  source: words,
  judge: code,
})

function hasFirstRoundOnly(needs: unknown): boolean {
  if (typeof needs !== 'object' || needs === null) return false
  const builtIn = new Map<string, AnyProbe>(Object.entries(probes))
  return Object.entries(needs).every(([name, probe]) => {
    const known = builtIn.get(name)
    return known !== undefined && known === probe && !isSecondRound(known)
  })
}

export function isProbe(value: unknown): value is AnyProbe {
  return probeShape.safeParse(value).success
}

export function isCause(value: unknown): value is AnyCause {
  return causeShape.safeParse(value).success
}
