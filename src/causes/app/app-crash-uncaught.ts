import { t } from '../../language/language.js'
import { defineCrashCause } from '../shared/crash-cause.js'
import { readLog, restart } from '../shared/remedies.js'
import { steps } from '../shared/steps.js'

export default defineCrashCause({
  id: 'app-crash-uncaught',
  title: 'the app dies of an error in its own code',
  layer: 'app',
  runbook: {
    symptom: '502 on every request, or in between lives; the error log of the app ends in a trace',
    signs: [
      'the last life of the app ended with this error and its trace',
      'no error that has a cause of its own (port, module, variable, database, memory) stands before it',
    ],
    against: [
      'app-serves-5xx: the app survives its error and answers 500',
      'module-not-found, env-missing, db-unreachable-crash: the error names what is missing',
    ],
    remedy: [
      steps.readLog,
      {
        step: 'mend the code that the trace names, or go back to the last release, and build',
        risk: 'a former release may not fit the database of today',
      },
      steps.restart,
    ],
  },
  source: 'Reproduced: Node prints the error and its stack to standard error and exits with 1.',
  summary: (app, crash) => t`${app.name} dies of its own error: ${crash.name}`,
  remedy: (scene, app) => [
    readLog(scene, app),
    {
      note: t`mend the code that the trace names (or go back to the last release), build, then restart`,
      risk: t`a former release may not fit the database of today`,
    },
    restart(scene, app),
  ],
})
