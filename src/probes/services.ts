import { joinScripts } from '../shell.js'
import { folderWords } from './app-folders.js'
import { defineProbe } from './define.js'
import { envWords } from './env-digests.js'
import { servicesFactsSchema } from './services/facts.js'
import { parseServices } from './services/parse.js'
import { servicesLibrary, servicesScript } from './services/script.js'

export type { BootHook, ServicesFacts, Unit } from './services/facts.js'

/**
 * The services that a web app depends on, as systemd has them (of OpenRC, the little that it keeps), and what starts pm2 at
 * boot. Nothing is started or asked of the network. Root sees more: crontabs, user units and environment files of others.
 */
export default defineProbe({
  name: 'services',
  title: 'the services and what starts at boot',
  needs: {},
  elevated: true,
  limits: { seconds: 8 },
  library: joinScripts([folderWords, envWords, servicesLibrary]),
  script: () => servicesScript,
  facts: servicesFactsSchema,
  parse: parseServices,
})
