import { basename } from 'node:path'
import { t } from '../../language/language.js'
import type { App } from '../../path/app.js'
import { defineCrashCause } from '../shared/crash-cause.js'
import { inFolder, pm2, pm2Words } from '../shared/remedies.js'
import { risks, steps } from '../shared/steps.js'

export default defineCrashCause({
  id: 'pm2-shell-script-as-js',
  title: 'node is given a shell script to run',
  layer: 'pm2',
  explains: ['app-crash-uncaught'],
  runbook: {
    symptom: '502 on every request since the app was started as node_modules/.bin/<program>',
    signs: [
      'the app dies of a SyntaxError at a line of shell: `basedir=$(dirname …`, `case `uname` in`, `exec node`',
      'its script is in node_modules/.bin, or is one of a shell, and its interpreter is node',
    ],
    against: ['app-crash-uncaught: the SyntaxError is in JavaScript of the app'],
    remedy: [
      steps.remove,
      {
        step: 'give pm2 the JavaScript (`node_modules/next/dist/bin/next`), or `--interpreter none`',
        risk: risks.none,
      },
      steps.save,
    ],
  },
  source: 'Unitech/pm2#3657. Reproduced with pm2 7.0 and the shims that pnpm puts into node_modules/.bin.',
  summary: (app) => t`pm2 runs ${app.instances[0]?.script ?? t`a script`} with node, but that is a shell script`,
  remedy: (scene, app) => [
    { command: pm2(scene, app, 'delete', app.name), note: t`takes the wrong entry off the list`, risk: risks.remove },
    {
      command: inFolder(scene, app, pm2Words(app, 'start', ...program(app), '--name', app.name, ...argumentsOf(app))),
      note: t`starts what that script would start; change \`script\` in the ecosystem file of ${app.name}, too`,
      risk: risks.none,
    },
    { command: pm2(scene, app, 'save'), note: t`stores the list`, risk: risks.save },
  ],
})

function scriptOf({ instances }: App): string {
  return instances[0]?.script ?? 'a script'
}

function program(app: App): string[] {
  const script = scriptOf(app)
  return basename(script) === 'next' ? ['node_modules/next/dist/bin/next'] : [script, '--interpreter', 'none']
}

function argumentsOf({ instances }: App): string[] {
  const args = instances[0]?.args ?? []
  return args.length === 0 ? [] : ['--', ...args]
}
