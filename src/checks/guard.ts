import { z } from 'zod'
import type { AnyCause } from '../causes/define.js'
import { ParseError } from '../errors.js'
import { t } from '../language/language.js'
import { evidenceSchema } from '../path/request-path.js'
import type { AnyProbe } from '../probes/define.js'
import { Script, sh } from '../shell.js'

/*
 * Code of a user's module runs among ours: what it throws, and what it gives that nobody expects, costs itself only, and
 * is told.
 */

const scriptSchema = z.instanceof(Script)

const judgementSchema = z.union([
  z.undefined(),
  z.object({ holds: z.null(), because: z.string(), decide: z.string().exactOptional() }),
  z.object({
    holds: z.literal(true),
    confidence: z.enum(['high', 'medium', 'low']),
    isLatent: z.boolean().exactOptional(),
    isNote: z.boolean().exactOptional(),
    subject: z.string(),
    summary: z.string(),
    evidence: z.array(evidenceSchema),
    against: z.array(evidenceSchema).exactOptional(),
    remedy: z.array(
      z.object({ command: scriptSchema.exactOptional(), note: z.string(), risk: z.string().exactOptional() }),
    ),
  }),
])

/** A cause that is undecided where its code fails. */
export function guardCause(cause: AnyCause): AnyCause {
  return {
    ...cause,
    judge: (scene) => {
      try {
        return judgementSchema.parse(cause.judge(scene))
      } catch (error) {
        return { holds: null, because: t`its code failed: ${wordOf(error)}` }
      }
    },
  }
}

/** A probe that is unknown where its code fails, and whose script, quoted whole, cannot break the round that it is part of. */
export function guardProbe(probe: AnyProbe): AnyProbe {
  return {
    ...probe,
    runsLast: true,
    script: (facts, apps) => {
      try {
        const script = scriptSchema.optional().parse(probe.script(facts, apps))
        return script && sh`eval ${script.text}`
      } catch (error) {
        return sh`part script-failed ${wordOf(error)}`
      }
    },
    parse: (section) => {
      const failed = section.parts.find(({ kind }) => kind === 'script-failed')
      if (failed) throw new ParseError(t`its script could not be made: ${failed.label}`)
      return probe.parse(section)
    },
  }
}

function wordOf(error: unknown): string {
  const text =
    error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : String(error)
  return text.replaceAll(/\s+/g, ' ').slice(0, 200)
}
