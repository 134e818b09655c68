import { z } from 'zod'
import { t } from './language/language.js'

/** Why something could not be seen. */
export const blindReasonSchema = z.enum([
  'permission',
  'tool-missing',
  'deadline',
  'size-limit',
  'connection-lost',
  'unparsable',
  'not-asked',
  // It was looked at, and says itself that it cannot tell.
  'undecided',
])

/** One thing that could not be seen, and why. */
export const blindSchema = z.object({
  /** What stays unseen, as a person would say it: `the error log /var/log/nginx/error.log`. */
  what: z.string(),
  reason: blindReasonSchema,
  /** The system's own words, where there are any. */
  detail: z.string().optional(),
})

export type BlindReason = z.infer<typeof blindReasonSchema>
export type Blind = z.infer<typeof blindSchema>

/**
 * What a probe found out: three-valued, because "no" and "could not look" are different answers.
 * A known fact can still have blind spots: the listeners are known, the owners of some are not.
 */
export type Fact<T> = { known: true; value: T; blind: Blind[] } | { known: false; because: Blind }

/** Facts of probes that are not built in, by the probe's name. */
export type CustomFacts = Readonly<Record<string, Fact<unknown>>>

export function factSchema<T extends z.ZodType>(value: T) {
  return z.discriminatedUnion('known', [
    z.object({ known: z.literal(true), value, blind: z.array(blindSchema) }),
    z.object({ known: z.literal(false), because: blindSchema }),
  ])
}

/** The value of a fact, or undefined where it is not known. */
export function knownValue<T>(fact: Fact<T>): T | undefined {
  return fact.known ? fact.value : undefined
}

/** Everything that a fact leaves unseen. */
export function blindSpots(fact: Fact<unknown>): Blind[] {
  return fact.known ? fact.blind : [fact.because]
}

/** `the firewall rules (permission: you must be root)` */
export function formatBlind({ what, reason, detail }: Blind): string {
  const why = sayReason(reason)
  return detail === undefined ? t`${what} (${why})` : t`${what} (${why}: ${detail})`
}

/** Why something could not be seen, in a word or two. */
export function sayReason(reason: BlindReason): string {
  return {
    permission: t`permission`,
    'tool-missing': t`tool-missing`,
    deadline: t`deadline`,
    'size-limit': t`size-limit`,
    'connection-lost': t`connection-lost`,
    unparsable: t`unparsable`,
    'not-asked': t`not-asked`,
    undecided: t`undecided`,
  }[reason]
}
