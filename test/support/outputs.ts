import { functionName } from '../../src/collect/script.js'
import { probes } from '../../src/probes/index.js'

/** A word that a host of these tests made up for its frames. */
export const outputNonce = '@fleetdx-00112233445566778899aabbccddeeff'

/** A recording of a real host as the stand-alone script would have printed it, had it run there. */
export function toOutput(recording: string, nonce = outputNonce): string {
  const asked = Object.keys(probes).filter((name) => recording.includes(`begin ${functionName(name)} `))
  const body = recording.replaceAll('@fleetdx-recorded', nonce)
  return `\n${nonce} output 1 0.1.0 1795511766\n${nonce} asked ${asked.join(' ')}\n${body}\n${nonce} over 1795511769\n`
}
