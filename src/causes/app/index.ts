import appCrashUncaught from './app-crash-uncaught.js'
import appFailsSometimes from './app-fails-sometimes.js'
import appFdLimit from './app-fd-limit.js'
import appHung from './app-hung.js'
import appLeakDegrades from './app-leak-degrades.js'
import appMalformedResponse from './app-malformed-response.js'
import appOnGatewayPort from './app-on-gateway-port.js'
import appServes5xx from './app-serves-5xx.js'
import appServiceFailed from './app-service-failed.js'
import appServiceStopped from './app-service-stopped.js'
import appStarting from './app-starting.js'
import eaddrinuseOrphan from './eaddrinuse-orphan.js'
import eaddrinuseOtherApp from './eaddrinuse-other-app.js'
import nativeAddonCrash from './native-addon-crash.js'
import privilegedPort from './privileged-port.js'
import wrapperAliveChildDead from './wrapper-alive-child-dead.js'

export default [
  appCrashUncaught,
  appFailsSometimes,
  appFdLimit,
  appHung,
  appLeakDegrades,
  appMalformedResponse,
  appOnGatewayPort,
  appServes5xx,
  appServiceFailed,
  appServiceStopped,
  appStarting,
  eaddrinuseOrphan,
  eaddrinuseOtherApp,
  nativeAddonCrash,
  privilegedPort,
  wrapperAliveChildDead,
]
