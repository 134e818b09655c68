import { describe, expect, it } from 'vitest'
import { findMistakes } from '../../../src/probes/nginx/check.js'
import { matchPath } from '../../../src/probes/nginx/glob.js'
import { interpretConfig } from '../../../src/probes/nginx/interpret.js'
import { type Node, parseConfig } from '../../../src/probes/nginx/parse.js'

function parse(files: Record<string, string>): Node[] {
  const texts = Object.entries(files).map(([path, text]) => [path, { path, text, isCut: false }] as const)
  return parseConfig({ configFile: '/n/nginx.conf', files: new Map(texts), absent: new Set() })
}

const http = (inner: string) => parse({ '/n/nginx.conf': `events {}\nhttp {\n${inner}\n}\n` })
const plain = { version: '1.22.1', hasForeignModules: false }

describe('parseConfig', () => {
  it('skips Lua code, whatever braces and quotes are in it', () => {
    const nodes = http(`
      init_by_lua_block {
        -- a comment with a }
        --[[ a long one }
        ]]
        local text = "}" .. '}' .. [==[ } ]==] .. "\\"}"
        local pattern = { ["{"] = 1 }
      }
      server { listen 81; content_by_lua_block { ngx.say("a") } }`)
    expect(interpretConfig(nodes).sites).toMatchObject([{ listens: [{ port: 81 }] }])
    expect(findMistakes(nodes, { ...plain, hasForeignModules: true })).toEqual([])
  })

  it('reads the other files on when one is broken', () => {
    const nodes = parse({
      '/n/nginx.conf': 'events {}\nhttp {\n  include sites/*;\n}\n',
      '/n/sites/a': 'server {\n  listen 81;\n  location / {\n    proxy_pass http://127.0.0.1:3000;\n',
      '/n/sites/b': 'server { listen 82; }\n}\nserver { listen 83; }\n',
      '/n/sites/c': 'server { listen 84; }\n',
    })
    expect(findMistakes(nodes, plain)).toEqual([
      { place: { file: '/n/sites/a', line: 5 }, message: 'unexpected end of file, expecting "}"' },
      { place: { file: '/n/sites/b', line: 2 }, message: 'unexpected "}"' },
    ])
    expect(interpretConfig(nodes).sites.map(({ listens }) => listens[0]?.port)).toEqual([81, 82, 84])
    expect(interpretConfig(nodes).sites[0]?.locations[0]?.proxyPass?.target.port).toBe(3000)
  })

  it('refuses files that include each other, which nginx could not read either', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k']
    const texts = names.map((name) => [`/n/conf.d/${name}`, 'include conf.d/*;\nserver { listen 81; }\n'])
    const files = { '/n/nginx.conf': 'http { include conf.d/*; }', ...Object.fromEntries(texts) }
    expect(() => parse(files)).toThrow('too many files are included')
  })

  it('takes nothing from an empty file, or from what is no configuration', () => {
    expect(parse({ '/n/nginx.conf': '' })).toEqual([])
    expect(findMistakes(parse({ '/n/nginx.conf': '\u007fELF\u0001 { } }' }), plain)[0]?.message).toContain(
      'unknown directive',
    )
  })
})

describe('findMistakes', () => {
  const mistakesWith = (line: string, version: string, isForeign = false) =>
    findMistakes(http(`server { ${line} }`), { version, hasForeignModules: isForeign }).map(({ message }) => message)

  it('knows since and until when nginx has a directive', () => {
    expect(mistakesWith('http2 on;', '1.24.0')).toEqual(['unknown directive "http2"'])
    expect(mistakesWith('http2 on;', '1.25.1')).toEqual([])
    expect(mistakesWith('ssl on;', '1.24.0')).toEqual([])
    expect(mistakesWith('ssl on;', '1.26.0')).toEqual(['unknown directive "ssl"'])
  })

  it('calls a foreign directive unknown only where there are no foreign modules, a typing error always', () => {
    expect(mistakesWith('more_clear_headers Server;', '1.22.1')).toEqual(['unknown directive "more_clear_headers"'])
    expect(mistakesWith('more_clear_headers Server;', '1.22.1', true)).toEqual([])
    expect(mistakesWith('client_max_body_sizes 1m;', '1.22.1', true)).toEqual([
      'unknown directive "client_max_body_sizes"',
    ])
    const loaded = (module: string) => parse({ '/n/nginx.conf': `load_module ${module};\nevents {}\nbrotli on;\n` })
    expect(findMistakes(loaded('modules/ngx_http_brotli_filter_module.so'), plain)).toEqual([])
    expect(findMistakes(loaded('modules/ngx_stream_module.so'), plain)).toHaveLength(1)
  })
})

