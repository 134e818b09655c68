import app from './app/index.js'
import build from './build/index.js'
import type { Cause } from './define.js'
import environment from './environment/index.js'
import gateway from './gateway/index.js'
import listener from './listener/index.js'
import network from './network/index.js'
import pm2 from './pm2/index.js'
import resources from './resources/index.js'

/** Every root cause, in the order in which a request passes their layers. Adding one is a file in its layer's folder and its line in that folder's list. */
export const causes: readonly Cause[] = [
  ...network,
  ...gateway,
  ...listener,
  ...pm2,
  ...app,
  ...environment,
  ...build,
  ...resources,
]
