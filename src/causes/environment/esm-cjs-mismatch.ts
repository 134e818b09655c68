import { t } from '../../language/language.js'
import { defineCrashCause } from '../shared/crash-cause.js'
import { readLog, restart } from '../shared/remedies.js'
import { steps } from '../shared/steps.js'

export default defineCrashCause({
  id: 'esm-cjs-mismatch',
  title: 'a file is an ES module where node expects CommonJS, or reverse',
  layer: 'environment',
  runbook: {
    symptom: '502 on every request after a deploy, an upgrade of a package, or with an older node',
    signs: [
      '`ERR_REQUIRE_ESM`, `Cannot use import statement outside a module`, `require is not defined in ES module scope`',
    ],
    against: [
      'node-version-too-old: node 22 and newer take what older ones refuse',
      'module-not-found: the file is not there',
    ],
    remedy: [
      steps.readLog,
      {
        step: 'make file and package agree: "type": "module" in package.json, or the ending .mjs or .cjs; for a package, `import()` or its last version with require',
        risk: 'changes how every .js file of the package is read',
      },
      steps.restart,
    ],
  },
  source: 'Node.js, errors: ERR_REQUIRE_ESM; each message reproduced with node 18 and 20.',
  summary: (app, { name }) =>
    name === ''
      ? t`${app.name} mixes ES modules and CommonJS in a way that its node refuses`
      : t`${app.name} mixes ES modules and CommonJS in a way that its node refuses: ${name}`,
  remedy: (scene, app) => [
    readLog(scene, app),
    {
      note: t`make the file that it names and its package.json agree ("type", or the ending .mjs or .cjs), or run a newer node`,
      risk: t`"type" changes how every .js file of the package is read`,
    },
    restart(scene, app),
  ],
})
