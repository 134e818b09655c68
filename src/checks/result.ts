import { z } from 'zod'
import { blindSchema } from '../fact.js'
import { evidenceSchema } from '../path/request-path.js'

/** How a check went on one host. */
export const checkResultSchema = z.object({
  name: z.string(),
  state: z.enum(['pass', 'fail', 'unknown']),
  /** What it means if it fails: `outage` = requests fail by it now; `risk` = they do not, yet. */
  severity: z.enum(['risk', 'outage']),
  /** What was seen, against what was expected. */
  message: z.string(),
  /** Why it is unknown, if it is; else null. */
  because: blindSchema.nullable(),
  evidence: z.array(evidenceSchema),
  /** What a Nagios plugin measured, as it wrote it; else null. */
  perfdata: z.string().nullable(),
})

export type CheckResult = z.infer<typeof checkResultSchema>
