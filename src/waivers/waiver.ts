import { z } from 'zod'
import { mapping, oneOrMore, text } from '../inventory/schema-words.js'
import { t } from '../language/language.js'

const causeRule = () => t`the id of a cause, as 'fleetdx causes' lists them, or unreachable, unknown, broken`
const dateRule = () => t`a date such as 2027-01-31`

/** A date of the calendar: 2026-02-30 is none. */
const date = z.string({ error: dateRule }).refine(isDate, { error: dateRule })

const waiver = mapping(
  {
    /** Targets, as on the command line. */
    hosts: oneOrMore(
      () => t`a target such as web or 'web[01-20]', or a list of them`,
      text(() => t`a target`),
    ),
    causes: oneOrMore(() => t`${causeRule()}, or a list of them`, text(causeRule)),
    /** What a cause is about, where a host may have it twice: the app, a file, a mount. */
    subject: text(() => t`what the cause is about, such as the name of an app`).exactOptional(),
    reason: text(() => t`a reason`),
    owner: text(() => t`who answers for it`),
    /** The last day on which it holds. */
    until: date,
  },
  () => t`a mapping with hosts, causes, reason, owner and until`,
)

/** `waivers.yaml`. */
export const waiversSchema = mapping(
  { waivers: z.array(waiver, { error: () => t`a list of waivers` }) },
  () => t`a mapping with the key 'waivers'`,
)

/** A problem that is known and accepted: on which hosts, why, by whom, and until when. */
export type Waiver = z.infer<typeof waiver>

/** A waiver that a problem of a host falls under, as a record keeps it. */
export const appliedWaiverSchema = z.object({
  /** The id of the waived cause; `unreachable`, `unknown` or `broken` where a host has none. */
  cause: z.string(),
  /** What that is about; null where the host has no cause. */
  subject: z.string().nullable(),
  reason: z.string(),
  owner: z.string(),
  /** Its last day, as in `2027-01-31`. */
  until: z.string(),
  /** Whether that day is over: the problem then counts again. */
  isExpired: z.boolean(),
})

export type AppliedWaiver = z.infer<typeof appliedWaiverSchema>

function isDate(written: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(written)) return false
  const time = Date.parse(`${written}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(written)
}
