import { t } from '../../language/language.js'
import { defineCrashCause } from '../shared/crash-cause.js'
import { restartWith } from '../shared/remedies.js'
import { risks } from '../shared/steps.js'

export default defineCrashCause({
  id: 'app-listen-addr-invalid',
  title: 'the app is told to listen on an address that this host does not have',
  layer: 'environment',
  runbook: {
    symptom: '502 on every request after the address of the host, or HOSTNAME, was changed',
    signs: ['the app dies of `listen EADDRNOTAVAIL`, or cannot resolve what it is to listen on'],
    against: [
      'next-hostname-bind: it listens, on an address that is not dialled',
      'db-unreachable-crash: the name that is not found is that of a database',
    ],
    remedy: [
      {
        step: 'bind it to loopback: `HOSTNAME=127.0.0.1 pm2 restart <app> --update-env`',
        risk: 'a gateway on another host does not reach it then',
      },
      { step: 'correct HOSTNAME or -H in its ecosystem file, and `pm2 save`', risk: risks.save },
    ],
  },
  source: 'Reproduced: listen EADDRNOTAVAIL, getaddrinfo ENOTFOUND of HOSTNAME or -H.',
  summary: (app, { name }) => t`${app.name} cannot listen on ${name}`,
  remedy: (scene, app) => [
    {
      command: restartWith(scene, app, { HOSTNAME: '127.0.0.1' }),
      note: t`binds it to the loopback address; set HOSTNAME (or -H) in its ecosystem file too`,
      risk: t`a gateway on another host does not reach it then`,
    },
  ],
})
