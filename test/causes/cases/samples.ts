import { defineCases } from '../../support/cases.js'
import { listener, listeners } from '../../support/facts.js'
import { appFacts, gatewayFacts, peer, stoppedAppFacts, unseenPeer, withPeers } from '../../support/two-hosts.js'

export default defineCases({
  'app-fails-sometimes': { not: 'ops/upstream-not-retried' },
  'upstream-not-retried': { flags: 'ops/upstream-not-retried', not: 'topologies/upstream-one-dead' },
  'upstream-host-broken': {
    flags: () => withPeers(gatewayFacts(), peer(stoppedAppFacts())),
    not: () => withPeers(gatewayFacts(), peer(appFacts())),
    unknown: () => withPeers(gatewayFacts(), unseenPeer()),
  },
  'network-between-hosts': {
    flags: () => withPeers(gatewayFacts(), peer(appFacts())),
    not: () => withPeers(gatewayFacts(), peer(appFacts({ listeners: listeners(listener({ address: '127.0.0.1' })) }))),
    unknown: () => withPeers(gatewayFacts(), unseenPeer()),
  },
})
