import type { Answer } from '../answer.js'

/** One broken host (or a healthy one), and what is true of it. */
export interface Fault {
  /** The host's name in the lab and in its inventory. */
  name: string
  /** What happened to it, for a person. */
  about: string
  /** The id of the root cause that a diagnosis must name; null where the host is healthy or nobody can log in. */
  cause: string | null
  /** What a visitor gets. The lab proves it before it hands the host over. */
  answer: Answer
  /** Why nobody can log in over SSH, where that is the fault: `unreachable`, `refused`, `auth`, `host-key-changed`, `no-banner`, `protocol`. */
  login?: 'unreachable' | 'refused' | 'auth' | 'host-key-changed' | 'no-banner' | 'protocol'
  /**
   * The bash script that breaks a host which was healthy a moment ago. It runs as root in the app's folder after prelude.sh, finds its own
   * address in $ADDRESS and its peer's in $PEER, and ends only when the host has settled.
   */
  breakWith?: string
  /** The other host that this one needs: started with it, and broken before it. */
  peer?: string
  /** What is no problem and still noticed. */
  note?: string
  /** Independent causes that are named besides. */
  also?: string[]
  /** How often a check makes its requests, where one answer does not show the fault: in the lab's inventory. */
  samples?: number
  diskMebibytes?: number
  seesKernelLog?: boolean
}
