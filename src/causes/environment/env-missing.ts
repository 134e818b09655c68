import { t } from '../../language/language.js'
import { sh } from '../../shell.js'
import { defineCrashCause } from '../shared/crash-cause.js'
import { inFolder, pm2, pm2Words, restart } from '../shared/remedies.js'
import { risks, steps } from '../shared/steps.js'

const secret = "a secret: keep it out of the shell's history and out of git"

export default defineCrashCause({
  id: 'env-missing',
  title: 'an environment variable is missing',
  layer: 'environment',
  runbook: {
    symptom: '502 on every request after a deploy, a reboot or a start by another user',
    signs: [
      'the last life of the app ended with an error that names the variable',
      'the environment that pm2 gives it lacks that name',
    ],
    against: [
      'db-unreachable-crash: the variable is there, what it leads to is not',
      'node-version-too-old, module-not-found: their words stand before it',
    ],
    remedy: [
      {
        step: 'set <name> in the env of its ecosystem file, or in its .env',
        risk: secret,
      },
      { step: '`pm2 restart <file> --env production --update-env`', risk: risks.restart },
      steps.save,
    ],
  },
  source: 'Reproduced; t3-env, next-auth [NO_SECRET], Prisma and jsonwebtoken name it in these words.',
  summary: (app, { name }) =>
    name === ''
      ? t`${app.name} does not start without an environment variable`
      : t`${app.name} does not start without ${name}`,
  isOver: (app, { name }) => name !== '' && app.instances.some(({ envKeys }) => envKeys.includes(name)),
  remedy: (scene, app, { name }) => {
    // sample: .env.production
    if (name.includes('.env'))
      return [{ note: t`bring ${name} back into ${app.cwd}`, risk: secret }, restart(scene, app)]
    const file = app.files?.ecosystemFile
    const variable = name === '' ? t`the variable` : name
    return [
      {
        command: inFolder(scene, app, sh`nano ${file ?? '.env'}`),
        note: file
          ? t`set ${variable} in the env (env_production) of the ecosystem file`
          : t`set ${variable} in the environment file`,
        risk: secret,
      },
      {
        command: file
          ? inFolder(scene, app, pm2Words(app, 'restart', file, '--env', 'production', '--update-env'))
          : pm2(scene, app, 'restart', app.name, '--update-env'),
        note: t`restarts it with the new environment`,
        risk: risks.restart,
      },
      { command: pm2(scene, app, 'save'), note: t`stores it for the next boot`, risk: risks.save },
    ]
  },
})
