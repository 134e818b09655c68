import { joinScripts, type Script, sh } from '../../shell.js'
import type { HttpRequest } from './facts.js'
import { nodeClient } from './node-client.js'

const atOnce = 14

/**
 * Words of sh that ask a server, with the first of curl, wget and node that is there. Each answer is one part, written in
 * one piece so that none mixes with another: its label is the request, its text `KEY VALUE` lines.
 * No answer is followed: a redirect may lead to somebody else's host.
 *
 * - `http_choose NODE …`  sets and tells `http_tool`; NODE are places of node beside the PATH
 * - `http_ask REQUEST URL ADDRESS PORT PATH NAME SOCKET`  by curl or wget; NAME and SOCKET are '' where there is none
 * - `http_ask_node REQUESTS`  all of them, a JSON array, by node
 */
export const httpWords = sh`
http_choose() {
  http_tool= http_node=
  if has curl; then http_tool=curl
  elif wget --version | grep -q 'GNU Wget'; then http_tool=wget
  else
    for http_node in node "$@"; do
      http_node=$(command -v "$http_node") && { [ -O "$http_node" ] || [ "$(stat -Lc %u "$http_node")" = 0 ]; } || continue
      http_tool=node
      break
    done
  fi
  if [ -n "$http_tool" ]; then echo "tool $http_tool"
  else cannot tool-missing "HTTP answers seen from the host"; return 1
  fi
}
http_ask() {
  http_request=$1 http_url=$2 http_address=$3 http_port=$4 http_path=$5 http_name=$6 http_socket=$7
  http_dialled=$http_address
  case $http_address in *:*) http_dialled="[$http_address]" ;; esac
  set --
  if [ "$http_tool" = curl ]; then
    [ -z "$http_socket" ] || set -- --unix-socket "$http_socket"
    case $http_url,$http_socket in
      https:*,)
        [ -z "$http_name" ] || [ "$http_name" = "$http_address" ] ||
          set -- "$@" --resolve "$http_name:$http_port:$http_dialled" ;;
    esac
    [ -z "$http_name" ] || set -- "$@" -H "Host: $http_name"
    http_curl "$http_request" "$@" "$http_url"
  elif [ -n "$http_socket" ]; then
    cannot tool-missing "the answer at $http_socket (wget knows no Unix sockets)"
  else
    # wget knows no other name for the address that it dials than the Host header.
    [ -z "$http_name" ] || set -- --header "Host: $http_name"
    http_wget "$http_request" "$@" "\${http_url%%:*}://$http_dialled:$http_port$http_path"
  fi
}
http_ask_node() { http_mark="$fx" "$http_node" -e ${nodeClient} "$1"; }
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
}
`

/** Sends the requests, some at a time. */
export function askAll(requests: readonly HttpRequest[], nodePaths: readonly string[]): Script {
  const batches = Array.from({ length: Math.ceil(requests.length / atOnce) }, (_, index) =>
    requests.slice(index * atOnce, (index + 1) * atOnce),
  )
  return sh`
    http_choose ${nodePaths} || return
    if [ "$http_tool" = node ]; then http_ask_node ${JSON.stringify(requests)}; return; fi
    ${joinScripts(batches.flatMap((batch) => [...batch.map(ask), sh`wait`]))}`
}

function ask(request: HttpRequest): Script {
  const { url, address, port, path, hostHeader, unixPath } = request
  return sh`http_ask ${JSON.stringify(request)} ${url} ${address} ${port} ${path} ${hostHeader ?? ''} ${unixPath ?? ''} &`
}

/** The same for the stand-alone script, which found its requests itself. */
export const askFound = sh`
with_found node http_choose || return
if [ "$http_tool" = node ]; then
  http_ask_node "[$(found request | cut -f 1 | awk '{ printf "%s%s", n++ ? "," : "", $0 }')]"
  return
fi
http_count=0
found request | {
  while IFS=$fx_tab read -r http_request http_url http_address http_port http_path http_name http_socket; do
    http_ask "$http_request" "$http_url" "\${http_address#-}" "$http_port" "$http_path" "\${http_name#-}" "\${http_socket#-}" </dev/null &
    http_count=$((http_count + 1))
    [ $((http_count % ${atOnce})) != 0 ] || wait
  done
  wait
}`
