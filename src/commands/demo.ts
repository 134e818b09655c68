import { startDemoFleet } from '../demo/fleet.js'
import { t } from '../language/language.js'
import { checkTableOptions } from '../report/table-options.js'
import { checkHosts } from './check.js'
import type { CommandIo } from './command-io.js'
import { openReports, type Reports } from './outputs.js'

function welcome(): string {
  return t`Demo: real hosts with real faults, recorded, and played back by SSH servers on this machine.
For a host of your own: fleetdx check user@host

`
}

/** `fleetdx demo`: checks a fleet of recorded hosts on this machine, as `check` would a real one. Returns the exit code. */
export async function runDemo(wanted: Reports, io: CommandIo): Promise<number> {
  checkTableOptions(wanted.look ?? {})
  const reports = await openReports(wanted, io)
  const fleet = await startDemoFleet()
  io.stderr.write(welcome())
  try {
    // No agent: the demo's own key is the only one it needs.
    const { SSH_AUTH_SOCK: _, ...env } = io.env
    return await checkHosts(
      { hosts: fleet.hosts, runMs: 60_000 },
      { jobs: fleet.hosts.length, breaker: true, reports },
      { ...io, env },
    )
  } finally {
    fleet.stop()
  }
}
