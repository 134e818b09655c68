const mask = '***'

/** What a name says of a secret: `DATABASE_PASSWORD`, `apiKey`, `PGPASSWORD`; `proxy_pass` and `bypass` say nothing. */
const telling =
  'passw(?:or)?d|passphrase|(?<!proxy_|by)pass(?![a-z])|(?:[_-]|(?<=;))pwd|secret|token|(?:api|access|account|private|encryption|signing|master|jwt|session)[_-]?key|credentials?|signature'

/** What says so only as a parameter of a URL: `?sv=2022&sig=…`, `/webhook/send?key=…` */
const tellingInUrl = '(?<=[?&])(?:auth|key|sign?)(?==)'

const quoted = String.raw`\\"(?:[^"\\\n]|\\[^"\n])*(?:\\"|$)|"(?:[^"\\\n]|\\[^\n])*(?:"|$)|'[^'\n]*(?:'|$)`

/** A list is one value, over as many lines as it has strings. Sample: ["one", "two"] */
const list = String.raw`\[(?:\s{0,99}(?:${quoted})\s{0,99},?)*[^\]\n]*\]?`

/** A value with its quotes, which in JSON within JSON have a backslash each; without quotes it ends where a word does. */
const value = `(?:${quoted}|${list}|${String.raw`[^\s"'&,;]+`})`

/**
 * How a secret looks in text, and what is left of it. Each has a sample; the shape around the secret stays readable.
 * Each must take no more than linear time on whatever a host sends: a repetition starts where a word does, or is bounded.
 */
const secrets: readonly [RegExp, (found: string, before: string, rest: string) => string][] = [
  // sample: -----BEGIN RSA PRIVATE KEY----- … -----END RSA PRIVATE KEY-----
  [
    /-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----|$)/g,
    () => mask,
  ],
  // sample: postgres://app:s3cret@db/shop, redis://:p@ss@cache; not http://127.0.0.1:3000/@me
  [
    /\b([a-z][a-z0-9+.-]{0,40}:\/\/[^\s:/@'"]{0,200}):(?!\d{1,5}[/?])[^\s@'"]{1,500}@(?:[^\s/?#@'"]{0,200}@){0,5}/gi,
    (_, before) => `${before}:${mask}@`,
  ],
  // sample: Authorization: Bearer eyJ…, proxy_set_header Authorization "Basic dXNlcjpwYXNz";
  [
    /\b(authorization(?:\\?['"]?[^\S\n]{0,9}[:=]|[^\S\n])[^\S\n]{0,9}\\?['"]?)((?:Basic|Bearer|Token|Digest)[^\S\n]{1,9})?[^\s'";,\\]+/gi,
    (_, before, scheme = '') => before + scheme + mask,
  ],
  // sample: curl failed: Bearer 0123456789abcdef
  [/\b((?:Bearer|Basic)\s{1,9})[A-Za-z0-9+/_.=-]{8,}/g, (_, before) => before + mask],
  // sample: Cookie: session=abc; Set-Cookie: …
  [/\b((?:set-)?cookie\\?['"]?\s{0,9}[:=]\s{0,9}\\?['"]?)[^\n"'\\]+/gi, (_, before) => before + mask],
  // sample: DATABASE_PASSWORD=…, "apiKey": "…", \"token\":\"…\", ?access_token=…, client_secret: …, if ($http_x_token !~* "…")
  [
    new RegExp(
      String.raw`(?<![\w-])(?=[\w-]*(?:${telling}|${tellingInUrl}))([\w-]+\\?["']?\s{0,9}(?:[=!]{0,2}=|:|!?~\*?)\s{0,9})(${value})`,
      'gim',
    ),
    (_, before, secret) => before + maskInside(secret),
  ],
  // sample: map $http_x_api_key $client { default 0; "…" 1; }
  [
    /(?<![\w$])(map\s{1,9}"?\$\{?(?=\w{0,99}(?:key|token|secret|pass|auth|cookie))\w{1,99}[^{};]{0,200}\{)([^}]{0,10000})/gi,
    (_, before, entries) => before + maskKeys(entries),
  ],
  // sample: nginx: [emerg] invalid port in upstream "app:…@10.0.0.5:9000/" in …
  [/( in upstream "[^\s":@/]{0,200}:)[^\s"@]{1,500}@/g, (_, before) => `${before}${mask}@`],
  // sample: https://hooks.slack.com/services/T0/B0/…, https://api.telegram.org/bot123:…/sendMessage
  [
    /\b(hooks\.slack\.com\/\w{1,20}\/|discord(?:app)?\.com\/api\/webhooks\/\d{1,30}\/|api\.telegram\.org\/bot\d{1,20}:|open\.(?:feishu\.cn|larksuite\.com)\/open-apis\/bot\/v2\/hook\/)[\w/-]+/g,
    (_, before) => before + mask,
  ],
  // sample: --db-password …
  [
    new RegExp(String.raw`(?<![\w-])(?=--[\w-]*(?:${telling}))([\w-]+[^\S\n]{1,9})(${value})`, 'gim'),
    (_, before, secret) => before + maskInside(secret),
  ],
  // sample: eyJhbGciOi….eyJzdWIi….sig (a JSON web token)
  [/(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, () => mask],
  // sample: ghp_…, sk_live_…, AKIA…
  [
    /\b(?:gh[pousr]_\w{20,}|github_pat_\w{20,}|[rs]k_(?:live|test)_\w{8,}|sk-[\w-]{20,}|xox[abprs]-[\w-]{10,}|A[KS]IA[0-9A-Z]{16}|glpat-[\w-]{16,}|npm_\w{30,}|AIza[\w-]{30,})/g,
    () => mask,
  ],
]

/** Quotes and brackets around a secret stay, so that what was JSON is JSON; an empty list holds none. */
function maskInside(secret: string): string {
  if (/^\[\s*\]$/.test(secret)) return secret
  const [, bracket = '', quote = ''] = /^(\[?)\s*(\\?["']|)/.exec(secret) ?? []
  if (bracket !== '') return `[${quote || '"'}${mask}${quote || '"'}${secret.endsWith(']') ? ']' : ''}`
  return quote + mask + (secret.length > quote.length && secret.endsWith(quote) ? quote : '')
}

/** In the body of a `map`, what is compared: all but the last word of an entry. */
function maskKeys(entries: string): string {
  // sample: "s3cret" 1;
  const key =
    /(?<![^\s;{])(?!(?:default|include)\s)("[^"\n]{0,999}"|'[^'\n]{0,999}'|[^\s;"'#]{1,999})(?=\s{1,99}(?:"[^"\n]{0,999}"|[^\s;"]{1,999})\s{0,9};)/g
  return entries.replace(key, (found) => maskInside(found))
}

/** Masks what looks like a secret. Run once over all that a host sent, before anything reads it. */
export function redact(text: string): string {
  return secrets.reduce((masked, [pattern, replace]) => masked.replace(pattern, replace), text)
}
