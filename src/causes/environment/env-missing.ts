import { sh } from '../../shell.js'
import { defineCrashCause } from '../shared/crash-cause.js'
import { inFolder, pm2, pm2Words, restart } from '../shared/remedies.js'

export default defineCrashCause({
  id: 'env-missing',
  title: 'an environment variable is missing',
  layer: 'environment',
  source: 'Reproduced; t3-env, next-auth [NO_SECRET], Prisma and jsonwebtoken name it in these words.',
  summary: (app, { name }) => `${app.name} does not start without ${name === '' ? 'an environment variable' : name}`,
  isOver: (app, { name }) => name !== '' && app.instances.some(({ envKeys }) => envKeys.includes(name)),
  remedy: (scene, app, { name }) => {
    // sample: .env.production
    if (name.includes('.env'))
      return [
        { note: `bring ${name} back into ${app.cwd}; its values are secrets, keep them out of the shell's history` },
        restart(scene, app),
      ]
    const file = app.files?.ecosystemFile
    return [
      {
        command: inFolder(scene, app, sh`nano ${file ?? '.env'}`),
        note: `set ${name === '' ? 'the variable' : name} ${file ? 'in the env (env_production) of the ecosystem file' : 'in the environment file'}; its value is a secret, keep it out of the shell's history`,
      },
      {
        command: file
          ? inFolder(scene, app, pm2Words(app, 'restart', file, '--env', 'production', '--update-env'))
          : pm2(scene, app, 'restart', app.name, '--update-env'),
        note: 'restarts it with the new environment',
      },
      { command: pm2(scene, app, 'save'), note: 'stores it for the next boot' },
    ]
  },
})
