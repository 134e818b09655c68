import firewallDropGatewayApp from './firewall-drop-gateway-app.js'
import firewallRejectGatewayApp from './firewall-reject-gateway-app.js'
import publicPortBlocked from './public-port-blocked.js'

export default [firewallDropGatewayApp, firewallRejectGatewayApp, publicPortBlocked]
