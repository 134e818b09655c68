import { t } from '../../language/language.js'
import { sh } from '../../shell.js'
import { defineCrashCause } from '../shared/crash-cause.js'
import { inFolder, restart } from '../shared/remedies.js'
import { risks, steps } from '../shared/steps.js'

export default defineCrashCause({
  id: 'prisma-client-not-generated',
  title: 'the Prisma client was not generated for this host',
  layer: 'build',
  explains: ['module-not-found'],
  runbook: {
    symptom: '502 on every request after a deploy of an app with Prisma',
    signs: [
      '`@prisma/client did not initialize yet. Please run "prisma generate"`',
      "or `Cannot find module '.prisma/client/default'`, or `could not locate the Query Engine for runtime`",
    ],
    against: [
      'module-not-found: another module is not there',
      'db-unreachable-crash: the client is there, the database is not',
    ],
    remedy: [
      { step: 'in its folder, as <user>: `npx prisma generate`', risk: risks.none },
      { step: 'for another runtime: name it in binaryTargets of schema.prisma first', risk: risks.none },
      steps.restart,
    ],
  },
  source: 'Reproduced with @prisma/client 6, with and without its stub; prisma/orm#23759.',
  summary: (app, { name }) =>
    name === ''
      ? t`${app.name} cannot start: its Prisma client was not generated`
      : t`${app.name} cannot start: its Prisma client has no engine for ${name}`,
  remedy: (scene, app, { name }) => [
    ...(name === '' ? [] : [{ note: t`add "${name}" to binaryTargets in schema.prisma`, risk: risks.none }]),
    {
      command: inFolder(scene, app, sh`npx prisma generate`),
      note: t`writes the client for this host`,
      risk: risks.none,
    },
    restart(scene, app),
  ],
})
