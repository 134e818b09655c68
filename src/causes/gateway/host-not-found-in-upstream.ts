import { sh } from '../../shell.js'
import { defineCause } from '../define.js'
import { configMistake } from '../shared/config-mistake.js'

export default defineCause({
  id: 'host-not-found-in-upstream',
  title: 'the gateway cannot resolve the host of an upstream',
  layer: 'gateway',
  breaks: 'gateway',
  explains: ['gateway-down'],
  source:
    'Reproduced: [emerg] host not found in upstream "…": names without a variable are looked up at start and reload.',
  judge: (scene) =>
    configMistake(scene, 'host-not-found-in-upstream', (text) => {
      // sample: host not found in upstream "backend.internal:3000"
      const host = /["']([^"':]+)/.exec(text)?.[1] ?? ''
      return [{ command: sh`getent hosts ${host}`, note: 'shows whether this host can resolve it now' }]
    }),
})
