import type { Check } from '../inventory/check-schema.js'
import { redact } from '../redact.js'

/** A check as it may be kept: what looks like a secret in its words is masked. It is judged as before, but can no longer run. */
export function redactCheck(check: Check): Check {
  const { command, url, nagios } = check
  return {
    ...check,
    ...(command !== undefined && { command: redact(command) }),
    ...(url !== undefined && { url: redact(url) }),
    ...(nagios !== undefined && { nagios: redact(nagios) }),
  }
}
