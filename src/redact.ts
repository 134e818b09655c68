const mask = '***'

/** How a secret looks in text, and what is left of it. Each has a sample; the shape around the secret stays readable. */
const secrets: readonly [RegExp, string][] = [
  // sample: -----BEGIN RSA PRIVATE KEY----- … -----END RSA PRIVATE KEY-----
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, mask],
  // sample: postgres://app:s3cret@db/shop
  [/\b([a-z][a-z0-9+.-]*:\/\/[^\s:/@'"]*):[^\s@'"]+@/gi, `$1:${mask}@`],
  // sample: Authorization: Bearer eyJ…, proxy_set_header Authorization "Basic dXNlcjpwYXNz";
  [/\b(authorization['"]?\s*[:=]?\s*['"]?)(?:(Basic|Bearer|Token|Digest)\s+)?[^\s'";,]+/gi, `$1$2 ${mask}`],
  [/\b(Bearer|Basic)\s+[A-Za-z0-9+/_.=-]{8,}/g, `$1 ${mask}`],
  // sample: Cookie: session=abc; Set-Cookie: …
  [/\b((?:set-)?cookie['"]?\s*[:=]\s*)[^\n"']+/gi, `$1${mask}`],
  // sample: DATABASE_PASSWORD=…, "apiKey": "…", --db-password …, ?access_token=…, client_secret: …
  [
    /((?:[\w-]*(?:passw(?:or)?d|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credentials?|signature)[\w-]*)["']?\s*(?:[=:]|(?<=--[\w-]*)\s)\s*)("[^"\n]*"|'[^'\n]*'|[^\s'"&,;]+)/gi,
    `$1${mask}`,
  ],
  // sample: eyJhbGciOi….eyJzdWIi….sig (a JSON web token), ghp_…, sk_live_…, AKIA…
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, mask],
  [/\b(?:gh[pousr]_\w{20,}|sk_(?:live|test)_\w{8,}|xox[abprs]-[\w-]{10,}|AKIA[0-9A-Z]{16}|glpat-[\w-]{16,})/g, mask],
]

/** Masks what looks like a secret. Run once over all that a host sent, before anything reads it. */
export function redact(text: string): string {
  return secrets.reduce((masked, [pattern, replacement]) => masked.replace(pattern, replacement), text)
}
