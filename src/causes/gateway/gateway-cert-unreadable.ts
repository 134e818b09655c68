import { sh } from '../../shell.js'
import { defineCause } from '../define.js'
import { configMistake } from '../shared/config-mistake.js'
import { asRoot } from '../shared/remedies.js'

export default defineCause({
  id: 'gateway-cert-unreadable',
  title: 'the gateway cannot read a certificate that its configuration names',
  layer: 'gateway',
  breaks: 'gateway',
  explains: ['gateway-down'],
  source: 'Reproduced: cannot load certificate "…": BIO_new_file() failed; nginx neither starts nor reloads.',
  judge: (scene) =>
    configMistake(scene, 'gateway-cert-unreadable', (text) => {
      // sample: cannot load certificate "/etc/letsencrypt/live/x/fullchain.pem": BIO_new_file() failed …
      const file = /["']([^"']+)["']|open (\/[^:]+)/.exec(text)?.slice(1).find(Boolean) ?? ''
      return [
        { command: asRoot(scene.login, sh`ls -lL ${file}`), note: 'shows whether it is there' },
        { command: asRoot(scene.login, sh`certbot certificates`), note: 'shows what certbot has, if it is used here' },
      ]
    }),
})
