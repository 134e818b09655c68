import { joinWords } from '../../language/join-words.js'
import { t } from '../../language/language.js'
import { isLoopback } from '../../path/target.js'
import { sh } from '../../shell.js'
import { defineCause, type Scene } from '../define.js'
import { asRoot } from '../shared/remedies.js'
import { answerEvidence, edgeEvidence, gatewayName, stateOf } from '../shared/scene.js'
import { risks } from '../shared/steps.js'

export default defineCause({
  id: 'gateway-bind-addr-missing',
  title: 'the gateway is to listen on an address that the host does not have',
  layer: 'gateway',
  breaks: 'gateway',
  explains: ['gateway-down', 'gateway-config-invalid', 'gateway-reload-silently-failed'],
  needs: ['host', 'nginx'],
  runbook: {
    symptom: 'connections to 80 and 443 are refused since a boot, a move or a change of the network',
    signs: [
      'the journal says `bind() to <address>:80 failed (99: Cannot assign requested address)`',
      '`ip address` does not show that address',
    ],
    against: [
      'gateway-boot-dns-race: the address is there by now, it only came too late',
      'gateway-port-taken: `(98: Address already in use)`',
    ],
    remedy: [
      {
        step: 'let it listen on an address that is there, or on all: `listen 80;`',
        risk: 'on all addresses it is reached from every network',
      },
      {
        step: 'or give the host its address back: `ip address`, netplan, the hoster',
        risk: 'two hosts with one address disturb each other',
      },
      { step: 'test and start it: `nginx -t && systemctl start nginx`', risk: risks.none },
    ],
  },
  source:
    'Reproduced: nginx src/core/ngx_connection.c; Apache AH00072, HAProxy and Caddy say it in the same words of the kernel.',
  judge: (scene) => {
    const { gateway } = scene.path
    if (!gateway || stateOf(scene, 'gateway') !== 'broken') return undefined
    const line = lastWords(scene).findLast((text) => /annot assign requested address/.test(text))
    const wanted = listensOn(scene)
    const named = wanted.find(({ address }) => line?.includes(address))
    if (line === undefined || !named) return undefined
    if (!scene.facts.host.known)
      return { holds: null, because: t`whether the host has ${named.address} could not be seen`, decide: 'ip address' }
    const own = scene.facts.host.value.addresses
    if (own.includes(named.address)) return undefined
    return {
      holds: true,
      confidence: 'high',
      subject: `${named.address}:${named.port}`,
      summary: t`${gatewayName(scene)} is to listen on ${named.address}:${named.port}, and the host has no such address`,
      evidence: [
        { source: `journalctl -u ${gateway.unit}`, text: line },
        { source: 'ip address', text: joinWords(own.filter((address) => !isLoopback(address))) || t`loopback only` },
        ...edgeEvidence(scene, 'gateway'),
        ...answerEvidence(scene),
      ],
      remedy: [
        {
          command: asRoot(
            scene.login,
            sh`grep -rn ${named.address} ${gateway.facts.files.map(({ path }) => path).slice(0, 20)}`,
          ),
          note: t`shows where the address is written: name one that is there, or none for all`,
          risk: risks.none,
        },
        {
          command: asRoot(scene.login, gateway.test, sh`systemctl start ${gateway.unit}`),
          note: t`tests the configuration and starts ${gateway.name}`,
          risk: risks.none,
        },
      ],
    }
  },
})

/** What it said at its last start: the journal, then its log. */
function lastWords({ path: { gateway } }: Scene): string[] {
  const since = gateway?.facts.configModifiedMs ?? 0
  const logged = (gateway?.errors?.emergencies ?? []).filter(({ atMs }) => atMs !== null && atMs + 1000 >= since)
  const said = gateway?.facts.unit?.lastMessages ?? []
  const attempt = said.slice(said.findLastIndex((text) => text.startsWith('Starting ')) + 1)
  return [...logged.map(({ text }) => text), ...attempt]
}

/** Addresses of its own that the gateway's sites listen on. */
function listensOn({ path: { gateway } }: Scene): { address: string; port: number }[] {
  return (gateway?.facts.sites ?? [])
    .flatMap(({ listens }) => listens)
    .flatMap(({ address, port }) =>
      port === null || address === '0.0.0.0' || address === '::' || isLoopback(address) ? [] : [{ address, port }],
    )
}