describe('interpretConfig', () => {
  const siteOf = (inner: string) => interpretConfig(http(`server { ${inner} }`)).sites[0]

  it("takes certbot's redirect, and a rewrite of everything, for a redirect", () => {
    const certbot = 'if ($host = a.example) {\n return 301 https://$host$request_uri;\n }\n return 404;'
    expect(siteOf(certbot)?.redirects).toBe('301 https://$host$request_uri')
    expect(siteOf('rewrite ^(.*)$ https://a.example$1 permanent;')?.redirects).toBe('301 https://a.example$1')
    expect(siteOf('rewrite ^/old$ /new permanent;')?.redirects).toBeNull()
  })

  it('hands headers down only to a location that sets none', () => {
    const site = siteOf('proxy_set_header Host $host; location /a { } location /b { proxy_set_header X y; }')
    expect(site?.locations.map(({ headers }) => headers)).toEqual([{ host: '$host' }, { x: 'y' }])
  })

  it.each([
    ['8080', { address: '0.0.0.0', port: 8080 }],
    ['*:8080', { address: '0.0.0.0', port: 8080 }],
    ['127.0.0.1', { address: '127.0.0.1', port: 80 }],
    ['[::1]:8080', { address: '::1', port: 8080 }],
    ['[::]', { address: '::', port: 80 }],
    ['localhost:8080', { address: 'localhost', port: 8080 }],
    ['unix:/run/n.sock', { unixPath: '/run/n.sock', port: null }],
    ['443 ssl default_server', { port: 443, isTls: true, isDefault: true }],
  ])('reads listen %s', (text, listen) => {
    expect(siteOf(`listen ${text};`)?.listens).toMatchObject([listen])
  })

  it.each([
    ['http://127.0.0.1:3000', { scheme: 'http', host: '127.0.0.1', port: 3000 }],
    ['http://[::1]:3000/api', { host: '::1', port: 3000 }],
    ['https://App.Internal/', { scheme: 'https', host: 'app.internal', port: 443 }],
    ['http://unix:/run/app.sock:/api', { unixPath: '/run/app.sock', host: null, port: null }],
    ['http://127.0.0.1:3000$request_uri', { host: '127.0.0.1', port: 3000, hasVariables: true }],
    ['http://$unknown:3000', { host: null, port: null, hasVariables: true }],
    ['http://$known', { host: '10.0.0.5', port: 3001, hasVariables: true }],
    ['http://$either:3000', { host: null, hasVariables: true }],
    ['http://user:pass@app:3000', { host: 'app', port: 3000 }],
  ])('reads proxy_pass %s', (text, target) => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: variables of nginx
    const set = 'set $known ${ip}:3001; set $ip 10.0.0.5; set $either a; if ($arg_b) { set $either b; }'
    const site = siteOf(`${set} location / { proxy_pass ${text}; }`)
    expect(site?.locations[0]?.proxyPass?.target).toMatchObject({ text, ...target })
  })
})

describe('matchPath', () => {
  const paths = [
    '/n/d/b.conf',
    '/n/d/a.conf',
    '/n/d/.hidden.conf',
    '/n/d/a.conf~',
    '/n/d/e/x.conf',
    '/n/d/B.conf',
    '/n/d/1+1.conf',
  ]

  it.each([
    ['/n/d/*.conf', ['/n/d/1+1.conf', '/n/d/B.conf', '/n/d/a.conf', '/n/d/b.conf']],
    ['/n/d/*', ['/n/d/1+1.conf', '/n/d/B.conf', '/n/d/a.conf', '/n/d/a.conf~', '/n/d/b.conf']],
    ['/n/d/.*', ['/n/d/.hidden.conf']],
    ['/n/d/[ab].conf', ['/n/d/a.conf', '/n/d/b.conf']],
    ['/n/d/[!a].conf', ['/n/d/B.conf', '/n/d/b.conf']],
    ['/n/*/?.conf', ['/n/d/B.conf', '/n/d/a.conf', '/n/d/b.conf']],
    ['/n/*/*/x.conf', ['/n/d/e/x.conf']],
    ['/n/d/1+1.conf', ['/n/d/1+1.conf']],
    ['/n/d/1+*', ['/n/d/1+1.conf']],
  ])('reads %s in the order of nginx', (pattern, found) => {
    expect(matchPath(pattern, paths)).toEqual(found)
  })
})
