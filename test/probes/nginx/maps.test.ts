import { expect, it } from 'vitest'
import { interpretConfig } from '../../../src/probes/nginx/interpret.js'
import { parseConfig } from '../../../src/probes/nginx/parse.js'

/** Where the sites a.test and b.test go to with this map of `$backend`. */
function targetsBy(map: string): (string | null)[] {
  const sites = ['a.test', 'b.test'].map(
    (name) => `server { server_name ${name}; location / { proxy_pass http://$backend; } }`,
  )
  const text = `http { ${map} ${sites.join(' ')} }`
  const configFile = '/nginx.conf'
  const files = new Map([[configFile, { path: configFile, text, isCut: false }]])
  const nodes = parseConfig({ configFile, files, absent: new Set() })
  return interpretConfig(nodes).sites.map(({ locations: [location] }) => {
    const { host, port } = location?.proxyPass?.target ?? { host: null, port: null }
    return host === null ? null : `${host}:${port}`
  })
}

it.each<[string, string, (string | null)[]]>([
  [
    'what stands beside its name',
    'map $host $backend { b.test 10.0.0.2:80; default 10.0.0.1:80; }',
    ['10.0.0.1:80', '10.0.0.2:80'],
  ],
  [
    'the default',
    'map $cookie_canary $backend { 1 10.0.0.2:80; default 10.0.0.1:80; }',
    ['10.0.0.1:80', '10.0.0.1:80'],
  ],
  [
    'another variable',
    'map $host $port { default 3000; } map $host $backend { default 10.0.0.1:$port; }',
    ['10.0.0.1:3000', '10.0.0.1:3000'],
  ],
  [
    'nothing that is known, where a pattern of names may decide',
    'map $host $backend { ~^a 10.0.0.2:80; b.test 10.0.0.3:80; default 10.0.0.1:80; }',
    [null, '10.0.0.3:80'],
  ],
  ['nothing that is known, without a default', 'map $http_x $backend { 1 10.0.0.2:80; }', [null, null]],
])('a variable of a map is for a site %s', (_, map, targets) => {
  expect(targetsBy(map)).toEqual(targets)
})
