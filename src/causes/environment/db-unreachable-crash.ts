import { sh } from '../../shell.js'
import { defineCrashCause } from '../shared/crash-cause.js'
import { asRoot, restart } from '../shared/remedies.js'

export default defineCrashCause({
  id: 'db-unreachable-crash',
  title: 'the app dies because its database does not answer',
  layer: 'environment',
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
            },
          ]),
      { note: 'start the database (or mend what stopped it)' },
      restart(scene, app),
    ]
  },
})
