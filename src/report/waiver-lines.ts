import { t } from '../language/language.js'
import type { HostRecord } from '../record.js'

/** What has been waived on a host, a sentence each, and what was and is no longer. */
export function tellWaivers({ waivers }: HostRecord): string[] {
  return waivers.map(({ cause, reason, owner, until, isExpired }) =>
    isExpired
      ? t`the waiver of ${cause} has expired: it held until ${until} (${owner}: ${reason})`
      : t`${cause} is waived until ${until} (${owner}: ${reason})`,
  )
}
