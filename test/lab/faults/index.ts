import { addressOf } from '../site.js'
import { appFaults } from './app.js'
import { appMoreFaults } from './app-more.js'
import { buildFaults } from './build.js'
import type { Fault } from './fault.js'
import { gatewayFaults } from './gateway.js'
import { moreGatewayFaults } from './gateway-more.js'
import { otherGatewayFaults } from './gateways.js'
import { hostMoreFaults } from './host-more.js'
import { loginFaults } from './login.js'
import { networkFaults } from './network.js'
import { pm2Faults } from './pm2.js'
import { morePm2Faults } from './pm2-more.js'
import { resourceFaults } from './resources.js'
import { sampledFaults } from './samples.js'
import { serviceFaults } from './services.js'

const healthy: Fault = {
  name: 'healthy',
  about: 'nothing is wrong',
  cause: null,
  answer: 200,
}

/** Every host of the lab. A host's address follows from its place here. */
export const faults: Fault[] = [
  healthy,
  ...pm2Faults,
  ...appFaults,
  ...buildFaults,
  ...gatewayFaults,
  ...networkFaults,
  ...resourceFaults,
  ...loginFaults,
  ...serviceFaults,
  ...otherGatewayFaults,
  ...moreGatewayFaults,
  ...hostMoreFaults,
  ...sampledFaults,
  ...appMoreFaults,
  ...morePm2Faults,
]

/** The address of the host with this fault. */
export function addressOfFault(name: string): string {
  return addressOf(faults.findIndex((fault) => fault.name === name) + 10)
}
