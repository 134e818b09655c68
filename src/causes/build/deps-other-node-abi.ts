import { t } from '../../language/language.js'
import { sh } from '../../shell.js'
import { defineCrashCause } from '../shared/crash-cause.js'
import { inFolder, rebuild, restart } from '../shared/remedies.js'
import { steps } from '../shared/steps.js'

export default defineCrashCause({
  id: 'deps-other-node-abi',
  title: 'a native module was built for another node or system',
  layer: 'build',
  explains: ['module-not-found'],
  runbook: {
    symptom: '502 on every request after an upgrade of node, or after node_modules came from another machine',
    signs: [
      '`was compiled against a different Node.js version using NODE_MODULE_VERSION …`',
      'or `invalid ELF header`, a GLIBC version that is not found, `Could not load the "sharp" module`',
    ],
    against: ['module-not-found: the module is not there at all', 'native-addon-crash: it loads, and dies by a signal'],
    remedy: [
      { step: 'build the native modules for this node: `npm rebuild`', risk: 'takes minutes, and needs a compiler' },
      {
        step: 'if they came from another machine: `rm -rf node_modules && npm ci`',
        risk: 'a running app loses modules that it loads late',
      },
      steps.restart,
    ],
  },
  source: 'Node.js: process.dlopen, ERR_DLOPEN_FAILED; reproduced with a .node file of another kind.',
  summary: (app, { name }) =>
    t`${app.name} cannot load ${name === '' ? t`a native module` : name}: it was built for another node or system`,
  remedy: (scene, app) => [
    {
      command: inFolder(scene, app, sh`npm rebuild`),
      note: t`builds the native modules for the node that is here`,
      risk: t`takes minutes, and may need a compiler`,
    },
    restart(scene, app),
    ...rebuild(scene, app, [sh`rm -rf node_modules`])
      .slice(0, 1)
      .map((step) => ({ ...step, note: t`or, where node_modules came from another machine: ${step.note}` })),
  ],
})
