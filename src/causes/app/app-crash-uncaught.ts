import { defineCrashCause } from '../shared/crash-cause.js'
import { readLog, restart } from '../shared/remedies.js'

export default defineCrashCause({
  id: 'app-crash-uncaught',
  title: 'the app dies of an error in its own code',
  layer: 'app',
  source: 'Reproduced: Node prints the error and its stack to standard error and exits with 1.',
  summary: (app, crash) => `${app.name} dies of its own error: ${crash.name}`,
  remedy: (scene, app) => [
    readLog(scene, app),
    { note: `mend the code that the trace names (or go back to the last release), build, then restart` },
    restart(scene, app),
  ],
})
