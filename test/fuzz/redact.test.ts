import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readFrames } from '../../src/collect/frames.js'
import { redact } from '../../src/redact.js'
import { sanitize } from '../../src/sanitize.js'
import { finish, fuzz, repeat } from './run.js'

/** How secrets stand in what hosts send; CANARY is the secret. */
const shapes = [
  'DATABASE_PASSWORD=CANARY',
  'export DB_PASS="CANARY"',
  "PGPASSWORD='CANARY'",
  'MYSQL_PWD=CANARY',
  'apiKey: CANARY',
  '{"apiKey":"CANARY"}',
  '{"apiKey":["CANARY","CANARY"],"b":1}',
  '{"apiKey": [\n  "CANARY",\n  "a ] CANARY"\n]}',
  '{"env":"{\\"tokens\\": [\\"CANARY\\", \\"CANARY\\"]}"}',
  'apiKeys: [CANARY, CANARY]',
  '{"apiKey":["CANARY',
  '{"args":["--token=\\"CANARY\\"","-p"]}',
  '{"env":"{\\"clientSecret\\": \\"CANARY\\"}"}',
  '--db-password CANARY --port 3000',
  '--access-token=CANARY',
  'GET /callback?state=1&access_token=CANARY&x=2 HTTP/1.1',
  'https://app:CANARY@git.example/shop.git',
  'postgres://app:CANARY@db:5432/shop?sslmode=require',
  'mongodb+srv://app:a@CANARY@cluster.example/shop',
  'redis://:CANARY@cache:6379',
  'Authorization: Bearer CANARYCANARY',
  'proxy_set_header Authorization "Basic CANARYCANARY";',
  '"authorization": "CANARY"',
  'curl -H "Authorization: Token CANARY" http://localhost',
  'error: Bearer CANARYCANARY was refused',
  'Cookie: theme=dark; session=CANARY',
  '{"set-cookie":"sid=CANARY; HttpOnly"}',
  'client_secret = CANARY',
  'AWS_SECRET_ACCESS_KEY=CANARY',
  'NEXTAUTH_SECRET: CANARY',
  'ENCRYPTION_KEY=CANARY',
  'credentials: "CANARY and more words"',
  "passphrase: 'CANARY and more words'",
  '-----BEGIN OPENSSH PRIVATE KEY-----\nCANARY\nCANARY\n-----END OPENSSH PRIVATE KEY-----',
  '-----BEGIN PGP PRIVATE KEY BLOCK-----\nCANARY\n-----END PGP PRIVATE KEY BLOCK-----',
  '-----BEGIN RSA PRIVATE KEY-----\nCANARY',
  'jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJDQU5BUlki.CANARY',
  'remote: ghp_CANARYCANARYCANARYCANARY',
  'key sk_live_CANARYCANARY',
  'if ($http_x_api_key != "CANARY") { return 403; }',
  'if ($cookie_token !~* ^CANARY$)',
  'if (password == "CANARY")',
  'map $http_x_api_key $client {\n  default 0;\n  # of shop\n  "CANARY" shop;\n  CANARY-2 "the other";\n}',
  '[emerg] 7#7: invalid port in upstream "app:CANARY@10.0.0.5:9000/" in /etc/nginx/nginx.conf:3',
  'https://shop.blob.core.windows.net/a?sv=2022-11-02&sig=CANARY%3D',
  'AccountName=shop;AccountKey=CANARY==;EndpointSuffix=core.windows.net',
  'Server=db;Uid=app;Pwd=CANARY;',
  'https://hooks.slack.com/services/T0/B0/CANARY',
  'https://discord.com/api/webhooks/123/CANARY',
  'https://api.telegram.org/bot123:CANARY/sendMessage',
  'https://open.feishu.cn/open-apis/bot/v2/hook/CANARY',
  'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=CANARY',
  'pass\u0000word\u001b[1m=CANARY',
] as const

const nonce = '@fleetdx-0123456789abcdef01234567'

/** What readFrames keeps of a text: as a section's own, and as that of a part, and, if it is one line, in frames. */
function keep(text: string): string {
  const line = text.includes('\n') ? '' : text
  const output = `\n${nonce} begin a 0\n${text}\n${nonce} part log ${line}\n${text}\n${nonce} cannot permission ${line}\n`
  return JSON.stringify([...readFrames(Buffer.from(output), nonce).sections.values()])
}

