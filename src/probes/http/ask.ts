import { joinScripts, type Script, sh } from '../../shell.js'
import type { HttpRequest } from './facts.js'
import { nodeClient } from './node-client.js'

const atOnce = 14
/** How many requests are made again, those through the gateway first. */
export const mostRepeated = 12
/** Nothing is asked again after this much of the probe's time: the last request may still take six seconds. */
const samplingMs = 9_000
/** What the samples of a request are spread over, and the least pause between two: that no rate limit takes offence. */
const spreadMs = 4_000
const leastPauseMs = 100

/**
 * Words of sh that ask a server, with the first of curl, wget and node that is there. Each answer is one part, written in
 * one piece so that none mixes with another: its label is the request, its text `KEY VALUE` lines.
 * No answer is followed: a redirect may lead to somebody else's host.
 *
 * - `http_choose NODE …`  sets and tells `http_tool`; NODE are places of node beside the PATH
 * - `http_ask REQUEST URL ADDRESS PORT PATH NAME SOCKET`  by curl or wget; NAME and SOCKET are '' where there is none
 * - `http_again REQUEST …`  the same as `http_ask`, again and again until there are `http_samples` answers, or time is up
 * - `http_ask_node REQUESTS AGAIN`  all of them by node, and those that are to be made again: JSON arrays
 *
 * With `http_samples` above 1 the first requests are made that often; each answer is a part of its own, of the same label.
 */
export const httpWords = sh`
http_samples=1
http_choose() {
  http_tool= http_node=
  fx_clock; http_begun=$fx_now
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
http_again() {
  http_left=$((http_samples - 1)) http_pause=$((${spreadMs} / http_samples))
  [ $http_pause -ge ${leastPauseMs} ] || http_pause=${leastPauseMs}
  while [ $http_left -gt 0 ]; do
    # Each pause is another, or requests that take turns would meet the same worker of a cluster each time.
    http_dice=$(od -An -N1 -tu1 /dev/urandom)
    http_wait=$((http_pause / 2 + http_pause * \${http_dice:-128} / 256))
    # Some sleep in whole seconds only.
    sleep "$(printf '%d.%03d' $((http_wait / 1000)) $((http_wait % 1000)))" || sleep 1
    fx_clock
    [ $((fx_now - http_begun)) -lt ${samplingMs} ] || return 0
    http_ask "$@"
    http_left=$((http_left - 1))
  done
}
http_ask_node() {
  http_mark="$fx" http_samples="$http_samples" http_limit=${samplingMs} http_spread=${spreadMs} "$http_node" -e ${nodeClient} "$@"
}
# Of lines as the stand-alone script has them: a JSON array of the requests; a word run on each, some at a time.
http_list() { printf '[%s]' "$(cut -f 1 | awk '{ printf "%s%s", n++ ? "," : "", $0 }')"; }
http_each() {
  http_count=0
  while IFS=$fx_tab read -r http_request http_url http_address http_port http_path http_name http_socket; do
    "$1" "$http_request" "$http_url" "\${http_address#-}" "$http_port" "$http_path" "\${http_name#-}" "\${http_socket#-}" </dev/null &
    http_count=$((http_count + 1))
    [ $((http_count % ${atOnce})) != 0 ] || wait
  done
  wait
}
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

/**
 * Sends the requests, some at a time; then those that are `again` until each has this many answers, all at once, as no
 * more than `mostRepeated` are.
 */
export function askAll(
  requests: readonly HttpRequest[],
  nodePaths: readonly string[],
  { samples = 1, again = [] as readonly HttpRequest[] } = {},
): Script {
  const batches = Array.from({ length: Math.ceil(requests.length / atOnce) }, (_, index) =>
    requests.slice(index * atOnce, (index + 1) * atOnce),
  )
  return sh`
    http_choose ${nodePaths} || return
    http_samples=${samples}
    if [ "$http_tool" = node ]; then http_ask_node ${JSON.stringify(requests)} ${JSON.stringify(again)}; return; fi
    ${joinScripts([
      ...batches.flatMap((batch) => [...batch.map((request) => ask('http_ask', request)), sh`wait`]),
      ...(samples > 1 ? [...again.map((request) => ask('http_again', request)), sh`wait`] : []),
    ])}`
}

function ask(word: 'http_ask' | 'http_again', request: HttpRequest): Script {
  const { url, address, port, path, hostHeader, unixPath } = request
  return sh`${word} ${JSON.stringify(request)} ${url} ${address} ${port} ${path} ${hostHeader ?? ''} ${unixPath ?? ''} &`
}

/** The same for the stand-alone script, which found its requests itself, and has `fx_samples`. */
export const askFound = sh`
with_found node http_choose || return
http_samples=$fx_samples
http_repeated=$(found request | grep '^{"vantage":"gateway"'; found request | grep -v '^{"vantage":"gateway"')
http_repeated=$(printf '%s\n' "$http_repeated" | head -n ${mostRepeated})
if [ "$http_tool" = node ]; then
  http_ask_node "$(found request | http_list)" "$(printf '%s\n' "$http_repeated" | http_list)"
  return
fi
found request | http_each http_ask
[ "$http_samples" -le 1 ] || printf '%s\n' "$http_repeated" | http_each http_again`
