import { t } from '../language/language.js'
import type { Status } from '../record.js'

/** A status as people read it. */
export function wordOf(status: Status): string {
  const words: Record<Status, string> = {
    healthy: t`healthy`,
    degraded: t`degraded`,
    broken: t`broken`,
    unreachable: t`unreachable`,
    unknown: t`unknown`,
  }
  return words[status]
}
