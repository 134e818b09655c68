import { sh } from '../shell.js'
import { followFrames, isWeb } from './find-apps.js'

/**
 * Requests worth making, and nginx's error logs. The configuration of nginx is read block by block, in whatever file a block is:
 * which doors and names a server has, where it proxies to, and what an upstream holds. Requests to what nginx dials come
 * first, then those through nginx, the same of Apache, Caddy and HAProxy by single lines, then those to the ports of pm2's
 * apps and of web processes.
 */
export const findRequests = sh`awk -v mark="$fx" '
    function ask(vantage, scheme, address, port, path, name, socket,   inUrl, url, key) {
      if ((address socket path name) ~ /[^A-Za-z0-9._:\/@%+-]/ || port !~ /^[0-9]*$/) return
      inUrl = scheme == "https" && name != "" ? name : address ~ /:/ ? "[" address "]" : address
      url = scheme "://" (socket == "" ? inUrl ":" port : name == "" ? "localhost" : name) path
      key = vantage == "direct" ? address ":" port socket : url name socket
      if (seen[vantage, key]++ || count++ >= 40) return
      if (vantage == "gateway" && scheme == "https" && socket == "") print "door\t" address " " port " " dash(name)
      print "request\t{\"vantage\":\"" vantage "\",\"url\":\"" url "\",\"address\":\"" address "\",\"port\":" port + 0 \
        ",\"path\":\"" path "\",\"unixPath\":" json(socket) ",\"hostHeader\":" json(name) "}\t" \
        url "\t" dash(address) "\t" port + 0 "\t" path "\t" dash(name) "\t" dash(socket)
    }
    function json(text) { return text == "" ? "null" : "\"" text "\"" }
    function dash(text) { return text == "" ? "-" : text }
    function reach(address) {
      gsub(/[][]/, "", address)
      return address ~ /^(|0\.0\.0\.0|\*)$/ ? "127.0.0.1" : address == "::" ? "::1" : address
    }
    # Splits "127.0.0.1:3000", "[::1]:3000", "3000", "web", "unix:/run/app.sock" into host, port and socket.
    function split_place(text, usual) {
      host = port = socket = ""
      if (text ~ /^unix:/) { socket = substr(text, 6); sub(/:.*/, "", socket); return }
      if (match(text, /:[0-9]+$/)) { port = substr(text, RSTART + 1); host = substr(text, 1, RSTART - 1) }
      else if (text ~ /^[0-9]+$/) port = text
      else host = text
      if (port == "") port = usual
    }
    function dial(scheme, text, name,   n, list, i) {
      split_place(text, scheme == "https" ? 443 : 80)
      if (host != "localhost") { ask("direct", scheme, socket == "" ? reach(host) : "", port, "/", name, socket); return }
      n = split(localhost == "" ? "127.0.0.1" : localhost, list, " ")
      for (i = 1; i <= n; i++) ask("direct", scheme, list[i], port, "/", name, "")
    }
    function certificate(path) { gsub(/"/, "", path); if (path ~ /^\/[A-Za-z0-9._\/@+-]+$/ && !seen["certificate", path]++) print "certificate\t" path }
    function statement(text,   n, word, i) {
      gsub(/^[ \t]+|[ \t]+$/, "", text); n = split(text, word, /[ \t]+/)
      if (word[1] == "error_log" && word[2] ~ /^\//) logs[++nLogs] = word[2]
      else if (word[1] == "ssl_certificate") certificate(word[2])
      else if (word[1] == "server_name") { for (i = 2; i <= n && name == ""; i++) if (word[i] ~ /^\.?[A-Za-z0-9][A-Za-z0-9.-]*$/) name = word[i] }
      else if (word[1] == "listen") {
        split_place(word[2], 80)
        doors[++nDoors] = (text ~ / ssl( |$)/ ? "https" : "http") "\t" host "\t" port "\t" socket
        if (host == "") plain[port] = 1
      }
      else if (word[1] == "server" && pool != "") { if (text !~ / down( |$)/) members[pool] = members[pool] " " word[2] }
      else if (word[1] == "proxy_pass") {
        proxies[++nProxies] = word[2]; served[nProxies] = inServer
        for (i = depth; i > 0; i--) if (head[i] ~ /^location (= |\^~ )?\/[^ ]+$/) { sub(/.* /, "", head[i]); paths[++nPaths] = head[i]; break }
      }
    }
    function open_block(text) {
      gsub(/^[ \t]+|[ \t]+$/, "", text); gsub(/[ \t]+/, " ", text); head[++depth] = text
      if (text ~ /^upstream /) pool = substr(text, 10)
      else if (text == "server") { inServer = ++nServers; name = ""; nDoors = nPaths = 0; split("", plain) }
    }
    function close_block() {
      if (head[depth] == "server") { keep_server(); inServer = 0 }
      pool = ""
      if (depth > 0) depth--
    }
    function keep_server(   i, j, door) {
      sub(/^\./, "", name); names[inServer] = name
      if (nDoors == 0) doors[++nDoors] = "http\t\t80\t"
      paths[0] = "/"
      for (i = 1; i <= nDoors; i++) {
        split(doors[i], door, "\t")
        # listen [::]:80 beside listen 80 is the same door twice.
        if (door[2] == "[::]" && door[3] in plain) continue
        for (j = 0; j <= nPaths; j++) gates[++nGates] = door[1] "\t" (door[4] == "" ? reach(door[2]) : "") "\t" door[3] "\t" paths[j] "\t" name "\t" door[4]
      }
    }
    ${followFrames}
    probe == "host" && kind == "localhost" && NF == 1 { localhost = localhost " " $1 }
    probe == "listeners" && (kind == "ss" || kind == "netstat") && ($1 == "LISTEN" || $1 ~ /^tcp/) { sockets[++nSockets] = $0 }
    probe == "processes" && kind == "rows" && ($9 ~ ${isWeb} || ($9 == "PM2" && $10 ~ /^v/)) { web[$1] = 1 }
    probe == "pm2" && kind == "apps" && match($0, /"port":"?[0-9]+/) { port = substr($0, RSTART, RLENGTH); gsub(/[^0-9]/, "", port); ports[++nPorts] = port }
    probe == "nginx" && $1 ~ /^(binary|config)$/ && NF > 1 { hasNginx = 1 }
    probe == "nginx" && kind == "file" {
      if (label != file) { file = label; depth = inServer = 0; pool = text = "" }
      gsub(/"[^"]*"/, "_"); gsub(/\047[^\047]*\047/, "_"); gsub(/\$\{[A-Za-z0-9_]+\}/, "$v"); sub(/(^|[ \t;{}])#.*/, " ")
      text = text " " $0
      while (match(text, /[;{}]/)) {
        before = substr(text, 1, RSTART - 1); sign = substr(text, RSTART, 1); text = substr(text, RSTART + 1)
        if (sign == ";") statement(before); else if (sign == "{") open_block(before); else close_block()
      }
    }
    # Of Apache, Caddy and HAProxy: which servers a line dials, and which doors and names it opens.
    function other_line(text,   n, word, i, scheme) {
      gsub(/^[ \t<]+|[ \t>]+$/, "", text); gsub(/"/, "", text); n = split(text, word, /[ \t]+/)
      if (word[1] ~ /^(ProxyPass|ProxyPassMatch|BalancerMember|reverse_proxy|to)$/)
        for (i = 2; i <= n; i++) { if (word[i] ~ /^(https?:\/\/)?[A-Za-z0-9._-]*:[0-9]+(\/.*)?$|^https?:\/\//) others[++nOthers] = word[i] }
      else if (word[1] == "server" && probe == "haproxy") others[++nOthers] = word[3]
      else if (word[1] == "bind" && match(word[2], /[0-9]+$/)) {
        for (i = 3; i < n; i++) if (word[i] == "crt") certificate(word[i + 1])
        match(word[2], /[0-9]+$/); otherDoors[++nOtherDoors] = (text ~ / ssl( |$)/ ? "https" : "http") "\t" substr(word[2], RSTART) "\t"
      }
      else if (word[1] == "SSLCertificateFile") certificate(word[2])
      else if (word[1] == "ServerName") otherDoors[++nOtherDoors] = "http\t80\t" word[2]
      else if (probe == "caddy" && depth == 0 && word[n] == "{" && word[1] !~ /^[({]/)
        for (i = 1; i < n; i++) {
          sub(/,$/, "", word[i]); scheme = word[i] ~ /^http:|:80$/ ? "http" : "https"; sub(/^https?:\/\//, "", word[i])
          split_place(word[i], scheme == "http" ? 80 : 443); otherDoors[++nOtherDoors] = scheme "\t" port "\t" host
        }
      depth += gsub(/\{/, "", text) - gsub(/\}/, "", text)
    }
    probe ~ /^(apache|caddy|haproxy)$/ && kind == "file" {
      if (label != file) { file = label; depth = 0 }
      sub(/(^|[ \t])#.*/, ""); other_line($0)
    }
    END {
      for (i = 1; i <= nLogs; i++) if (!seen["log", logs[i]]++) print "errors\t" logs[i]
      if (nLogs == 0 && hasNginx) print "errors\t/var/log/nginx/error.log"
      for (i = 1; i <= nProxies; i++) {
        target = proxies[i]; scheme = target ~ /^https:/ ? "https" : "http"; sub(/^https?:\/\//, "", target)
        if (target !~ /^unix:/) sub(/\/.*/, "", target)
        if (target ~ /\$/) continue
        name = names[served[i]]
        if (target in members) { n = split(members[target], list, " "); for (j = 1; j <= n; j++) dial(scheme, list[j], name) }
        else dial(scheme, target, name)
      }
      for (i = 1; i <= nGates; i++) { split(gates[i], gate, "\t"); ask("gateway", gate[1], gate[2], gate[3], gate[4], gate[5], gate[6]) }
      for (i = 1; i <= nOthers; i++) {
        target = others[i]; scheme = target ~ /^https:/ ? "https" : "http"; sub(/^https?:\/\//, "", target); sub(/\/.*/, "", target)
        dial(scheme, target, "")
      }
      for (i = 1; i <= nOtherDoors; i++) { split(otherDoors[i], gate, "\t"); ask("gateway", gate[1], "127.0.0.1", gate[2], "/", gate[3], "") }
      for (i = 1; i <= nPorts; i++) ask("direct", "http", "127.0.0.1", ports[i], "/", "", "")
      for (i = 1; i <= nSockets; i++) {
        rest = sockets[i]; split(rest, field, " ")
        while (match(rest, /pid=[0-9]+|[ \t][0-9]+\//)) {
          pid = substr(rest, RSTART, RLENGTH); gsub(/[^0-9]/, "", pid); rest = substr(rest, RSTART + RLENGTH)
          if (pid in web) { split_place(field[4], ""); ask("direct", "http", reach(host), port, "/", "", ""); break }
        }
      }
    }'`
