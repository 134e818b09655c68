import type { Check } from '../inventory/check-schema.js'
import { t } from '../language/language.js'
import type { CheckResult } from './result.js'
import type { Seen } from './to-probe.js'

/** What a Nagios plugin says, as its exit code and its lines have it (Monitoring Plugins Development Guidelines). */
export function readPlugin(
  { severity }: Pick<Check, 'severity'>,
  { exitCode, output, errors }: Seen,
): Pick<CheckResult, 'state' | 'severity' | 'message' | 'perfdata'> {
  const { message, perfdata } = readLines(output)
  const said = message || errors.split('\n')[0] || t`exit code ${exitCode}, and not a word`
  if (exitCode === 0) return { state: 'pass', severity, message: said, perfdata }
  // A warning is a risk, whatever a critical state would be.
  if (exitCode === 1) return { state: 'fail', severity: 'risk', message: said, perfdata }
  if (exitCode === 2) return { state: 'fail', severity, message: said, perfdata }
  return { state: 'unknown', severity, message: said, perfdata }
}

/**
 * sample: DISK OK - free space: / 3326 MB (56%); | /=2643MB;5948;5958;0;5968
 *         / 15272 MB (77%);
 *         /boot 68 MB (69%); | /boot=68MB;88;93;0;98
 *         /home=69357MB;253404;253409;0;253414
 */
function readLines(output: string): Pick<CheckResult, 'message' | 'perfdata'> {
  const [first = '', ...more] = output.split('\n')
  const [message = '', ...measured] = first.split('|')
  const [, ...below] = more.join('\n').split('|')
  const perfdata = [...measured, ...below].join(' ').replaceAll(/\s+/g, ' ').trim()
  return { message: message.trim().slice(0, 300), perfdata: perfdata === '' ? null : perfdata }
}
