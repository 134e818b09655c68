import { defineCrashCause } from '../shared/crash-cause.js'
import { pm2With, readLog } from '../shared/remedies.js'

export default defineCrashCause({
  id: 'heap-oom',
  title: "the app's JavaScript heap is full",
  layer: 'resources',
  source: 'Reproduced: V8 aborts (SIGABRT) at its heap limit; pm2 notes exit code 0 for it.',
  summary: (app) => `${app.name} runs out of JavaScript heap`,
  remedy: (scene, app) => [
    {
      command: pm2With(scene, app, { NODE_OPTIONS: '--max-old-space-size=2048' }, 'restart', app.name, '--update-env'),
      note: 'raises the limit to 2 GB (keep it below the free memory); a leak only takes longer then',
    },
    readLog(scene, app),
  ],
})
