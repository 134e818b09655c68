import { t } from '../../language/language.js'
import { defineCrashCause } from '../shared/crash-cause.js'
import { readLog, restartWith } from '../shared/remedies.js'

export default defineCrashCause({
  id: 'heap-oom',
  title: "the app's JavaScript heap is full",
  layer: 'resources',
  runbook: {
    symptom: '502 now and then, or again and again; memory goes up until the app ends',
    signs: ['`JavaScript heap out of memory` in the log: V8 ended at its own limit'],
    against: [
      'oom-killed-app: the kernel killed it (SIGKILL), with no word of its own',
      'next-build-oom-killed: it was the build that ended',
    ],
    remedy: [
      {
        step: 'raise the limit: `NODE_OPTIONS=--max-old-space-size=2048 pm2 restart <app> --update-env`',
        risk: 'above the free memory of the host the kernel kills it instead',
      },
      {
        step: 'look for the leak: `node --heapsnapshot-near-heap-limit=1`',
        risk: 'a snapshot stops the app for seconds and takes the size of the heap on the disk',
      },
    ],
  },
  source: 'Reproduced: V8 aborts (SIGABRT) at its heap limit; pm2 notes exit code 0 for it.',
  summary: (app) => t`${app.name} runs out of JavaScript heap`,
  remedy: (scene, app) => [
    {
      command: restartWith(scene, app, { NODE_OPTIONS: '--max-old-space-size=2048' }),
      note: t`raises the limit to 2 GB; a leak only takes longer then`,
      risk: t`above the free memory of the host the kernel kills it instead`,
    },
    readLog(scene, app),
  ],
})
