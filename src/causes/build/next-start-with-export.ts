import { defineCrashCause } from '../shared/crash-cause.js'
import { pm2 } from '../shared/remedies.js'

export default defineCrashCause({
  id: 'next-start-with-export',
  title: '`next start` cannot serve an exported site',
  layer: 'build',
  source: 'Reproduced: output "export" ends next start with exit code 1.',
  summary: (app) => `${app.name} is built as plain files (output: export), which next start refuses to serve`,
  remedy: (scene, app) => [
    { note: `let nginx serve ${app.cwd}/out itself (root ${app.cwd}/out;) in place of proxy_pass` },
    { command: pm2(scene, app, 'delete', app.name), note: 'takes the app off the pm2 list' },
  ],
})
