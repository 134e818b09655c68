import { defineProbe } from './define.js'
import { nginxFactsSchema } from './nginx/facts.js'
import { parseOutput } from './nginx/parse-output.js'
import { nginxLibrary, nginxScript } from './nginx/script.js'

export type { NginxFacts } from './nginx/facts.js'

/** nginx: its processes, and its configuration read the way nginx reads it, without starting nginx. */
export default defineProbe({
  name: 'nginx',
  title: 'nginx',
  needs: {},
  elevated: true,
  limits: { seconds: 15, bytes: 1536 * 1024 },
  library: nginxLibrary,
  script: () => nginxScript,
  facts: nginxFactsSchema,
  parse: parseOutput,
})
