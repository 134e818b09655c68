import dockerPortMapping from './docker-port-mapping.js'
import localhostIpv6Mismatch from './localhost-ipv6-mismatch.js'
import nextHostnameBind from './next-hostname-bind.js'
import noListener from './no-listener.js'
import proxyPortMismatch from './proxy-port-mismatch.js'
import unixSocketMissing from './unix-socket-missing.js'

export default [
  dockerPortMapping,
  localhostIpv6Mismatch,
  nextHostnameBind,
  noListener,
  proxyPortMismatch,
  unixSocketMissing,
]
