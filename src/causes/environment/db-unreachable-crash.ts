import { sh } from '../../shell.js'
import { defineCrashCause } from '../shared/crash-cause.js'
import { asRoot, restart } from '../shared/remedies.js'
import { risks, steps } from '../shared/steps.js'

export default defineCrashCause({
  id: 'db-unreachable-crash',
  title: 'the app dies because its database does not answer',
  layer: 'environment',
  runbook: {
    symptom: '502 on every request since the database, or the way to it, went',
    signs: [
      'the last life of the app ended with a refused or late connection, or a login that the database refused',
      'the error names the address that was dialled',
    ],
    against: [
      'app-serves-5xx: the app survives and answers 500',
      'env-missing: the address of the database is not set at all',
      'disk-full: the database itself may have ended by it',
    ],
    remedy: [
      { step: 'on the host of the database, see whether it listens: `ss -ltnp "sport = :<port>"`', risk: risks.none },
      { step: 'start the database, or open the way to it', risk: risks.none },
      steps.restart,
    ],
  },
  source: 'Reproduced: connect ECONNREFUSED right before the exit; an app that survives answers 500 instead.',
  summary: (app, { name }) => `${app.name} cannot reach its database${name === '' ? '' : ` at ${name}`}`,
  remedy: (scene, app, { name }) => {
    // sample: 127.0.0.1:5432
    const port = /:(\d+)$/.exec(name)?.[1]
    return [
      ...(port === undefined
        ? []
        : [
            {
              command: asRoot(scene.login, sh`ss -ltnp ${`sport = :${port}`}`),
              note: 'shows whether anything listens there',
              risk: risks.none,
            },
          ]),
      { note: 'start the database (or mend what stopped it)', risk: risks.none },
      restart(scene, app),
    ]
  },
})
