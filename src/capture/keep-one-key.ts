import type { HostCapture } from './host-capture.js'

/**
 * Each run has a key of its own for the digests that hosts make. Where captures are of several runs, none keeps the name of
 * its key: nothing says then that two digests may be compared.
 */
export function keepOneKey(captures: readonly HostCapture[]): readonly HostCapture[] {
  const ids = captures.flatMap(({ outcome }) => (outcome.kind === 'collected' ? (outcome.capture.digestId ?? []) : []))
  return new Set(ids).size < 2 ? captures : captures.map(forgetKey)
}

function forgetKey(captured: HostCapture): HostCapture {
  const { outcome } = captured
  if (outcome.kind !== 'collected') return captured
  const { digestId: _, ...capture } = outcome.capture
  return { ...captured, outcome: { ...outcome, capture } }
}
