import appCrashUncaught from './app-crash-uncaught.js'
import appHung from './app-hung.js'
import appOnGatewayPort from './app-on-gateway-port.js'
import appServes5xx from './app-serves-5xx.js'
import appServiceFailed from './app-service-failed.js'
import appServiceStopped from './app-service-stopped.js'
import appStarting from './app-starting.js'
import eaddrinuseOrphan from './eaddrinuse-orphan.js'
import eaddrinuseOtherApp from './eaddrinuse-other-app.js'
import privilegedPort from './privileged-port.js'
import wrapperAliveChildDead from './wrapper-alive-child-dead.js'

export default [
  appCrashUncaught,
  appHung,
  appOnGatewayPort,
  appServes5xx,
  appServiceFailed,
  appServiceStopped,
  appStarting,
  eaddrinuseOrphan,
  eaddrinuseOtherApp,
  privilegedPort,
  wrapperAliveChildDead,
]
