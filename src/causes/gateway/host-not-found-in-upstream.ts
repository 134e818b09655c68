import { t } from '../../language/language.js'
import { sh } from '../../shell.js'
import { defineCause } from '../define.js'
import { configMistake } from '../shared/config-mistake.js'
import { risks, steps } from '../shared/steps.js'

export default defineCause({
  id: 'host-not-found-in-upstream',
  title: 'the gateway cannot resolve the host of an upstream',
  layer: 'gateway',
  breaks: 'gateway',
  explains: ['gateway-down'],
  needs: ['nginx'],
  runbook: {
    symptom: 'connections are refused since a restart, or a reload changes nothing',
    signs: ['the gateway says `host not found in upstream`, and names the line'],
    against: [
      'gateway-boot-dns-race: the name is found now',
      'resolver-unreachable: the gateway runs, and looks the name up for each request',
    ],
    remedy: [
      { step: 'see whether the host itself finds it: `getent hosts <name>`', risk: risks.none },
      { step: 'correct the name, or the resolver of the host (/etc/resolv.conf, /etc/hosts)', risk: risks.none },
      steps.reload,
    ],
  },
  source:
    'Reproduced: [emerg] host not found in upstream "…": names without a variable are looked up at start and reload.',
  judge: (scene) =>
    configMistake(scene, 'host-not-found-in-upstream', (text) => {
      // sample: host not found in upstream "backend.internal:3000"
      const host = /["']([^"':]+)/.exec(text)?.[1] ?? ''
      return [
        { command: sh`getent hosts ${host}`, note: t`shows whether this host can resolve it now`, risk: risks.none },
      ]
    }),
})