describe('secrets', () => {
  test.each(shapes)('%j gets no further than the frames', (shape) => {
    expect(keep(shape)).not.toMatch(/CANARY/)
  })

  test('get no further between whatever other text', () => {
    const around = fc.string({ unit: 'binary', maxLength: 30 }).map((text) => text.replaceAll(/[\w\\'"-]/g, ''))
    const planted = fc.tuple(around, fc.constantFrom(...shapes), around)
    fc.assert(
      fc.property(planted, ([before, shape, after]) => {
        expect(keep(`${before} ${shape} ${after}`)).not.toMatch(/CANARY/)
      }),
      fuzz(200),
    )
  })

  test.each([
    'proxy_pass http://127.0.0.1:3000;',
    'proxy_cache_bypass $http_upgrade;',
    'key SESSION_SECRET\nkey PORT',
    'ssl_certificate_key /etc/ssl/app.key;',
    'Error: listen EADDRINUSE: address already in use :::3000',
    'connect() failed (111: Connection refused) while connecting to upstream, upstream: "http://127.0.0.1:3000/a@b"',
    'PWD=/home/deploy/shop',
    'map $http_upgrade $connection_upgrade { default upgrade; "" close; }',
    'map $host $upstream { default app; shop.test shop; }',
  ])('are not seen in %j', (text) => {
    expect(redact(text)).toBe(text)
  })

  test('leave JSON what it is', () => {
    const line = { name: 'shop', args: ['--token="a b"', 'password=c'], apiKey: 'x"y', note: 'Bearer abcdefgh' }
    const masked = { name: 'shop', args: ['--token="***"', 'password=***'], apiKey: '***', note: 'Bearer ***' }
    expect(JSON.parse(redact(JSON.stringify(line)))).toEqual(masked)
  })
})

describe('cleaning takes no longer than there is text', () => {
  const starts = [
    '',
    'token',
    'token="',
    'a://b:',
    'authorization',
    'cookie:',
    '-----BEGIN PRIVATE KEY-----',
    '\u001b]',
  ]
  const pieces = [
    ...['a', 'a ', 'a.', 'a-', '-', '_', ' ', '\n', '\r', '\\', '"', '\\"', "'", ':', '=', '@', '\u202e'],
    ...['map $key {', 'map $key{ a ', 'key 1;', '" 1;', ' in upstream "', ' in upstream "a:', '?sig=', 'token!~'],
    ...['token', 'token ', 'token=', '--token ', 'a://', 'a://b:', 'a://b:c@', 'authorization ', 'cookie: ', 'Bearer '],
    ...['eyJ', 'eyJ-', 'eyJaaaaaaaaa.', 'sk-', 'ghp_', '-----BEGIN ', '-----BEGIN PRIVATE KEY-----', '-----END '],
    ...['\u001b', '\u001b[', '\u001b]', '\u001bP', '\u001b[0;', '\u001b '],
  ]

  test.each(pieces)('%j, a hundred thousand characters of it', (piece) => {
    for (const start of starts) {
      const text = start + repeat(piece, 100_000)
      expect(finish(() => redact(sanitize(text))).length).toBeLessThanOrEqual(3 * text.length)
    }
  })

  test('any piece', () => {
    const shape = fc.oneof(fc.constantFrom(...shapes, ...starts), fc.string({ unit: 'binary', maxLength: 6 }))
    const piece = fc
      .oneof(shape, fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 5 }))
      .filter((text) => text !== '')
    fc.assert(
      fc.property(shape, piece, (start, piece) => {
        const text = start + repeat(piece, 100_000)
        expect(finish(() => redact(sanitize(text))).length).toBeLessThanOrEqual(3 * text.length)
      }),
      { ...fuzz(30), endOnFailure: true },
    )
  })

  test('what was cleaned is clean, and stays what it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const clean = sanitize(text)
        expect(clean).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
        expect(sanitize(clean)).toBe(clean)
      }),
      fuzz(1000),
    )
  })
})
