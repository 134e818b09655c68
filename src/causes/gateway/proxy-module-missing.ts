import { joinWords } from '../../language/join-words.js'
import { t } from '../../language/language.js'
import { sh } from '../../shell.js'
import { defineCause } from '../define.js'
import { failsNow, presentErrors } from '../shared/gateway-log.js'
import { asRoot } from '../shared/remedies.js'
import { answerEvidence, edgeEvidence, errorEvidence } from '../shared/scene.js'

/** Directives of the modules that pass requests on. */
const proxyDirective = /Invalid command '(?:Proxy\w*|BalancerMember|<Proxy)'?/

export default defineCause({
  id: 'proxy-module-missing',
  title: "a module of Apache's proxy is not enabled",
  layer: 'gateway',
  breaks: 'gateway',
  explains: [
    'gateway-config-invalid',
    'gateway-config-invalid-old-running',
    'gateway-down',
    'gateway-reload-silently-failed',
    'app-serves-5xx',
  ],
  needs: ['apache'],
  runbook: {
    symptom: 'Apache does not start, or every page of the site gives 500',
    signs: [
      "`apachectl configtest` says `Invalid command 'ProxyPass'`: mod_proxy is missing",
      'the log says `AH01144: No protocol handler was valid for the URL`: the module for that scheme is missing (proxy_http, proxy_wstunnel)',
    ],
    against: ['gateway-config-invalid: the directive is misspelt'],
    remedy: [
      {
        step: '`a2enmod proxy proxy_http && apachectl configtest && systemctl restart apache2`',
        risk: 'requests fail for the second that it takes',
      },
    ],
  },
  source: 'Reproduced with Apache 2.4: AH00526 with mod_proxy off, AH01144 and 500 with mod_proxy_http off.',
  judge: (scene) => {
    const { gateway, target } = scene.path
    if (gateway?.kind !== 'apache') return undefined
    const mistake = gateway.facts.mistakes.find(({ message }) => proxyDirective.test(message))
    const [unhandled] = presentErrors(scene, 'no-handler')
    const isUnhandled = unhandled !== undefined && failsNow(scene)
    if (!mistake && !isUnhandled) return undefined
    const modules = ['proxy', ...modulesFor(target?.scheme, mistake?.message)]
    const isDebian = gateway.unit === 'apache2'
    return {
      holds: true,
      isLatent: mistake !== undefined && scene.path.serves === true,
      confidence: 'high',
      subject: 'Apache',
      summary: mistake
        ? t`Apache lacks the module for ${mistake.message.replace(/^Invalid command /, '').split(',')[0]}`
        : t`Apache has no module that speaks ${target?.scheme ?? 'http'} to ${target?.text ?? t`the app`}`,
      evidence: [
        ...(mistake ? [{ source: `${mistake.place.file}:${mistake.place.line}`, text: mistake.message }] : []),
        ...errorEvidence(scene, 'no-handler'),
        ...edgeEvidence(scene, 'site'),
        ...answerEvidence(scene),
      ],
      remedy: [
        isDebian
          ? {
              command: asRoot(scene.login, sh`a2enmod ${modules}`, gateway.test, sh`systemctl restart apache2`),
              note: t`enables ${joinWords(modules)}, tests the configuration and restarts Apache`,
              risk: t`requests fail for the second that it takes`,
            }
          : {
              note: t`add LoadModule lines for ${joinWords(modules.map((name) => `mod_${name}`))}, then restart ${gateway.unit}`,
              risk: t`requests fail for the second that it takes`,
            },
      ],
    }
  },
})

function modulesFor(scheme: string | undefined, message = ''): string[] {
  const own = { ws: 'proxy_wstunnel', wss: 'proxy_wstunnel', fcgi: 'proxy_fcgi', ajp: 'proxy_ajp' }[scheme ?? '']
  return [
    own ?? 'proxy_http',
    ...(scheme === 'https' || scheme === 'wss' ? ['ssl'] : []),
    ...(/Balancer/.test(message) ? ['proxy_balancer', 'lbmethod_byrequests'] : []),
  ]
}
