/** A line by which a dying app tells its cause. */
export interface Signature {
  /** The id of the cause. */
  cause: string
  pattern: RegExp
  /** What must stand a few lines before or after it, where the line alone could mean something else. */
  near?: RegExp
}

/**
 * What a dying Node.js or Next.js app says, and which cause that is. In the order of precedence: where one life leaves
 * several of these lines, the first entry is the reason and the others follow from it. Each was seen in the real program.
 */
export const signatures: readonly Signature[] = [
  // sample: FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory
  { cause: 'heap-oom', pattern: /JavaScript heap out of memory|FATAL ERROR: .*(?:heap limit|Allocation failed)/ },
  // sample: Error: ENOSPC: no space left on device, write
  { cause: 'disk-full', pattern: /ENOSPC: no space left on device|EDQUOT/ },
  { cause: 'readonly-fs', pattern: /EROFS: read-only file system/ },
  // sample: Error: EMFILE: too many open files, open '/srv/web/data.json'; of `watch` it means another limit
  { cause: 'app-fd-limit', pattern: /(?:EMFILE: too many open files(?!, watch)|\baccept EMFILE\b)/ },
  // sample: Error: ENOENT: no such file or directory, uv_cwd
  { cause: 'pm2-cwd-deleted', pattern: /ENOENT: .*uv_(?:cwd|chdir)/ },
  // sample: You are using Node.js 18.12.0. For Next.js, Node.js version >= v18.17.0 is required.
  {
    cause: 'node-version-too-old',
    pattern: /You are using Node\.js (\S+?)\. For Next\.js, Node\.js version (.+) is required/,
  },
  // sample: basedir=$(dirname "$(echo "$0" | sed -e 's,\\\\,/,g')")
  {
    cause: 'pm2-shell-script-as-js',
    pattern:
      /^\s*(?:basedir=\$\(dirname |case `uname` in|exec (?:node|"\$)|while \[ -h "\$|if \[ -[a-z] "\$|SOURCE="?\$\{?BASH_SOURCE)/,
    near: /^SyntaxError: /,
  },
  // sample:   File "/usr/lib/node_modules/pm2/lib/ProcessContainerForkBun.js", line 3; of a shell `….js: line 3: `, of Ruby `….js:3: syntax`
  {
    cause: 'pm2-interpreter-regression-bun-path',
    pattern:
      /File "\S*(ProcessContainerForkBun\.js)", line|(ProcessContainerForkBun\.js)(?:: (?:line )?\d+: |:\d+: syntax)/,
  },
  // sample: Could not find a production build in the '/srv/web/pm2.json/.next' directory
  {
    cause: 'pm2-cluster-config-as-arg',
    pattern: /'(\S+\.(?:json|c?js|ya?ml))\/\.(?:next|env)\b[^']*'/,
  },
  // sample: Invalid project directory provided, no such directory: /srv/web/3001
  { cause: 'pm2-port-args-swallowed', pattern: /Invalid project directory provided, no such directory: (\S+)/ },
  // sample: [Error: EACCES: permission denied, open '/srv/web/.next/BUILD_ID']
  { cause: 'next-dir-permission', pattern: /EACCES: permission denied, \w+ '(\S*\/(?:\.next\/\S*|BUILD_ID))'/ },
  // sample: Could not find a production build in the '.next' directory. Try building your app with 'next build'
  {
    cause: 'next-build-missing',
    pattern:
      /Could not find a (?:valid|production) build in the '?([^']*)'? directory|ENOENT: .*open '(\S+\/BUILD_ID)'/,
  },
  // sample: ENOENT: no such file or directory, open '/srv/web/.next/prerender-manifest.json'
  {
    cause: 'next-build-incomplete',
    pattern:
      /(?:ENOENT: .*'|Cannot find module ')(\S*\/(?:[\w-]+-manifest\.js(?:on)?|required-server-files\.json|\.next\/(?:static|server(?:\/\S*)?)))'/,
  },
  // sample: "next start" does not work with "output: export" configuration
  { cause: 'next-start-with-export', pattern: /"next start" does not work with "output: export"/ },
  // sample: /usr/bin/env: ‘node’: No such file or directory; sh: 1: npm: not found; start.sh: line 2: exec: node: not found
  {
    cause: 'node-or-npm-missing',
    pattern:
      /: (?:can't execute )?['‘"]?(node|nodejs|npm|npx|yarn|pnpm|bun)['’"]?: (?:No such file or directory|(?:command )?not found)|\bspawn (node|npm|npx|yarn|pnpm|bun) ENOENT/,
  },
  // sample: Error: @prisma/client did not initialize yet. Please run "prisma generate" and try to import it again.
  {
    cause: 'prisma-client-not-generated',
    pattern:
      /@prisma\/client did not initialize yet|Cannot find module '\.prisma\/client[^']*'|could not locate the Query Engine for runtime "([^"]+)"/,
  },
  // sample: Error: The module '/srv/web/node_modules/bcrypt/build/Release/bcrypt_lib.node'
  { cause: 'deps-other-node-abi', pattern: /The module '(\S+\.node)'/, near: /NODE_MODULE_VERSION/ },
  // sample: Error: /srv/web/node_modules/x/x.node: invalid ELF header; /lib/libc.so.6: version `GLIBC_2.38' not found (required by /srv/x.node)
  {
    cause: 'deps-other-node-abi',
    pattern:
      /(\S+\.node): (?:invalid ELF header|wrong ELF class|file too short|undefined symbol|symbol not found)|version `(?:GLIBC|GLIBCXX|CXXABI)_[\d.]+' not found \(required by (\S+\.node)\)|Error loading shared library \S+: .*\(needed by (\S+\.node)\)|Could not load the "(sharp)" module using the \S+ runtime/,
  },
  // sample: Error [ERR_REQUIRE_ESM]: require() of ES Module /srv/web/node_modules/x/index.js from /srv/web/server.js not supported.
  {
    cause: 'esm-cjs-mismatch',
    pattern:
      /\[ERR_REQUIRE_(?:ESM|ASYNC_MODULE)\](?:: require\(\) of ES Module (\S+))?|Cannot use import statement outside a module|(?:require|module|exports|__dirname|__filename) is not defined in ES module scope|SyntaxError: Unexpected token 'export'/,
  },
  // sample: Error: Cannot find module 'express'; sh: 1: next: not found
  {
    cause: 'module-not-found',
    pattern: /Cannot find (?:module|package) '([^']+)'|sh: (?:(?:line )?\d+: )?(next): (?:command )?not found/,
  },
  // sample: Error: listen EADDRINUSE: address already in use :::3000
  { cause: 'eaddrinuse', pattern: /listen EADDRINUSE: address already in use \S*:(\d+)/ },
  // sample: Error: listen EACCES: permission denied 0.0.0.0:80
  { cause: 'privileged-port', pattern: /listen EACCES: permission denied \S*:(\d+)/ },
  // sample: Error: listen EADDRNOTAVAIL: address not available 10.9.9.9:3000
  {
    cause: 'app-listen-addr-invalid',
    pattern: /listen EADDRNOTAVAIL: address not available (\S+)/,
  },
  // sample: [Error: getaddrinfo ENOTFOUND web1] {; a database's name is looked up in the same words
  {
    cause: 'app-listen-addr-invalid',
    pattern: /getaddrinfo E(?:NOTFOUND|AI_AGAIN) ([^\s\]]+)/,
    near: /Failed to start server|Emitted 'error' event on Server instance/,
  },
  // sample: Error: Missing required environment variable: DATABASE_URL
  {
    cause: 'env-missing',
    pattern:
      /\b[Mm]issing (?:required )?(?:env(?:ironment)?(?: var(?:iable)?)?s?)\b:?\s*["'`]?([A-Z][A-Z0-9_]{2,})?|Invalid environment variables|[Ee]nv(?:ironment)? var(?:iable)?s?(?: not found)?:? ["'`]?([A-Z][A-Z0-9_]{2,})["'`]?|\b([A-Z][A-Z0-9]*_[A-Z0-9_]+)["'`]? (?:env(?:ironment)? var(?:iable)? )?(?:is|was|must be) (?:not |un)?(?:set|defined|found|provided|missing|required|empty)|(?:[Pp]lease|[Mm]ust) (?:define|set|provide|add) (?:the )?["'`]?([A-Z][A-Z0-9]*_[A-Z0-9_]+)|"([A-Z][A-Z0-9_]{2,})" is a required variable|secretOrPrivateKey must have a value|\[next-auth\]\[error\]\[NO_SECRET\]/,
  },
  // sample: ENOENT: no such file or directory, open '.env.production'
  { cause: 'env-missing', pattern: /ENOENT: .*open '((?:\S*\/)?\.env[\w.]*)'/ },
  // sample: Error: connect ECONNREFUSED 127.0.0.1:5432
  {
    cause: 'db-unreachable-crash',
    pattern:
      /(?:MongooseServerSelectionError: )?connect E(?:CONNREFUSED|TIMEDOUT|HOSTUNREACH) (\S+)|MongooseServerSelectionError|Can't reach database server at `([\w.:-]+)`|password authentication failed/,
  },
]

/** An error that no entry knows. */
// sample: TypeError: Cannot read properties of undefined (reading 'x')
export const uncaught = /^\s*(?:Uncaught )?[\w.]*(?:Error|Exception)\b(?: \[\w+\])?: ./
