import { joinScripts, type Script, sh } from '../../shell.js'
import type { HttpRequest } from './facts.js'
import { nodeClient } from './node-client.js'

const atOnce = 14

/**
 * Sends the requests, some at a time, with the first of curl, wget and node that is there. Each answer is one part, written
 * in one piece so that none mixes with another: its label is the request, its text `KEY VALUE` lines.
 * No answer is followed: a redirect may lead to somebody else's host.
 */
export function askAll(requests: readonly HttpRequest[], nodePaths: readonly string[]): Script {
  const batches = Array.from({ length: Math.ceil(requests.length / atOnce) }, (_, index) =>
    requests.slice(index * atOnce, (index + 1) * atOnce),
  )
  const eachBy = (command: (request: HttpRequest) => Script) =>
    joinScripts(batches.flatMap((batch) => [...batch.map(command), sh`wait`]))
  return sh`
    ${words}
    if has curl; then
      echo tool curl
      ${eachBy(askByCurl)}
      return
    fi
    if wget --version | grep -q 'GNU Wget'; then
      echo tool wget
      ${eachBy(askByWget)}
      return
    fi
    for node in node ${nodePaths}; do
      node=$(command -v "$node") && { [ -O "$node" ] || [ "$(stat -Lc %u "$node")" = 0 ]; } || continue
      echo tool node
      http_mark="$fx" "$node" -e ${nodeClient} ${JSON.stringify(requests)}
      return
    done
    cannot tool-missing "HTTP answers seen from the host"`
}

const words = sh`
    http_say() { printf '\n%s part answer %s\n%s\n' "$fx" "$1" "$2"; }
    # What both clients report, reduced to the lines that tell how it went.
    http_reduce() {
      tr -d '\r' | awk '
        tolower($0) ~ /^(<| ) *server: / { sub(/^[^:]*: */, ""); server = $0; next }
        tolower($0) ~ /^(<| ) *location: / { sub(/^[^:]*: */, ""); location = $0; next }
        /^ *HTTP\/[0-9.]+ [0-9]+/ && !status { status = $2; print "status " $2; next }
        /^timing / { print; next }
        /refused|[Tt]imed? ?[Oo]ut|reset|[Uu]nreachable|No route|denied|not permitted|Empty reply|No data|HTTP\/0|No headers|resolve|No such file|SSL|TLS/ {
          reason = substr($0, 1, 200) }
        /^Length: unspecified/ && !status { reason = "HTTP/0.9" }
        END { if (server) print "server " substr(server, 1, 100); if (location) print "location " substr(location, 1, 500)
              if (reason) print "reason " reason }'
    }
    http_curl() {
      http_say "$1" "$(shift
        curl -q -gskv --http1.1 --noproxy '*' -m 5 --connect-timeout 3 --limit-rate 512K -A fleetdx -o /dev/null \
          -w '\ntiming %{http_code} %{time_connect} %{time_starttransfer} %{time_total}\n' "$@" 2>&1 | http_reduce)"
    }
    http_wget() {
      http_say "$1" "$(shift
        fx_clock; http_start=$fx_now
        timeout 6 wget --no-config -S -O /dev/null -T 5 --connect-timeout=3 -t 1 --max-redirect=0 --no-proxy --no-check-certificate \
          --limit-rate=512k -U fleetdx "$@" 2>&1 | http_reduce
        fx_clock; echo "elapsed $((fx_now - http_start))")"
    }`

function askByCurl(request: HttpRequest): Script {
  const { url, address, port, unixPath, hostHeader } = request
  const name = url.startsWith('https:') ? hostHeader : null
  const isByName = name !== null && unixPath === null && name !== address
  const words = [
    ...(unixPath === null ? [] : ['--unix-socket', unixPath]),
    ...(isByName ? ['--resolve', `${name}:${port}:${address.includes(':') ? `[${address}]` : address}`] : []),
    ...(hostHeader === null ? [] : ['-H', `Host: ${hostHeader}`]),
  ]
  return sh`http_curl ${JSON.stringify(request)} ${[...words, url]} &`
}

/** wget knows no Unix sockets, and no other name for the address that it dials than the Host header. */
function askByWget(request: HttpRequest): Script {
  const { address, port, path, url, unixPath, hostHeader } = request
  if (unixPath !== null) return sh`cannot tool-missing ${`the answer at ${unixPath} (wget knows no Unix sockets)`}`
  const scheme = url.slice(0, url.indexOf(':'))
  const dialled = `${scheme}://${address.includes(':') ? `[${address}]` : address}:${port}${path}`
  return sh`http_wget ${JSON.stringify(request)} ${[...(hostHeader === null ? [] : ['--header', `Host: ${hostHeader}`]), dialled]} &`
}
