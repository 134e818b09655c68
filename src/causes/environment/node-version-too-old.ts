import { defineCrashCause } from '../shared/crash-cause.js'
import { restart } from '../shared/remedies.js'

export default defineCrashCause({
  id: 'node-version-too-old',
  title: 'Node.js is too old for this Next.js',
  layer: 'environment',
  source: 'Reproduced with Next.js 14, 15 and 16, which check at start.',
  summary: (app, { name }) =>
    `${app.name} runs on Node.js ${name}, too old for Next.js ${app.build?.nextVersion ?? ''}`.trim(),
  remedy: (scene, app) => [
    { note: `install Node.js ${app.build?.requiresNode ?? 'as its error message says'} and make pm2 use it` },
    restart(scene, app),
  ],
})
