import type { Mistake } from '../gateway/facts.js'
import type { Configuration, Directive } from './parse.js'

/** Directives that people use in front of an app, by the module that brings them. Apache knows none whose module is not loaded. */
const moduleOf: Readonly<Record<string, string>> = {
  proxypass: 'proxy_module',
  proxypassmatch: 'proxy_module',
  proxypassreverse: 'proxy_module',
  proxypreservehost: 'proxy_module',
  proxyrequests: 'proxy_module',
  proxytimeout: 'proxy_module',
  balancermember: 'proxy_module',
  rewriteengine: 'rewrite_module',
  rewritecond: 'rewrite_module',
  rewriterule: 'rewrite_module',
  sslengine: 'ssl_module',
  sslproxyengine: 'ssl_module',
  sslcertificatefile: 'ssl_module',
  sslcertificatekeyfile: 'ssl_module',
  requestheader: 'headers_module',
  header: 'headers_module',
  proxyhcexpr: 'proxy_hcheck_module',
}

/** What `apachectl configtest` would refuse, as far as reading is certain of it. It stops at the first; these are all. */
export function findMistakes({ directives, mistakes, modules }: Configuration, absent: ReadonlySet<string>): Mistake[] {
  return [
    ...mistakes,
    ...all(directives).flatMap(
      (directive) => checkModule(directive, modules) ?? checkCertificate(directive, absent) ?? [],
    ),
  ]
}

function all(directives: readonly Directive[]): Directive[] {
  return directives.flatMap((directive) => [directive, ...all(directive.block ?? [])])
}

function checkModule({ name, written, place }: Directive, modules: ReadonlySet<string>): Mistake | undefined {
  const module = moduleOf[name]
  if (module === undefined || modules.has(module) || modules.has(`mod_${module.replace('_module', '')}.c`))
    return undefined
  const why = 'perhaps misspelled or defined by a module not included in the server configuration'
  return { place, message: `Invalid command '${written}', ${why}` }
}

function checkCertificate(
  { name, written, args: [path = ''], place }: Directive,
  absent: ReadonlySet<string>,
): Mistake | undefined {
  if (!/^sslcertificate(?:key)?file$/.test(name) || !absent.has(path)) return undefined
  return { place, message: `${written}: file '${path}' does not exist or is empty` }
}
