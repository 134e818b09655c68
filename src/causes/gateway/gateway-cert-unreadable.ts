import { t } from '../../language/language.js'
import { sh } from '../../shell.js'
import { defineCause } from '../define.js'
import { configMistake } from '../shared/config-mistake.js'
import { asRoot } from '../shared/remedies.js'
import { risks, steps } from '../shared/steps.js'

export default defineCause({
  id: 'gateway-cert-unreadable',
  title: 'the gateway cannot read a certificate that its configuration names',
  layer: 'gateway',
  breaks: 'gateway',
  explains: ['gateway-down'],
  needs: ['nginx'],
  runbook: {
    symptom: 'connections are refused, or a reload changes nothing, after a certificate was moved or removed',
    signs: ['the configuration names a certificate or key that is not there, or may not be read'],
    against: [
      'gateway-config-invalid: another line is at fault',
      'cert-expired: the certificate is there, and too old',
    ],
    remedy: [
      { step: 'see whether it is there: `ls -lL <file>`', risk: risks.none },
      {
        step: 'restore or renew it: `certbot certificates`, `certbot renew`',
        risk: 'certificate authorities limit how often: try with --dry-run first',
      },
      steps.reload,
    ],
  },
  source: 'Reproduced: cannot load certificate "…": BIO_new_file() failed; nginx neither starts nor reloads.',
  judge: (scene) =>
    configMistake(scene, 'gateway-cert-unreadable', (text) => {
      // sample: cannot load certificate "/etc/letsencrypt/live/x/fullchain.pem": BIO_new_file() failed …
      const file = /["']([^"']+)["']|open (\/[^:]+)/.exec(text)?.slice(1).find(Boolean) ?? ''
      return [
        { command: asRoot(scene.login, sh`ls -lL ${file}`), note: t`shows whether it is there`, risk: risks.none },
        {
          command: asRoot(scene.login, sh`certbot certificates`),
          note: t`shows what certbot has, if it is used here`,
          risk: risks.none,
        },
      ]
    }),
})
