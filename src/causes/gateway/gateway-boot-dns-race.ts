import { knownValue } from '../../fact.js'
import { t } from '../../language/language.js'
import { bootedMs } from '../../path/boot.js'
import type { Facts } from '../../probes/index.js'
import type { Unit } from '../../probes/services.js'
import { sh } from '../../shell.js'
import { defineCause } from '../define.js'
import { asRoot } from '../shared/remedies.js'
import { answerEvidence, stateOf } from '../shared/scene.js'
import { unitEvidence } from '../shared/service.js'
import { risks } from '../shared/steps.js'

/** A start this soon after a boot may have come before the network. */
const soonMs = 5 * 60_000

export default defineCause({
  id: 'gateway-boot-dns-race',
  title: 'the gateway was started at boot before the network was ready',
  layer: 'gateway',
  breaks: 'gateway',
  explains: ['gateway-down', 'gateway-config-invalid', 'host-not-found-in-upstream'],
  needs: ['nginx', 'services', 'journals', 'host'],
  runbook: {
    symptom: 'connections are refused since the last boot',
    signs: [
      'its unit failed within minutes of the boot',
      'its journal says `host not found in upstream`, or that it cannot bind an address',
      'that name or address is there now',
    ],
    against: [
      'host-not-found-in-upstream: the name is not there now either',
      'gateway-config-invalid: the configuration itself is at fault',
      'gateway-port-taken: bind fails with 98, not 99',
    ],
    remedy: [
      { step: 'start it, now that the network is there: `systemctl start nginx`', risk: risks.none },
      {
        step: 'have it wait: After=network-online.target and Wants=network-online.target in its unit',
        risk: 'the boot may take a little longer',
      },
    ],
  },
  source:
    'nginx/src/http/ngx_http_upstream.c and ngx_connection.c: both words are fatal at start; trojan-tutor#36, nixpkgs#5832.',
  judge: (scene) => {
    const { facts } = scene
    if (stateOf(scene, 'gateway') !== 'broken') return undefined
    const unit = knownValue(facts.services)?.units?.find(
      (each) => each.role === 'gateway' && each.activeState === 'failed',
    )
    const bootMs = bootedMs(facts)
    if (!unit || bootMs === null || unit.changedMs === null || unit.changedMs - bootMs > soonMs) return undefined
    const lines = journalOf(unit, facts)
    if (lines === undefined)
      return {
        holds: null,
        because: t`the journal of ${unit.name} could not be read`,
        decide: asRoot(scene.login, sh`journalctl -b -u ${unit.name} -n 20 --no-pager`).text,
      }
    const obstacle = findObstacle(lines)
    if (!obstacle) return undefined
    const now = isThereNow(obstacle, facts)
    if (now === false) return undefined
    if (now === undefined)
      return {
        holds: null,
        because: t`whether ${obstacle.what} is there now could not be seen`,
        decide: obstacle.isName ? sh`getent ahosts ${obstacle.what}`.text : 'ip address',
      }
    const folder = `/etc/systemd/system/${unit.name}.d`
    return {
      holds: true,
      confidence: 'high',
      subject: unit.name,
      summary: t`${unit.name} failed at boot because ${obstacle.what} was not there yet; by now it is`,
      evidence: [
        { source: `journalctl -u ${unit.name}`, text: obstacle.line },
        { source: obstacle.isName ? `getent ahosts ${obstacle.what}` : 'ip address', text: now },
        {
          source: 'uptime',
          text: t`it failed ${Math.max(0, Math.round((unit.changedMs - bootMs) / 1000))} s after the boot`,
        },
        unitEvidence(unit),
        ...answerEvidence(scene),
      ],
      remedy: [
        {
          command: asRoot(scene.login, sh`systemctl start ${unit.name}`),
          note: t`starts it, now that the network is there`,
          risk: risks.none,
        },
        {
          command: asRoot(
            scene.login,
            sh`mkdir -p ${folder}`,
            sh`sh -c ${`printf '[Unit]\\nAfter=network-online.target nss-lookup.target\\nWants=network-online.target\\n' > ${folder}/network.conf`}`,
            sh`systemctl daemon-reload`,
          ),
          note: t`has it wait for the network at the next boot`,
          risk: t`that boot may take a little longer`,
        },
      ],
    }
  },
})

interface Obstacle {
  what: string
  isName: boolean
  line: string
}

function findObstacle(lines: readonly string[]): Obstacle | undefined {
  for (const line of lines.toReversed()) {
    // sample: nginx: [emerg] host not found in upstream "app.internal:3000" in /etc/nginx/sites-enabled/site:5
    const name = /host not found in upstream "([^":]+)/.exec(line)?.[1]
    if (name !== undefined) return { what: name, isName: true, line }
    // sample: nginx: [emerg] bind() to 10.0.0.5:80 failed (99: Cannot assign requested address)
    const address = /bind\(\) to \[?([\d.]+|[\da-f:]+)\]?:\d+ failed \(99: /.exec(line)?.[1]
    if (address !== undefined) return { what: address, isName: false, line }
  }
  return undefined
}

/** What it is now; false = still missing; undefined = not seen. */
function isThereNow({ what, isName }: Obstacle, facts: Facts): string | false | undefined {
  if (isName) {
    const addresses = knownValue(facts.journals)?.names.find(({ name }) => name === what)?.addresses
    return addresses === undefined ? undefined : (addresses[0] ?? false)
  }
  const addresses = knownValue(facts.host)?.addresses
  return addresses === undefined ? undefined : addresses.includes(what) && what
}

function journalOf(unit: Unit, facts: Facts): string[] | undefined {
  const lines = knownValue(facts.journals)?.journals.find((journal) => journal.unit === unit.name)?.lines
  return lines?.map(({ text }) => text)
}
