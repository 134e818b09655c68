import { basename } from 'node:path'
import { knownValue } from '../../fact.js'
import { t } from '../../language/language.js'
import { sh } from '../../shell.js'
import { defineCause } from '../define.js'
import { asRoot } from '../shared/remedies.js'
import { answerEvidence } from '../shared/scene.js'
import { risks, steps } from '../shared/steps.js'

export default defineCause({
  id: 'site-not-enabled',
  title: "the app's site is not enabled in nginx",
  layer: 'gateway',
  breaks: 'site',
  explains: [],
  needs: ['nginx', 'pm2'],
  runbook: {
    symptom: 'the default page of the gateway, or 404, in place of the app',
    signs: [
      'the file of the site is in sites-available, with no link in sites-enabled',
      'the app runs, and no site leads to it',
    ],
    against: [
      'gateway-not-reloaded: the link is there, and newer than the workers',
      'wrong-server-block: the site is enabled, and another one answers',
    ],
    remedy: [
      {
        step: 'link it: `ln -s <file> /etc/nginx/sites-enabled/`',
        risk: 'a site with the same name or default_server may be in its way',
      },
      steps.reload,
    ],
  },
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
      summary: t`${file} is not linked in sites-enabled, so no site leads to ${app.name}`,
      evidence: [
        { source: file, text: t`no link in sites-enabled` },
        ...(serves === null ? [] : answerEvidence(scene)),
      ],
      remedy: [
        {
          command: asRoot(
            scene.login,
            sh`ln -s ${file} ${`/etc/nginx/sites-enabled/${basename(file)}`}`,
            sh`nginx -t`,
            sh`systemctl reload nginx`,
          ),
          note: t`enables the site, tests the configuration and loads it`,
          risk: risks.reload,
        },
      ],
    }
  },
})
