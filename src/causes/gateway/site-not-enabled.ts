import { basename } from 'node:path'
import { knownValue } from '../../fact.js'
import { sh } from '../../shell.js'
import { defineCause } from '../define.js'
import { asRoot } from '../shared/remedies.js'
import { answerEvidence } from '../shared/scene.js'

export default defineCause({
  id: 'site-not-enabled',
  title: "the app's site is not enabled in nginx",
  layer: 'gateway',
  breaks: 'site',
  explains: [],
  source:
    "Debian's layout: nginx reads sites-enabled only; a file in sites-available without a link there is not read.",
  judge: (scene) => {
    const { app, site, serves } = scene.path
    const nginx = knownValue(scene.facts.nginx)
    if (!app || site !== null || !nginx?.running) return undefined
    const file = nginx.notEnabled.find(
      (path) =>
        basename(path).split(/[._-]/).includes(app.name) || basename(path).includes(app.hint?.serverName ?? '\0'),
    )
    if (file === undefined) return undefined
    return {
      holds: true,
      confidence: 'high',
      subject: app.name,
      summary: `${file} is not linked in sites-enabled, so no site leads to ${app.name}`,
      evidence: [{ source: file, text: 'no link in sites-enabled' }, ...(serves === null ? [] : answerEvidence(scene))],
      remedy: [
        {
          command: asRoot(
            scene.login,
            sh`ln -s ${file} ${`/etc/nginx/sites-enabled/${basename(file)}`}`,
            sh`nginx -t`,
            sh`systemctl reload nginx`,
          ),
          note: 'enables the site, tests the configuration and loads it',
        },
      ],
    }
  },
})
