import { homedir } from 'node:os'
import { join } from 'node:path'

/** Which of the labs on this machine: 1 to 254. It numbers the subnet, so two labs with different numbers can run side by side. */
const labNumber = Number(process.env.FLEETDX_LAB ?? 83)

/** Marks all that belongs to this lab: its control groups, its mounts. */
export const labMark = `fleetdx-lab-${labNumber}`

export const bridgeName = `fdxlab${labNumber}`

/** The client's own address on the lab's bridge. */
export const clientAddress = addressOf(1)

/** The base layer and what it was downloaded from; kept between runs. */
export const cacheFolder = process.env.FLEETDX_LAB_CACHE ?? join(homedir(), '.cache', 'fleetdx-lab')

/** Keys, known hosts and the inventory of the running lab; gone with it. */
export const stateFolder = join('/run', labMark)

/** The address of the lab's n-th machine, 2 to 254. */
export function addressOf(index: number): string {
  return `10.${labNumber}.0.${index}`
}
