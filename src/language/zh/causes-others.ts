import type { Catalog } from '../language.js'

export const causesOthers: Catalog = {
  // app-binds-loopback-remote-gateway
  '{0} listens on {1} only, so {2} is refused': '{0} 只监听 {1}，因此 {2} 被拒绝',
  'LISTEN {0}:{1}, and no other address': 'LISTEN {0}:{1}，没有监听其他地址',
  'lets a standalone server listen on every address; `next start` wants `-H 0.0.0.0` in its arguments':
    '让 standalone server 监听所有地址；`next start` 需要在参数中加 `-H 0.0.0.0`',
  'requests fail for the seconds that it takes to start; the port is open to everybody whom no firewall keeps out':
    '启动期间的几秒内请求会失败；没有防火墙阻挡的人都能访问该端口',
  'let {0} listen on 0.0.0.0 or on the address that is dialled': '让 {0} 监听 0.0.0.0 或网关转发到的地址',
  'the port is open to everybody whom no firewall keeps out': '没有防火墙阻挡的人都能访问该端口',
  '{0} refuses connections: the app there is down, or listens on 127.0.0.1 only; only that host can tell':
    '{0} 拒绝连接：那边的应用没有运行，或只监听 127.0.0.1；只有在那台主机上才能确认',
  "ss -ltn 'sport = :{0}' on the host of {1}, or check it in the same run":
    "在 {1} 所在主机上执行 ss -ltn 'sport = :{0}'，或在同一次运行中检查该主机",
  'on {0} the app listens on {1}:{2} only, so {3} is refused to the gateway here':
    '{0} 上的应用只监听 {1}:{2}，因此这里的网关连接 {3} 被拒绝',
  'on {0}: let the app listen on {1} or on 0.0.0.0 (HOSTNAME=0.0.0.0 for a standalone server, `-H 0.0.0.0` for `next start`), and restart it':
    '在 {0} 上：让应用监听 {1} 或 0.0.0.0（standalone server 用 HOSTNAME=0.0.0.0，`next start` 用 `-H 0.0.0.0`），然后重启',
  'there, let in this host only: `sudo ufw allow from {0} to any port {1} proto tcp`':
    '在那台主机上，只放行本机：`sudo ufw allow from {0} to any port {1} proto tcp`',
  'the app listens on 127.0.0.1 only, and is asked from elsewhere': '应用只监听 127.0.0.1，请求却来自别处',
  'a gateway on another host gets `connection refused` and answers 502, while the app answers on its own host':
    '另一台主机上的网关得到 `connection refused` 并返回 502，而应用在自己的主机上能应答',
  'on the host of the app, `ss -ltn sport = :<port>` shows 127.0.0.1:<port> or [::1]:<port> only':
    '在应用主机上，`ss -ltn sport = :<port>` 只有 127.0.0.1:<port> 或 [::1]:<port>',
  'on the host of the gateway, its log has (111: Connection refused) for the address of the other host':
    '在网关主机上，日志中对另一台主机的地址有 (111: Connection refused)',
  'firewall-drop-gateway-app: then the connection times out (110)': 'firewall-drop-gateway-app：连接会超时（110）',
  'firewall-reject-gateway-app: then it is (113), seldom (111)':
    'firewall-reject-gateway-app：错误码是 113，少数情况下是 111',
  'the app is down: then it does not answer on its own host either': '应用没有运行：这时在它自己的主机上也没有应答',
  'let the app listen on the address that the gateway dials, or on 0.0.0.0: `HOSTNAME=0.0.0.0`, `next start -H 0.0.0.0`':
    '让应用监听网关转发到的地址，或 0.0.0.0：`HOSTNAME=0.0.0.0`、`next start -H 0.0.0.0`',
  'everybody who reaches the host can ask it past the gateway: allow the port to the gateway only':
    '能到达该主机的人都可绕过网关访问应用：该端口只对网关放行',
  'allow it to the gateway: `ufw allow from <gateway> to any port <port> proto tcp`':
    '对网关放行：`ufw allow from <gateway> to any port <port> proto tcp`',

  // cdn-origin-error
  'the origin sent nothing, or nothing that is HTTP': '源站没有返回内容，或返回的不是 HTTP',
  'look for resets and oversized headers in the gateway log': '在网关日志中查找连接重置和过大的响应头',
  'the origin refuses the connection': '源站拒绝连接',
  "let the gateway listen on the origin's port, and let Cloudflare's addresses in":
    '让网关监听源站端口，并放行 Cloudflare 的地址',
  'the origin does not take the connection in time': '源站未在时限内接受连接',
  "let Cloudflare's addresses through every firewall before the gateway (https://www.cloudflare.com/ips/)":
    '在网关前面的每道防火墙上放行 Cloudflare 的地址（https://www.cloudflare.com/ips/）',
  'the origin cannot be reached': '无法到达源站',
  'correct the address of the origin in the DNS records at Cloudflare': '在 Cloudflare 的 DNS 记录中改正源站地址',
  'the origin took the connection and gave no answer in 100 s': '源站接受了连接，但 100 秒内没有应答',
  'find why the app is slow': '查明应用为什么慢',
  'the TLS handshake with the origin failed': '与源站的 TLS 握手失败',
  'let the gateway serve TLS on 443 for this name, or change the SSL mode at Cloudflare':
    '让网关在 443 端口为该域名提供 TLS，或在 Cloudflare 更改 SSL 模式',
  "the origin's certificate is not valid": '源站的证书无效',
  'renew the certificate, and reload the gateway': '续期证书，并重新加载网关',
  "the origin's name cannot be resolved, or Cloudflare has an error of its own (its page says which)":
    '源站域名无法解析，或 Cloudflare 自身出错（见其错误页）',
  'correct the name of the origin at Cloudflare': '在 Cloudflare 改正源站域名',
  'Cloudflare answers {0} for {1}: {2} ({3})': 'Cloudflare 对 {1} 返回 {0}：{2}（{3}）',
  'Cloudflare answers {0} for {1}: {2}': 'Cloudflare 对 {1} 返回 {0}：{2}',
  'a change at the CDN shows at once for every visitor': '在 CDN 上的改动会立即影响所有访客',
  '{0} drops connections to port {1}': '{0} 丢弃到端口 {1} 的连接',
  '{0} rejects connections to port {1}': '{0} 拒绝到端口 {1} 的连接',
  'on the host: shows what the origin says without Cloudflare': '在主机上执行：查看绕过 Cloudflare 时源站返回什么',
  'opens port {0}': '开放端口 {0}',
  'opens it to everybody, past the CDN too': '对所有人开放，也可绕过 CDN 访问',
  'the CDN does not get an answer from the origin': 'CDN 得不到源站的应答',
  "visitors get a page of the CDN with 520 to 526 or 530; the host's own logs show nothing of these requests":
    '访客看到 CDN 的错误页，状态码为 520 至 526 或 530；主机自己的日志里没有这些请求',
  'the answer to the public URL has such a status, `Server: cloudflare` and a `CF-RAY`':
    '公网 URL 的应答带有上述状态码、`Server: cloudflare` 和 `CF-RAY`',
  '502 and 504 behind a CDN mostly are those of the origin, passed on':
    'CDN 返回的 502 和 504 多半是源站的应答，由 CDN 转发出来',
  'gateway-down, public-port-blocked, app-hung: named instead where this host shows why':
    'gateway-down、public-port-blocked、app-hung：主机上能看出原因时归入这些',
  'see that the origin answers without the CDN: `curl -sko /dev/null -w "%{http_code}" --resolve <name>:443:<address> https://<name>/`':
    '确认绕过 CDN 时源站能应答：`curl -sko /dev/null -w "%{http_code}" --resolve <name>:443:<address> https://<name>/`',
  "let the CDN's addresses through the firewall: `ufw allow from <block> to any port 443 proto tcp`":
    '在防火墙放行 CDN 的地址：`ufw allow from <block> to any port 443 proto tcp`',
  'opens the port to the CDN': '对 CDN 开放该端口',
  'compare the address of the origin at the CDN with that of the host': '核对 CDN 上的源站地址与主机地址是否一致',

  // conntrack-full
  'the kernel said that its table of connections was full; whether it still is could not be seen':
    '内核曾报告连接跟踪表已满；无法确认现在是否仍然满',
  "the kernel's table of connections is full ({0} of {1}): new ones are dropped":
    '内核连接跟踪表已满（{0}/{1}）：新连接被丢弃',
  'kernel log': '内核日志',
  'makes room at once, until the next boot': '立即腾出空间，到下次开机为止',
  "up to {0} MB of the kernel's memory": '最多占用 {0} MB 内核内存',
  'keeps it over the next boot': '下次开机后依然生效',
  'shows who fills it: an attack or a leak fills any table': '查看是谁占满的：攻击或泄漏会填满任何大小的表',
  "the kernel's table of connections is full": '内核连接跟踪表已满',
  'new connections time out at random, from outside and on the host itself; those that stand go on':
    '新连接随机超时，不论来自外部还是主机自身；已建立的连接不受影响',
  '`cat /proc/sys/net/netfilter/nf_conntrack_count` is at `nf_conntrack_max`':
    '`cat /proc/sys/net/netfilter/nf_conntrack_count` 已达到 `nf_conntrack_max`',
  'the kernel log says `nf_conntrack: table full, dropping packet`':
    '内核日志中有 `nf_conntrack: table full, dropping packet`',
  'public-port-blocked: a firewall drops every connection to a port, not some to any port':
    'public-port-blocked：防火墙会丢弃某一端口的全部连接，而不是任意端口的部分连接',
  'a line in the kernel log from before the count fell again: then it is over':
    '内核日志中的那一行早于计数回落：已经过去了',
  "see who fills it: `conntrack -L | awk '{ print $3, $6 }' | sort | uniq -c | sort -n | tail`":
    "查看是谁占满的：`conntrack -L | awk '{ print $3, $6 }' | sort | uniq -c | sort -n | tail`",
  'raise the limit: `sysctl -w net.netfilter.nf_conntrack_max=<number>`':
    '提高上限：`sysctl -w net.netfilter.nf_conntrack_max=<number>`',
  'each entry takes about 320 bytes of memory': '每个条目约占 320 字节内存',
  'keep it over the next boot: a file in /etc/sysctl.d': '要在下次开机后依然生效：写入 /etc/sysctl.d 下的文件',

  // dns-points-elsewhere
  "{0} has no address as seen from here; visitors' name servers may know one":
    '{0} 在这里解析不到地址；访客所用的 DNS 服务器可能解析得到',
  "{0} leads to {1}, which is none of this host's own addresses; that may be a NAT or a load balancer before it":
    '{0} 解析到 {1}，不是本机的地址；可能是前面的 NAT 或负载均衡',
  '{0} has no address; this host answers for it at {1}': '{0} 没有解析到地址；本机在 {1} 上能应答该域名',
  '{0} leads to {1}, where requests fail ({2}); this host answers for it at {3}':
    '{0} 解析到 {1}，那里的请求失败（{2}）；本机在 {3} 上能应答该域名',
  'shows what others are told': '查看外部得到的解析结果',
  'add a record of {0} with the public address of this host': '为 {0} 添加指向本机公网地址的记录',
  'let the record of {0} be the address of this host, or mend what stands at {1} if that is a load balancer or NAT before it':
    '把 {0} 的记录改为本机地址；如果 {1} 是前面的负载均衡或 NAT，则修复它',
  'a changed record takes as long as its TTL to reach everybody': '改动后的记录要经过其 TTL 才对所有人生效',
  'the public name does not lead to this host': '公网域名没有指向本机',
  'visitors get no answer, or one of another machine, while the host answers for the name when it is asked itself':
    '访客得不到应答，或得到另一台机器的应答；而直接访问本机地址时，本机能应答该域名',
  '`dig +short <name>` gives none of the addresses of the host (`ip -br address`)':
    '`dig +short <name>` 的结果中没有主机的地址（`ip -br address`）',
  'the same request to the address of the host is answered': '同样的请求发往主机地址时有应答',
  'a load balancer, a NAT or a CDN before the host: its address is another one, and right':
    '主机前面有负载均衡、NAT 或 CDN：域名解析到它的地址，这是正常的',
  'public-port-blocked: the name leads here, and a firewall keeps visitors out':
    'public-port-blocked：域名指向本机，而防火墙挡住了访客',
  'see what the name is, and is told by its own servers: `dig +short <name>`, `dig +trace <name>`':
    '查看域名的解析结果，以及其权威服务器的应答：`dig +short <name>`、`dig +trace <name>`',
  'correct the record where the domain is managed': '在域名管理处改正记录',
  'takes as long as its TTL to reach everybody': '要经过其 TTL 才对所有人生效',

  // ephemeral-ports-exhausted
  '{0} found no local port for a connection to {1}; how many are taken could not be seen':
    '{0} 找不到可用的本地端口来连接 {1}；无法确认已占用多少',
  'all {0} local ports ({1}) are taken by connections to {2}, so {3} cannot open another':
    '全部 {0} 个本地端口（{1}）都被到 {2} 的连接占用，{3} 无法再建立连接',
  '{0} connections to {1}, {2} of them in TIME-WAIT': '到 {1} 的连接有 {0} 个，其中 {2} 个处于 TIME-WAIT',
  'shows who holds them, and in which state': '查看是谁占用的，处于什么状态',
  'gives more ports, and lets those be used again that only wait; until the next boot (a file in /etc/sysctl.d keeps it)':
    '增加可用端口，并允许复用只在等待的端口；到下次开机为止（写入 /etc/sysctl.d 下的文件可保留）',
  'may take a port that a service wants to listen on later; ip_local_reserved_ports spares it':
    '可能占用某个服务稍后要监听的端口；ip_local_reserved_ports 可以排除',
  'then reuse connections: an upstream block with `keepalive 32`, proxy_http_version 1.1 and proxy_set_header Connection ""':
    '然后复用连接：在 upstream 块中设置 `keepalive 32`，并设置 proxy_http_version 1.1 和 proxy_set_header Connection ""',
  'a change of the configuration: test it before the reload': '修改了配置：重新加载前先测试',
  'no local port is left for a connection to the app': '没有本地端口可用来连接应用',
  '502 at once, for some requests or all, while the app is well and listens':
    '部分或全部请求立即返回 502，而应用正常、仍在监听',
  'the gateway logs `(99: Cannot assign requested address) while connecting to upstream`':
    '网关日志中有 `(99: Cannot assign requested address) while connecting to upstream`',
  'as many connections to the app (most in TIME-WAIT) as `net.ipv4.ip_local_port_range` has ports: `ss -tan dst <address>:<port> | wc -l`':
    '到应用的连接数（多数处于 TIME-WAIT）等于 `net.ipv4.ip_local_port_range` 的端口数：`ss -tan dst <address>:<port> | wc -l`',
  'no-listener and the like: then the connection is refused (111), not impossible (99)':
    'no-listener 之类：那时连接是被拒绝（111），而不是无法建立（99）',
  'a `proxy_bind` to an address that this host does not have gives 99 as well, with few connections':
    '`proxy_bind` 指定了本机没有的地址，也会得到 99，但连接数很少',
  'widen the range: `sysctl -w net.ipv4.ip_local_port_range="1024 65535"`':
    '扩大范围：`sysctl -w net.ipv4.ip_local_port_range="1024 65535"`',
  'a port that a service wants to listen on may be taken: list such in `ip_local_reserved_ports`':
    '可能占用某个服务要监听的端口：把这些端口列入 `ip_local_reserved_ports`',
  'let waiting ones be used again: `sysctl -w net.ipv4.tcp_tw_reuse=1`':
    '允许复用处于等待的端口：`sysctl -w net.ipv4.tcp_tw_reuse=1`',
  'a late packet of the old connection may reach the new one, which timestamps mostly prevent':
    '旧连接迟到的报文可能进入新连接，时间戳机制通常能防止',
  'reuse connections: `keepalive` in the upstream block, with HTTP/1.1 and an empty Connection header':
    '复用连接：在 upstream 块中设置 `keepalive`，使用 HTTP/1.1 并清空 Connection 头',
  'a configuration change: test before the reload': '修改了配置：重新加载前先测试',

  // firewall-drop-gateway-app
  'connections to {0} time out: the app answers on its own host, {1}, so a firewall there or between drops them':
    '到 {0} 的连接超时：应用在其主机 {1} 上能应答，因此是那边或中间的防火墙丢弃了报文',
  'connections to {0} time out: a firewall drops them, or that host is gone':
    '到 {0} 的连接超时：报文被防火墙丢弃，或那台主机已不存在',
  'on the host of {0}: allow port {1} from this host (ufw: `sudo ufw allow from THIS_HOST to any port {2} proto tcp`)':
    '在 {0} 所在主机上：对本机放行端口 {1}（ufw：`sudo ufw allow from THIS_HOST to any port {2} proto tcp`）',
  'whoever else has that address reaches the app without the gateway': '使用该地址的其他机器也能绕过网关访问应用',
  'packets from the gateway to the app are dropped': '网关发往应用的报文被丢弃',
  '504 after a minute, on every request to an app on another host, or on this one where the rule has no exception for `lo`':
    '应用在另一台主机上，或在本机但规则没有放行 `lo` 时，所有请求在一分钟后返回 504',
  'connections to <address>:<port> time out': '到 <address>:<port> 的连接超时',
  'the gateway says 110 while connecting to upstream': '网关日志中有 110 while connecting to upstream',
  'app-hung: the connection is made, the answer is late': 'app-hung：连接能建立，只是应答迟迟不来',
  'firewall-reject-gateway-app: 113 or 101, at once': 'firewall-reject-gateway-app：立即得到 113 或 101',
  'no-listener: 111, at once': 'no-listener：立即得到 111',
  'proxy-target-wrong-host: no host has that address': 'proxy-target-wrong-host：没有主机使用该地址',
  'from the host of the gateway: `curl -m 5 http://<address>:<port>/`':
    '在网关主机上执行：`curl -m 5 http://<address>:<port>/`',
  'on the other host see which rule drops it: `ufw status`, `nft list ruleset`, the security group of the cloud':
    '在另一台主机上查看是哪条规则丢弃的：`ufw status`、`nft list ruleset`、云厂商安全组',
  'there, allow <port> from the gateway only: `ufw allow from <address> to any port <port> proto tcp`':
    '在那台主机上，<port> 只对网关放行：`ufw allow from <address> to any port <port> proto tcp`',
  'who else is in that range reaches the app without the gateway': '该地址范围内的其他机器也能绕过网关访问应用',

  // firewall-reject-gateway-app
  '{0} cannot be reached (no route, or administratively prohibited)': '无法到达 {0}（没有路由，或被策略禁止）',
  'on the host of {0}: open port {1} (firewalld: `sudo firewall-cmd --permanent --add-port={2}/tcp && sudo firewall-cmd --reload`)':
    '在 {0} 所在主机上：开放端口 {1}（firewalld：`sudo firewall-cmd --permanent --add-port={2}/tcp && sudo firewall-cmd --reload`）',
  'everybody who reaches that host reaches the app without the gateway': '能到达那台主机的人都可绕过网关访问应用',
  'a firewall rejects connections from the gateway to the app': '防火墙拒绝网关到应用的连接',
  '502 at once, on every request to an app on another host, or on this one where the rule has no exception for `lo`':
    '应用在另一台主机上，或在本机但规则没有放行 `lo` 时，所有请求立即返回 502',
  'connections to <address>:<port> fail with 113 (no route to host) or 101 (network is unreachable)':
    '到 <address>:<port> 的连接失败，错误码为 113（no route to host）或 101（network is unreachable）',
  'firewall-drop-gateway-app: they time out': 'firewall-drop-gateway-app：连接超时',
  'no-listener: they are refused (111)': 'no-listener：连接被拒绝（111）',
  'see whether there is a route: `ip route get <address>`': '查看有没有路由：`ip route get <address>`',
  'on the other host, allow <port>: `firewall-cmd --permanent --add-port=<port>/tcp && firewall-cmd --reload`':
    '在另一台主机上放行 <port>：`firewall-cmd --permanent --add-port=<port>/tcp && firewall-cmd --reload`',

  // ipv6-listen-missing
  '{0} has the IPv6 address {1}, but {2} listens on port {3} for IPv4 only':
    '{0} 有 IPv6 地址 {1}，但 {2} 的端口 {3} 只监听 IPv4',
  'LISTEN {0}:{1}, none for IPv6': 'LISTEN {0}:{1}，没有监听 IPv6',
  'let the gateway listen on [::]:{0} too, or take the AAAA record away': '让网关也监听 [::]:{0}，或删除 AAAA 记录',
  'without the record visitors with IPv6 only are lost': '没有该记录，只有 IPv6 的访客将无法访问',
  'add `{0}` beside the other listen of this server block': '在该 server 块的其他 listen 旁边添加 `{0}`',
  'tests the configuration and loads it': '测试配置并加载',
  'takes over every other change of the files, too': '文件中的其他改动也会一并生效',
  'the name has an IPv6 address, and nothing listens there': '域名有 IPv6 地址，但那里没有监听',
  'some visitors, and certificate authorities, are refused; from an IPv4 network everything is well':
    '部分访客和证书颁发机构的连接被拒绝；从 IPv4 网络访问一切正常',
  'the name has an AAAA record with an address of this host: `dig +short AAAA <name>`':
    '域名的 AAAA 记录指向本机地址：`dig +short AAAA <name>`',
  '`ss -ltn6 sport = :<port>` shows no listener': '`ss -ltn6 sport = :<port>` 没有监听',
  'an AAAA record of a CDN or load balancer: the address is none of this host':
    'AAAA 记录属于 CDN 或负载均衡：该地址不是本机的',
  '`*:<port>` of ss takes both families where the socket is not v6only':
    'ss 显示的 `*:<port>` 同时接受两种地址族，除非 socket 设了 v6only',
  'let the gateway listen on IPv6: `listen [::]:443 ssl;` in the server block':
    '让网关监听 IPv6：在 server 块中加入 `listen [::]:443 ssl;`',
  'fails to start where another server block has it with other options':
    '如果其他 server 块对它使用了不同选项，会启动失败',
  'test and reload: `nginx -t && systemctl reload nginx`': '测试并重新加载：`nginx -t && systemctl reload nginx`',
  'or take the AAAA record away': '或删除 AAAA 记录',
  'visitors with IPv6 only are lost': '只有 IPv6 的访客将无法访问',

  // ipv6-port-blocked
  '{0} has the IPv6 address {1}, but {2} drops IPv6 connections to port {3}':
    '{0} 有 IPv6 地址 {1}，但 {2} 丢弃到端口 {3} 的 IPv6 连接',
  '{0} has the IPv6 address {1}, but {2} rejects IPv6 connections to port {3}':
    '{0} 有 IPv6 地址 {1}，但 {2} 拒绝到端口 {3} 的 IPv6 连接',
  'find the rule that closes port {0} for IPv6, and put an accept before it':
    '找出对 IPv6 关闭端口 {0} 的规则，在它前面加一条 accept',
  'opens port {0} for IPv6 too': '对 IPv6 也开放端口 {0}',
  'opens it to everybody': '对所有人开放',
  'the firewall lets visitors in by IPv4 only': '防火墙只放行 IPv4 访客',
  'visitors with IPv6 wait, then go on by IPv4 or fail; certificate authorities that ask by IPv6 time out':
    'IPv6 访客先等待，然后改走 IPv4 或失败；经 IPv6 验证的证书颁发机构超时',
  '`ip6tables -S INPUT` or `nft list ruleset` drops the port for ip6, while the rules for IPv4 let it in':
    '`ip6tables -S INPUT` 或 `nft list ruleset` 丢弃该端口的 ip6 报文，而 IPv4 规则放行',
  'ipv6-listen-missing: nothing listens there, which is refused at once':
    'ipv6-listen-missing：那里没有监听，连接会立即被拒绝',
  'public-port-blocked: closed for IPv4 too': 'public-port-blocked：IPv4 也被关闭',
  'open the port for IPv6 too: `ufw allow <port>/tcp` does both, with IPV6=yes in /etc/default/ufw':
    '对 IPv6 也开放端口：/etc/default/ufw 中有 IPV6=yes 时，`ufw allow <port>/tcp` 同时作用于两者',

  // listen-backlog-overflow
  '{0} connections wait at {1} where {2} may: further ones are dropped':
    '{1} 有 {0} 个连接在排队，上限是 {2}：多出的连接被丢弃',
  'connections to {0} are dropped: more wait than may': '到 {0} 的连接被丢弃：排队数超过上限',
  'ListenOverflows grew by {0} during the check': '检查期间 ListenOverflows 增加了 {0}',
  'shows whether the app is busy: one at 100 % blocks its event loop':
    '查看应用是否繁忙：占用 100 % CPU 的进程，其事件循环已阻塞',
  'make the app answer quicker, or run more instances of it in cluster mode':
    '让应用更快应答，或以 cluster 模式运行更多实例',
  'each instance takes its memory': '每个实例都要占用内存',
  'to let more wait, pass a larger backlog to listen()': '要允许更多连接排队，给 listen() 传入更大的 backlog',
  'to let more wait, pass a larger backlog to listen() (net.core.somaxconn allows {0})':
    '要允许更多连接排队，给 listen() 传入更大的 backlog（net.core.somaxconn 允许 {0}）',
  'visitors wait longer instead of failing': '访客会等得更久，而不是直接失败',
  'more connections wait for the app than may wait': '等待应用的连接数超过队列上限',
  'under load some requests get 504 or 502 after seconds, while others are answered':
    '负载高时，部分请求在几秒后返回 504 或 502，其他请求正常',
  '`ss -ltn sport = :<port>` shows Recv-Q above Send-Q (the backlog; 511 by default in Node.js)':
    '`ss -ltn sport = :<port>` 显示 Recv-Q 大于 Send-Q（即 backlog；Node.js 默认 511）',
  '`nstat -az TcpExtListenOverflows` grows': '`nstat -az TcpExtListenOverflows` 在增长',
  'the gateway logs `upstream timed out (110) while connecting` to an address of this very host':
    '网关日志中有 `upstream timed out (110) while connecting`，目标是本机地址',
  'app-hung: then nothing is answered at all, and the full queue only follows; what closed connections in the last minute (TIME-WAIT at its port) is not hung':
    'app-hung：那时完全没有应答，队列满只是其后果；如果最近一分钟内关闭过连接（其端口有 TIME-WAIT），就不是挂起',
  'conntrack-full: drops to every port, and the queue is short': 'conntrack-full：丢弃到任何端口的连接，而队列很短',
  'find what blocks the event loop, or run more instances: `pm2 scale <app> <number>`':
    '查明是什么阻塞了事件循环，或运行更多实例：`pm2 scale <app> <number>`',
  'each instance takes its memory; only cluster mode shares a port':
    '每个实例都要占用内存；只有 cluster 模式能共用端口',
  'let more wait: a larger backlog in `listen()`, and `sysctl -w net.core.somaxconn=<number>`':
    '允许更多连接排队：在 `listen()` 中设置更大的 backlog，并执行 `sysctl -w net.core.somaxconn=<number>`',

  // network-between-hosts
  'a firewall': '防火墙',
  '{0} of host {1} drops what comes to port {2}, where the app itself answers':
    '主机 {1} 的 {0} 丢弃到端口 {2} 的连接，而应用在那台主机上能应答',
  '{0} of host {1} rejects what comes to port {2}, where the app itself answers':
    '主机 {1} 的 {0} 拒绝到端口 {2} 的连接，而应用在那台主机上能应答',
  '{0} is host {1}, where the app answers; connections from here are refused: by a firewall there or between, or by another host that has this address':
    '{0} 是主机 {1}，应用在那台主机上能应答；从这里连接却被拒绝：可能是那边或中间的防火墙，也可能另有主机使用了该地址',
  '{0}: listeners': '{0}：监听',
  'on {0}: shows its rules; look for port {1}': '在 {0} 上：查看防火墙规则，查找端口 {1}',
  "allow port {0} from this host: on {1}, and in each firewall between the two (the cloud's security group)":
    '对本机放行端口 {0}：在 {1} 上，以及两者之间的每道防火墙（云厂商安全组）',
  'opens the port to this host': '对本机开放该端口',
  'the app answers on its own host, and not to the gateway on another':
    '应用在自己的主机上能应答，但另一台主机上的网关访问不到',
  '502 or 504 from a gateway, while the app on another host of the fleet is well':
    '网关返回 502 或 504，而另一台受检主机上的应用正常',
  'requests from the gateway to <address>:<port> do not connect': '网关到 <address>:<port> 的请求无法建立连接',
  'the host of that address was checked in the same run: something listens on that address there, and answers':
    '该地址所在主机在同一次运行中检查过：那里有程序监听该地址，并能应答',
  'app-binds-loopback-remote-gateway: on that host the app listens on 127.0.0.1 only':
    'app-binds-loopback-remote-gateway：那台主机上的应用只监听 127.0.0.1',
  'upstream-host-broken: on that host the app does not answer either':
    'upstream-host-broken：在那台主机上应用也没有应答',
  'on the host of the app, see what its firewall does with <port>: `sudo nft list ruleset`':
    '在应用主机上查看防火墙如何处理 <port>：`sudo nft list ruleset`',
  'allow <port> from the gateway there, in the cloud and in each firewall between':
    '在那台主机、云平台以及中间的每道防火墙上，对网关放行 <port>',
  'opens the port to the gateway': '对网关开放该端口',

  // public-port-blocked
  'port {0} does not answer from here; it may be meant for others only (a load balancer), or a firewall before the host closes it':
    '从这里访问端口 {0} 没有应答；它可能只对特定来源（如负载均衡）开放，也可能被主机前面的防火墙关闭',
  'the same request from where visitors are': '从访客所在网络发出同样的请求',
  'port {0} answers on the host but not from here: a firewall, here or before the host, is in the way':
    '端口 {0} 在主机上能应答，从这里却不能：本机或其前面有防火墙阻挡',
  "open port {0} in the firewall before this host (the cloud's security group)":
    '在主机前面的防火墙（云厂商安全组）上开放端口 {0}',
  'find the rule that closes port {0}, and put an accept before it': '找出关闭端口 {0} 的规则，在它前面加一条 accept',
  "the firewall keeps visitors from the gateway's port": '防火墙把访客挡在网关端口之外',
  'visitors get no answer at all, while requests on the host itself succeed': '访客完全得不到应答，而在主机上请求成功',
  'a rule of the firewall drops or rejects <port>': '防火墙有规则丢弃或拒绝 <port>',
  'the gateway answers on the host, and not from where fleetdx runs': '网关在主机上能应答，从运行 fleetdx 的地方却不能',
  'gateway-down: it does not answer on the host either': 'gateway-down：在主机上也没有应答',
  'a port that is for a load balancer only: it is meant to be closed to others':
    '端口只供负载均衡使用：本就应对其他来源关闭',
  'see the rules: `ufw status`, `firewall-cmd --list-all`, `nft list ruleset`, the security group of the cloud':
    '查看规则：`ufw status`、`firewall-cmd --list-all`、`nft list ruleset`、云厂商安全组',
  'open <port>: `ufw allow <port>/tcp`': '开放 <port>：`ufw allow <port>/tcp`',

  // upstream-host-broken
  '{0} is host {1}, which was not seen: {2}': '{0} 是主机 {1}，未能查看那台主机：{2}',
  'the upstream {0} is host {1}, where {2}': 'upstream {0} 是主机 {1}，那里的问题是：{2}',
  'the app is on another host, and broken there': '应用在另一台主机上，在那里出了故障',
  '502 from a gateway whose app is on another host of the fleet': '网关返回 502，其应用在另一台受检主机上',
  'the gateway dials an address of another host that was checked in the same run':
    '网关转发到另一台主机的地址，该主机在同一次运行中检查过',
  'on that host a root cause breaks requests to the port that is dialled': '在那台主机上，有根因使发往该端口的请求失败',
  'firewall-drop-gateway-app: connections to the host time out; a dead app would refuse them':
    'firewall-drop-gateway-app：到那台主机的连接超时；如果只是应用停了，连接会被拒绝',
  'network-between-hosts: on that host itself the app answers': 'network-between-hosts：应用在那台主机上能应答',
  'mend that host first: `fleetdx check <host>` names its cause and remedy':
    '先修复那台主机：`fleetdx check <host>` 会给出原因和处理办法',
  'check both hosts again: `fleetdx check <gateway> <host>`': '再次检查两台主机：`fleetdx check <gateway> <host>`',

  // docker-port-mapping
  '{0} dials port {1}, and Docker publishes port {2} of the container as {3}':
    '{0} 转发到端口 {1}，而 Docker 把容器的端口 {2} 发布为 {3}',
  '{0} dials {1}': '{0} 转发到 {1}',
  'Docker takes connections to port {0}, and nobody in the container does on port {1}':
    'Docker 接受到端口 {0} 的连接，但容器内端口 {1} 没有程序接受',
  'shows the container': '查看该容器',
  'let the app listen on 0.0.0.0:{0} in its container (HOSTNAME=0.0.0.0), or publish the port that it has':
    '让应用在容器内监听 0.0.0.0:{0}（HOSTNAME=0.0.0.0），或发布它实际使用的端口',
  'the container is made anew': '容器会重新创建',
  'docker-proxy pid {0}: host port {1} → {2}:{3}': 'docker-proxy pid {0}：主机端口 {1} → {2}:{3}',
  "the app's container is not reached by the port that the gateway dials": '网关转发到的端口通不到应用的容器',
  'every page gives 502, and the container is up': '所有页面都返回 502，而容器在运行',
  '`docker ps` shows another port of the host than the gateway dials (`0.0.0.0:3001->3000/tcp`)':
    '`docker ps` 显示的主机端口与网关转发到的不同（`0.0.0.0:3001->3000/tcp`）',
  'or the port is right, and connections are closed or reset at once: inside the container the app listens on 127.0.0.1, or on another port':
    '或者端口正确，但连接立即被关闭或重置：应用在容器内只监听 127.0.0.1，或监听别的端口',
  'no-listener: no container has that port': 'no-listener：没有容器使用该端口',
  'plain-to-tls-upstream: the app wants TLS': 'plain-to-tls-upstream：应用要求 TLS',
  'dial the published port, or publish the one that is dialled (`-p 127.0.0.1:<port>:<inner>`)':
    '改为转发到已发布的端口，或发布网关转发到的端口（`-p 127.0.0.1:<port>:<inner>`）',
  'let the app listen on all addresses of the container: `HOSTNAME=0.0.0.0`':
    '让应用监听容器的所有地址：`HOSTNAME=0.0.0.0`',

  // localhost-ipv6-mismatch
  '{0} dials {1} for localhost; the app listens on {2} only':
    '{0} 把 localhost 解析为 {1} 并转发到它们，而应用只监听 {2}',
  'names the address that answers': '写明能应答的地址',
  '`localhost` is an address that the app does not listen on': '`localhost` 指向应用没有监听的地址',
  '502 on every request, or on every second one; or only errors in the log, where the gateway tries the next address':
    '所有请求，或每隔一个请求返回 502；如果网关会尝试下一个地址，则只在日志中有错误',
  'proxy_pass says localhost, which is 127.0.0.1 and ::1': 'proxy_pass 写的是 localhost，即 127.0.0.1 和 ::1',
  'the app listens on one of the two': '应用只监听其中一个',
  'the log names the other one, with 111': '日志中是另一个地址，错误码 111',
  'no-listener: neither of them answers': 'no-listener：两个地址都没有应答',
  'next-hostname-bind: an address is dialled, not localhost': 'next-hostname-bind：转发到的是地址，而不是 localhost',
  'name the address that answers in proxy_pass: 127.0.0.1 or [::1]':
    '在 proxy_pass 中写明能应答的地址：127.0.0.1 或 [::1]',

  // next-hostname-bind
  '{0} listens on {1} only, the gateway dials {2}': '{0} 只监听 {1}，而网关转发到 {2}',
  'binds a standalone server to the loopback address; for `next start` use `-H 127.0.0.1`':
    '让 standalone server 绑定回环地址；`next start` 用 `-H 127.0.0.1`',
  'whoever dials the other address loses it': '使用另一个地址的访客将无法连接',
  'bind {0} to 127.0.0.1 or 0.0.0.0': '让 {0} 绑定 127.0.0.1 或 0.0.0.0',
  'the app listens on another address than the gateway dials': '应用监听的地址与网关转发到的不同',
  '502 on every request; the app says that it is ready': '所有请求都返回 502；应用日志显示已就绪',
  'the app listens on <port>, on another address than the gateway dials': '应用监听了 <port>，但地址与网关转发到的不同',
  'HOSTNAME or -H is set': '设置了 HOSTNAME 或 -H',
  'proxy-port-mismatch: the port differs': 'proxy-port-mismatch：端口不同',
  'localhost-ipv6-mismatch: localhost is dialled': 'localhost-ipv6-mismatch：转发到的是 localhost',
  'app-listen-addr-invalid: it does not listen at all': 'app-listen-addr-invalid：应用完全没有监听',
  'bind it to what is dialled: `HOSTNAME=127.0.0.1 pm2 restart <app> --update-env`, with next start `-H 127.0.0.1`':
    '绑定网关转发到的地址：`HOSTNAME=127.0.0.1 pm2 restart <app> --update-env`，next start 用 `-H 127.0.0.1`',
  'set it in its ecosystem file, too, and `pm2 save`': '在 ecosystem 文件中也要设置，并执行 `pm2 save`',

  // no-listener
  'shows services that do not run; the one that should listen on {0} may be among them':
    '查看没有运行的服务；应监听 {0} 的服务可能就在其中',
  "start what should listen on {0}, or take it out of the gateway's configuration":
    '启动应监听 {0} 的程序，或从网关配置中去掉该目标',
  'nothing listens on {0}; {1} runs but does not listen': '{0} 没有监听；{1} 在运行但没有监听',
  'nothing listens on {0}; why could not be seen: {1}': '{0} 没有监听；无法确认原因：{1}',
  'nothing listens on {0}; {1} does not run': '{0} 没有监听；{1} 没有运行',
  'nothing listens on {0}; no app is known that should': '{0} 没有监听；也没有已知的应用应监听它',
  'nothing listens where the gateway sends requests': '网关转发到的地址没有监听',
  '502 on every request, at once': '所有请求立即返回 502',
  'no socket listens at what the gateway dials': '网关转发到的地址没有 socket 监听',
  'the log says `connect() failed (111: Connection refused)`': '日志中有 `connect() failed (111: Connection refused)`',
  'a state, not a reason: pm2-app-stopped, pm2-crash-loop and what kills an app are looked for first':
    '这是状态，不是原因：会先查 pm2-app-stopped、pm2-crash-loop 以及导致应用退出的原因',
  'app-starting: started seconds ago': 'app-starting：几秒前刚启动',
  'firewall-reject-gateway-app: on another host a firewall may refuse in its place':
    'firewall-reject-gateway-app：目标在另一台主机时，可能是防火墙在拒绝',
  'find the app that should listen there: `pm2 list`, `systemctl list-units --state=failed`':
    '找出应在那里监听的应用：`pm2 list`、`systemctl list-units --state=failed`',

  // proxy-port-mismatch
  '{0} dials port {1}, but {2} listens on {3}': '{0} 转发到端口 {1}，而 {2} 监听 {3}',
  'either: has {0} dial {1}': '二选一：让 {0} 转发到 {1}',
  'or: {0}': '或者：{0}',
  '{0} has a server on port {1}, but whether that is the app of this site could not be seen':
    '{0} 有一个服务监听端口 {1}，但无法确认它是否就是该站点的应用',
  'the app listens on another port than the gateway dials': '应用监听的端口与网关转发到的不同',
  'nothing listens on the one that is dialled': '网关转发到的端口没有监听',
  'port-env-mismatch: the app does not run now': 'port-env-mismatch：应用现在没有运行',
  'gateway-not-reloaded: the files say the right port': 'gateway-not-reloaded：文件中的端口是正确的',
  'eaddrinuse-other-app: another program has the port': 'eaddrinuse-other-app：端口被别的程序占用',
  'either: correct the port in proxy_pass': '二选一：改正 proxy_pass 中的端口',
  'or: `PORT=<port> pm2 restart <app> --update-env`, and in its ecosystem file':
    '或者：`PORT=<port> pm2 restart <app> --update-env`，并写入 ecosystem 文件',

  // unix-socket-missing
  '{0} dials {1}, but {2} listens on port {3}': '{0} 转发到 {1}，而 {2} 监听端口 {3}',
  '{0} dials {1}, and nothing listens there, though {2} runs': '{0} 转发到 {1}，那里没有监听，尽管 {2} 在运行',
  'has it dial port {0}': '改为转发到端口 {0}',
  'have {0} listen on {1}, which {2} must be able to reach': '让 {0} 监听 {1}，并确保 {2} 有权限访问',
  'the Unix socket that the gateway dials is not there': '网关转发到的 Unix socket 不存在',
  'the gateway dials unix:<file>, and nobody listens there': '网关转发到 unix:<file>，那里没有监听',
  'the log says `failed (2: No such file or directory)`, or 111':
    '日志中有 `failed (2: No such file or directory)`，或错误码 111',
  'unix-socket-permission: 13': 'unix-socket-permission：错误码 13',
  'no-listener: the app does not run at all': 'no-listener：应用根本没有运行',
  'have the app listen on that socket, or name its port in proxy_pass':
    '让应用监听该 socket，或在 proxy_pass 中改用应用的端口',

  // app-listen-addr-invalid
  '{0} cannot listen on {1}': '{0} 无法监听 {1}',
  'binds it to the loopback address; set HOSTNAME (or -H) in its ecosystem file too':
    '绑定到回环地址；在 ecosystem 文件中也要设置 HOSTNAME（或 -H）',
  'a gateway on another host does not reach it then': '这样另一台主机上的网关将访问不到它',
  'the app is told to listen on an address that this host does not have': '应用要监听的地址不在本机上',
  '502 on every request after the address of the host, or HOSTNAME, was changed':
    '主机地址或 HOSTNAME 变更之后，所有请求都返回 502',
  'the app dies of `listen EADDRNOTAVAIL`, or cannot resolve what it is to listen on':
    '应用因 `listen EADDRNOTAVAIL` 退出，或无法解析要监听的名称',
  'next-hostname-bind: it listens, on an address that is not dialled':
    'next-hostname-bind：应用在监听，只是地址不是网关转发到的',
  'db-unreachable-crash: the name that is not found is that of a database':
    'db-unreachable-crash：解析不到的是数据库的名称',
  'bind it to loopback: `HOSTNAME=127.0.0.1 pm2 restart <app> --update-env`':
    '绑定到回环地址：`HOSTNAME=127.0.0.1 pm2 restart <app> --update-env`',
  'correct HOSTNAME or -H in its ecosystem file, and `pm2 save`':
    '改正 ecosystem 文件中的 HOSTNAME 或 -H，并执行 `pm2 save`',

  // db-unreachable-crash
  '{0} cannot reach its database': '{0} 连不上数据库',
  '{0} cannot reach its database at {1}': '{0} 连不上位于 {1} 的数据库',
  'start the database (or mend what stopped it)': '启动数据库（或排除使它停止的问题）',
  'shows whether anything listens there': '查看那里是否有监听',
  'shows whether {0} can be reached from here; if not, look at it and at the firewalls between':
    '查看从本机能否到达 {0}；如果不能，检查它以及中间的防火墙',
  'the app dies because its database does not answer': '应用因数据库没有应答而退出',
  '502 on every request since the database, or the way to it, went': '数据库不可用或网络不通以来，所有请求都返回 502',
  'the last life of the app ended with a refused or late connection, or a login that the database refused':
    '应用上一次退出是因为连接被拒绝、连接超时，或数据库拒绝登录',
  'the error names the address that was dialled': '错误信息中有所连接的地址',
  'app-serves-5xx: the app survives and answers 500': 'app-serves-5xx：应用没有退出，只返回 500',
  'env-missing: the address of the database is not set at all': 'env-missing：根本没有设置数据库地址',
  'disk-full: the database itself may have ended by it': 'disk-full：数据库本身可能因此停止',
  'on the host of the database, see whether it listens: `ss -ltnp "sport = :<port>"`':
    '在数据库主机上查看它是否在监听：`ss -ltnp "sport = :<port>"`',
  'start the database, or open the way to it': '启动数据库，或打通到它的网络',

  // env-changed-after-start
  '{0} was changed after {1} was started: the change takes effect, for good or bad, at the next restart':
    '{0} 在 {1} 启动之后有改动：无论好坏，改动会在下次重启时生效',
  'check the change: a restart at a bad moment is worse than one now':
    '先核对改动：与其在不利时刻重启时才生效，不如现在处理',
  'the settings in .env were changed after the start of the app': '应用启动之后，.env 中的设置又有改动',
  'none yet: the change has no effect; at the next restart, or boot, it has':
    '暂无：改动尚未生效；下次重启或开机时才会生效',
  'a .env file is younger than the process that serves': '.env 文件的修改时间晚于当前进程的启动时间',
  'env-missing: the app is down for want of a variable': 'env-missing：应用因缺少变量而没有运行',
  'check the change': '核对改动',

  // env-missing
  '{0} does not start without an environment variable': '{0} 缺少环境变量，无法启动',
  '{0} does not start without {1}': '{0} 缺少 {1}，无法启动',
  'bring {0} back into {1}': '把 {0} 放回 {1}',
  'the variable': '该变量',
  'set {0} in the env (env_production) of the ecosystem file': '在 ecosystem 文件的 env（env_production）中设置 {0}',
  'set {0} in the environment file': '在环境变量文件中设置 {0}',
  'restarts it with the new environment': '以新的环境变量重启',
  'stores it for the next boot': '保存，供下次开机使用',
  'an environment variable is missing': '缺少环境变量',
  '502 on every request after a deploy, a reboot or a start by another user':
    '部署、重启或换用户启动之后，所有请求都返回 502',
  'the last life of the app ended with an error that names the variable': '应用上一次退出时的错误信息中有该变量名',
  'the environment that pm2 gives it lacks that name': 'pm2 给它的环境中没有该变量',
  'db-unreachable-crash: the variable is there, what it leads to is not':
    'db-unreachable-crash：变量已设置，但它指向的服务不可用',
  'node-version-too-old, module-not-found: their words stand before it':
    'node-version-too-old、module-not-found：它们的错误出现在前面',
  'set <name> in the env of its ecosystem file, or in its .env': '在 ecosystem 文件的 env 或 .env 中设置 <name>',
  "a secret: keep it out of the shell's history and out of git": '属于密钥：不要留在 shell 历史和 git 中',
  '`pm2 restart <file> --env production --update-env`': '`pm2 restart <file> --env production --update-env`',

  // esm-cjs-mismatch
  '{0} mixes ES modules and CommonJS in a way that its node refuses': '{0} 混用 ES 模块和 CommonJS，当前 node 不接受',
  '{0} mixes ES modules and CommonJS in a way that its node refuses: {1}':
    '{0} 混用 ES 模块和 CommonJS，当前 node 不接受：{1}',
  'make the file that it names and its package.json agree ("type", or the ending .mjs or .cjs), or run a newer node':
    '让报错的文件与其 package.json 一致（"type"，或扩展名 .mjs、.cjs），或使用更新的 node',
  '"type" changes how every .js file of the package is read': '"type" 会改变该包内所有 .js 文件的解析方式',
  'a file is an ES module where node expects CommonJS, or reverse': '文件是 ES 模块而 node 按 CommonJS 加载，或相反',
  '502 on every request after a deploy, an upgrade of a package, or with an older node':
    '部署、升级包或换用较旧的 node 之后，所有请求都返回 502',
  '`ERR_REQUIRE_ESM`, `Cannot use import statement outside a module`, `require is not defined in ES module scope`':
    '`ERR_REQUIRE_ESM`、`Cannot use import statement outside a module`、`require is not defined in ES module scope`',
  'node-version-too-old: node 22 and newer take what older ones refuse':
    'node-version-too-old：node 22 及更新版本接受旧版本所拒绝的写法',
  'module-not-found: the file is not there': 'module-not-found：文件不存在',
  'make file and package agree: "type": "module" in package.json, or the ending .mjs or .cjs; for a package, `import()` or its last version with require':
    '让文件与包一致：在 package.json 中设置 "type": "module"，或使用扩展名 .mjs、.cjs；如果是依赖包，用 `import()` 或它最后一个支持 require 的版本',
  'changes how every .js file of the package is read': '会改变该包内所有 .js 文件的解析方式',

  // image-optimizer-hang
  '{0} lacks sharp, without which it does not deliver pictures': '{0} 缺少 sharp，无法提供图片',
  '{0} answers, but its pictures (/_next/image) do not come': '{0} 能应答，但图片（/_next/image）出不来',
  'installs what scales pictures, for this system': '为本系统安装图片缩放库',
  'changes package.json and its lock file': '会改动 package.json 及其锁文件',
  'the app does not deliver its pictures (/_next/image)': '应用无法提供图片（/_next/image）',
  'pages come, pictures do not: 504, 502 or 500 below /_next/image':
    '页面正常，图片出不来：/_next/image 返回 504、502 或 500',
  "`'sharp' is required to be installed in standalone mode` in the log (Next.js 12 to 14)":
    "日志中有 `'sharp' is required to be installed in standalone mode`（Next.js 12 至 14）",
  'or the gateway waits in vain for /_next/image, and for nothing else': '或网关只在 /_next/image 上等不到应答',
  'app-hung: other requests get no answer either': 'app-hung：其他请求也没有应答',
  'gateway-timeout-too-short: other slow pages fail, too': 'gateway-timeout-too-short：其他慢页面也失败',
  'install sharp for this system: `npm install sharp`': '为本系统安装 sharp：`npm install sharp`',

  // node-or-npm-missing
  '{0} is started without {1} in its PATH': '启动 {0} 时，PATH 中没有 {1}',
  'shows where {0} is, for a login of its user': '查看其用户登录后 {0} 的位置',
  'put that folder into PATH of {0}, or link it into /usr/local/bin; install it if there is none':
    '把该目录加入 {0} 的 PATH，或链接到 /usr/local/bin；如果没有则先安装',
  'the ecosystem file': 'ecosystem 文件',
  'node or npm is not in the PATH that the app is started with': '启动应用所用的 PATH 中没有 node 或 npm',
  '502 on every request after a boot, or after node was moved (nvm, an upgrade)':
    '开机之后，或 node 位置变动（nvm、升级）之后，所有请求都返回 502',
  "`/usr/bin/env: 'node': No such file or directory`, `sh: 1: npm: not found`, `spawn npm ENOENT`":
    "`/usr/bin/env: 'node': No such file or directory`、`sh: 1: npm: not found`、`spawn npm ENOENT`",
  'pm2-online-no-pid: pm2 itself does not find the interpreter, and nothing is started':
    'pm2-online-no-pid：pm2 自身找不到解释器，什么都没有启动',
  'pm2-startup-stale-path: pm2 itself is not started at boot': 'pm2-startup-stale-path：pm2 自身在开机时没有启动',
  'module-not-found: `next: not found`: node is there, the package is not':
    'module-not-found：`next: not found`：node 存在，缺的是包',
  'see where it is, as <user>: `command -v node npm`': '以 <user> 身份查看其位置：`command -v node npm`',
  'give its folder to PATH in the ecosystem file or the unit, or link it into /usr/local/bin':
    '在 ecosystem 文件或 unit 的 PATH 中加入其目录，或链接到 /usr/local/bin',

  // node-version-too-old
  '{0} runs on Node.js {1}, too old for Next.js {2}': '{0} 运行在 Node.js {1} 上，对 Next.js {2} 来说版本过低',
  'install Node.js {0} and make pm2 use it': '安装 Node.js {0}，并让 pm2 使用它',
  'install Node.js as its error message says and make pm2 use it': '按其错误信息的要求安装 Node.js，并让 pm2 使用它',
  'other apps of that user get it, too, if it becomes the default': '如果设为默认版本，该用户的其他应用也会改用它',
  'Node.js is too old for this Next.js': 'Node.js 版本低于该 Next.js 的要求',
  '502 on every request after an upgrade of Next.js, or a start by the node of the distribution':
    '升级 Next.js 之后，或用发行版自带的 node 启动之后，所有请求都返回 502',
  'the app says `You are using Node.js <version>. For Next.js, … is required` and exits':
    '应用提示 `You are using Node.js <version>. For Next.js, … is required` 后退出',
  'module-not-found: the packages are not there': 'module-not-found：包不存在',
  'pm2-online-no-pid: the node that pm2 was told to use is gone': 'pm2-online-no-pid：pm2 指定使用的 node 已不存在',
  'install the version that it asks for': '安装它要求的版本',
  'other apps of <user> get it, too, if it becomes the default': '如果设为默认版本，<user> 的其他应用也会改用它',
  'have pm2 use it: `pm2 delete <app>`, then start it with `--interpreter <file>`, or `pm2 update` under the new node':
    '让 pm2 使用它：`pm2 delete <app>`，再用 `--interpreter <file>` 启动；或在新的 node 下执行 `pm2 update`',
  'all apps of that pm2 are started anew by `pm2 update`': '`pm2 update` 会重新启动该 pm2 的所有应用',

  // pm2-startup-stale-path
  '{0} cannot start pm2: {1} is gone': '{0} 无法启动 pm2：{1} 已不存在',
  '{0} cannot start pm2: {1} cannot be executed': '{0} 无法启动 pm2：{1} 无法执行',
  '{0} will not start pm2 at the next boot: {1} is gone': '{0} 在下次开机时将无法启动 pm2：{1} 已不存在',
  '{0} will not start pm2 at the next boot: {1} cannot be executed': '{0} 在下次开机时将无法启动 pm2：{1} 无法执行',
  "pm2's service names a node or pm2 that is gone": 'pm2 的服务引用了已不存在的 node 或 pm2',
  '502 since the first reboot after node was upgraded (by nvm, mostly), or at the next one':
    '升级 node（多为 nvm）后首次重启以来一直 502，或下次重启时出现',
  "ExecStart or PATH of pm2's unit names a file that is gone": 'pm2 unit 的 ExecStart 或 PATH 引用了已不存在的文件',
  'systemd says 203/EXEC': 'systemd 报 203/EXEC',
  'pm2-unit-failed: the paths are there, and it fails for another reason': 'pm2-unit-failed：路径存在，失败另有原因',
  'pm2-startup-missing: there is no enabled unit': 'pm2-startup-missing：没有已启用的 unit',
  'where pm2 is down: `systemctl restart <unit>`': '如果 pm2 没有运行：`systemctl restart <unit>`',

  // port-env-mismatch
  'once {0} runs, it will listen on {1}, while {2} dials {3}': '{0} 一旦运行，会监听 {1}，而 {2} 转发到 {3}',
  'port {0}': '端口 {0}',
  'the app is set to another port than the gateway dials': '应用设置的端口与网关转发到的不同',
  'none yet: it shows once the app runs again, as 502': '暂无：应用再次运行后会表现为 502',
  'PORT or -p of the app is not the port that the gateway dials': '应用的 PORT 或 -p 不是网关转发到的端口',
  'the app does not run now': '应用现在没有运行',
  'proxy-port-mismatch: the app runs and listens on the other port':
    'proxy-port-mismatch：应用在运行，并监听另一个端口',
  'set the port that is dialled: `PORT=<port> pm2 restart <app> --update-env`, and in its ecosystem file':
    '设置为网关转发到的端口：`PORT=<port> pm2 restart <app> --update-env`，并写入 ecosystem 文件',

  // clock-skew
  "the host's clock is {0} ahead of the one of this machine": '主机时钟比本机快 {0}',
  "the host's clock is {0} behind the one of this machine": '主机时钟比本机慢 {0}',
  '{0} when it was {1}Z here': '主机时间为 {0} 时，本机时间为 {1}Z',
  'this machine': '本机',
  'its own clock was not compared with a third one': '本机自己的时钟没有与第三方时钟比对',
  'shows whether something keeps the clock': '查看时钟是否有程序在同步',
  'lets systemd keep it': '由 systemd 同步时钟',
  'the clock may jump: timers and logs show it': '时钟可能跳变：定时器和日志会受影响',
  '{0} seconds': '{0} 秒',
  "the host's clock is wrong, or this machine's is": '主机时钟或本机时钟不准',
  'logins and signed requests fail with "not yet valid" or "expired"; times in logs do not match those of other hosts':
    '登录和带签名的请求失败，报 "not yet valid" 或 "expired"；日志时间与其他主机对不上',
  'the time that the host tells differs from the one of the machine that runs the check by more than a minute':
    '主机时间与运行检查的机器相差超过一分钟',
  '`timedatectl` says `System clock synchronized: no`': '`timedatectl` 显示 `System clock synchronized: no`',
  'the same difference on every host: then it is the clock of the machine that runs the check':
    '所有主机的偏差都相同：那么不准的是运行检查的机器',
  'another time zone: only the difference in UTC counts': '时区不同：只看 UTC 的差值',
  'see whether something keeps the clock: `timedatectl`, `chronyc tracking`':
    '查看时钟是否有程序在同步：`timedatectl`、`chronyc tracking`',
  'let it: `timedatectl set-ntp true`': '启用同步：`timedatectl set-ntp true`',

  // cpu-saturated
  '{0} processes want 1 processor, and have for 15 minutes': '最近 15 分钟一直有 {0} 个进程争用 1 个处理器',
  '{0} processes want {1} processors, and have for 15 minutes': '最近 15 分钟一直有 {0} 个进程争用 {1} 个处理器',
  '{0}; the machine below takes {1} % of the time': '{0}；宿主机占去了 {1} % 的时间',
  '{0} {1} {2} with {3} processors': '{0} {1} {2}，处理器 {3} 个',
  '{0} processes run or are ready to': '{0} 个进程正在运行或等待运行',
  'some task waited {0} % of the last minute': '最近一分钟内，{0} % 的时间有任务在等待处理器',
  '{0} % busy, {1} % stolen during the check': '检查期间 {0} % 繁忙，{1} % 被宿主机占用',
  'shows who takes the time': '查看是谁占用了 CPU 时间',
  'lower or move what is not for visitors (a build, a backup): `renice 19 -p PID`':
    '降低与访客无关的任务（构建、备份）的优先级，或移到别处：`renice 19 -p PID`',
  'it takes longer': '它会耗时更久',
  'a virtual machine with processors of its own, or another host': '换用独享处理器的虚拟机，或换一台主机',
  'every processor of the host is busy, and more wants to run': '主机的处理器全部繁忙，还有任务在等待',
  'answers take seconds and end as 504, more so under load; a shell on the host is slow as well':
    '应答要几秒，最终返回 504，负载越高越严重；主机上的 shell 也很慢',
  'load average above twice the number of processors for 15 minutes (`uptime`, `nproc`)':
    '负载连续 15 分钟超过处理器数的两倍（`uptime`、`nproc`）',
  '`top` shows several processes in state R, and an idle share near 0': '`top` 中有多个状态为 R 的进程，idle 接近 0',
  'a `st` of 20 and more in `top`: the machine below gives the time to others':
    '`top` 中 `st` 达到 20 以上：宿主机把时间分给了别人',
  'app-hung with one process at 100 % and the other processors idle: its own event loop is blocked':
    'app-hung，只有一个进程占用 100 % 而其他处理器空闲：是它自己的事件循环阻塞',
  'a high load of processes in state D: they wait for a disk, or for swap (swap-thrash)':
    '负载高但进程状态为 D：在等待磁盘或 swap（swap-thrash）',
  'see who takes the time: `top -b -n 1 | head -n 20`': '查看是谁占用了 CPU 时间：`top -b -n 1 | head -n 20`',
  'move builds, backups and the like to another time, or lower them: `renice 19 -p <pid>`':
    '把构建、备份等任务移到其他时间，或降低优先级：`renice 19 -p <pid>`',
  'they take longer': '它们会耗时更久',
  'more processors, or fewer instances than there are': '增加处理器，或把实例数减到处理器数以下',

  // disk-full
  '{0} is full ({1} %, {2} KiB left)': '{0} 已满（{1} %，剩余 {2} KiB）',
  '{0} on {1}: {2} % used, for {3}': '{1} 上的 {0}：已用 {2} %，涉及 {3}',
  'shows what fills it': '查看是什么占满的',
  "empties pm2's log files": '清空 pm2 的日志文件',
  'the logs of all its apps are lost': '它所有应用的日志都会丢失',
  'keeps the newest 200 MB of the journal': '只保留最近 200 MB 的 journal',
  'what is older is lost': '更早的内容会丢失',
  'a disk is full': '磁盘已满',
  '502, 500 or uploads that fail; logs that end in mid-line, builds that do not end':
    '返回 502、500 或上传失败；日志写到一半中断，构建无法完成',
  '`df` shows 99 % or more, or less than 1 MiB, where the app, its logs or pm2 write':
    '应用、其日志或 pm2 所写的位置，`df` 显示 99 % 以上，或剩余不足 1 MiB',
  'ENOSPC in the log of the app or of the gateway': '应用或网关的日志中有 ENOSPC',
  'inodes-exhausted: `df` shows room, `df -i` does not': 'inodes-exhausted：`df` 显示有空间，`df -i` 没有',
  'readonly-fs: the mount is ro': 'readonly-fs：挂载为 ro',
  'see what fills it: `du -xh --max-depth=2 <folder> | sort -h | tail -n 20`':
    '查看是什么占满的：`du -xh --max-depth=2 <folder> | sort -h | tail -n 20`',
  'empty the logs of pm2: `pm2 flush`': '清空 pm2 的日志：`pm2 flush`',
  'all logs of its apps are lost: copy what tells of the fault first': '其应用的日志会全部丢失：先复制与故障有关的内容',
  '`journalctl --vacuum-size=200M`': '`journalctl --vacuum-size=200M`',
  'older lines of the journal are lost': 'journal 中较早的内容会丢失',

  // fork-or-pid-limit
  'the kernel lets no further process or thread start': '内核不允许再启动进程或线程',
  'shows what has so many processes and threads': '查看是谁有这么多进程和线程',
  'raise TasksMax= or LimitNPROC= of the unit, or nproc in /etc/security/limits.d':
    '提高 unit 的 TasksMax= 或 LimitNPROC=，或 /etc/security/limits.d 中的 nproc',
  'a leak fills any limit, and takes more with it': '泄漏会耗尽任何上限，并波及更多程序',
  '{0} has {1} processes and threads, and may have {2}': '{0} 有 {1} 个进程和线程，上限 {2}',
  'lets {0} have more, now and after a boot': '提高 {0} 的上限，立即生效，开机后依然有效',
  'its user has {0} processes and threads, and may have {1} (Max processes)':
    '其用户有 {0} 个进程和线程，上限 {1}（Max processes）',
  'lifts the limit of the running pm2': '解除运行中 pm2 的限制',
  'lasts until that process ends': '该进程结束后失效',
  'for good: nproc in /etc/security/limits.conf and limits.d, or LimitNPROC= of its unit':
    '根治：设置 /etc/security/limits.conf 和 limits.d 中的 nproc，或其 unit 的 LimitNPROC=',
  'no further process may be started': '无法再启动进程',
  'the app does not come up after a restart, or its workers die; a shell as its user says `fork: Resource temporarily unavailable`':
    '应用重启后起不来，或其 worker 退出；以其用户打开 shell 时提示 `fork: Resource temporarily unavailable`',
  'pm2.log or the log of the app: `spawn <program> EAGAIN`, `pthread_create: Resource temporarily unavailable`':
    'pm2.log 或应用日志中有：`spawn <program> EAGAIN`、`pthread_create: Resource temporarily unavailable`',
  'the kernel log: `cgroup: fork rejected by pids controller in <group>`':
    '内核日志中有：`cgroup: fork rejected by pids controller in <group>`',
  '`systemctl show -p TasksCurrent -p TasksMax <unit>` or `ps -u <user> -L | wc -l` against `Max processes` of /proc/<pid>/limits':
    '对比 `systemctl show -p TasksCurrent -p TasksMax <unit>` 的两个值，或 `ps -u <user> -L | wc -l` 与 /proc/<pid>/limits 的 `Max processes`',
  '`spawn … ENOENT`: the program is gone (pm2-online-no-pid)': '`spawn … ENOENT`：程序已不存在（pm2-online-no-pid）',
  '`spawn … ENOMEM`: memory is what lacks': '`spawn … ENOMEM`：缺的是内存',
  'see what has so many: `ps -eLo user,comm | sort | uniq -c | sort -n | tail`':
    '查看是谁有这么多：`ps -eLo user,comm | sort | uniq -c | sort -n | tail`',
  'end what leaks processes': '结束泄漏进程的程序',
  'what it serves is lost': '它正在处理的请求会丢失',
  'raise the limit: TasksMax= or LimitNPROC= of the unit, `nproc` in /etc/security/limits.d':
    '提高上限：unit 的 TasksMax= 或 LimitNPROC=，或 /etc/security/limits.d 中的 `nproc`',
  'start pm2 anew, as a running process keeps its limits: `systemctl restart <unit>`':
    '运行中的进程不会改变其限制，因此要重新启动 pm2：`systemctl restart <unit>`',
  'every app of this pm2 is down for seconds': '该 pm2 的所有应用会停几秒',

  // heap-oom
  '{0} runs out of JavaScript heap': '{0} 的 JavaScript 堆内存不足',
  'raises the limit to 2 GB; a leak only takes longer then': '把上限提高到 2 GB；如果是泄漏，只是撑得更久',
  'above the free memory of the host the kernel kills it instead': '如果超过主机空闲内存，内核会把它杀死',
  "the app's JavaScript heap is full": '应用的 JavaScript 堆已满',
  '502 now and then, or again and again; memory goes up until the app ends':
    '时有或反复 502；内存持续增长，直到应用退出',
  '`JavaScript heap out of memory` in the log: V8 ended at its own limit':
    '日志中有 `JavaScript heap out of memory`：V8 达到自身上限而退出',
  'oom-killed-app: the kernel killed it (SIGKILL), with no word of its own':
    'oom-killed-app：被内核杀死（SIGKILL），自己没有留下信息',
  'next-build-oom-killed: it was the build that ended': 'next-build-oom-killed：退出的是构建',
  'raise the limit: `NODE_OPTIONS=--max-old-space-size=2048 pm2 restart <app> --update-env`':
    '提高上限：`NODE_OPTIONS=--max-old-space-size=2048 pm2 restart <app> --update-env`',
  'look for the leak: `node --heapsnapshot-near-heap-limit=1`': '查找泄漏：`node --heapsnapshot-near-heap-limit=1`',
  'a snapshot stops the app for seconds and takes the size of the heap on the disk':
    '生成快照会使应用停顿几秒，并占用与堆相当的磁盘空间',

  // host-memory-exhausted
  'only {0} of {1} MiB memory are available, and {2} MiB swap': '内存 {1} MiB 中只剩 {0} MiB 可用，swap 剩余 {2} MiB',
  'shows who uses it': '查看是谁在使用',
  'the host is out of memory': '主机内存耗尽',
  'everything is slow, SSH too; 502 or 504 now and then': '一切都很慢，SSH 也一样；时有 502 或 504',
  'MemAvailable is below 5 % of the memory, and there is no swap to speak of':
    'MemAvailable 低于内存的 5 %，且几乎没有 swap',
  'oom-killed-app: the kernel has killed something already': 'oom-killed-app：内核已经杀死了进程',
  'heap-oom: the app ended at its own limit, with memory free': 'heap-oom：应用达到自身上限而退出，主机仍有空闲内存',
  'see who uses it: `ps -eo pid,rss,args --sort=-rss | head -n 15`':
    '查看是谁在使用：`ps -eo pid,rss,args --sort=-rss | head -n 15`',
  'restart what grew': '重启内存增长的程序',
  'give the host more memory, or swap': '给主机增加内存或 swap',
  'swap takes room on the disk and is slow': 'swap 占用磁盘空间，而且慢',

  // inodes-exhausted
  '{0} has no inode left: no file can be created': '{0} 的 inode 已用尽：无法创建文件',
  '{0} on {1}: {2} % of the inodes used': '{1} 上的 {0}：inode 已用 {2} %',
  'shows the folders with the most files (session files and caches, mostly)':
    '查看文件最多的目录（多为会话文件和缓存）',
  'reads the whole disk, which takes a while': '要读取整个磁盘，需要一些时间',
  'a disk has no inode left': '磁盘的 inode 已用尽',
  '502, 500 or uploads that fail, though `df` shows room': '返回 502、500 或上传失败，尽管 `df` 显示有空间',
  '`df -i` shows 100 % where the app, its logs or pm2 write': '应用、其日志或 pm2 所写的位置，`df -i` 显示 100 %',
  'ENOSPC in the log': '日志中有 ENOSPC',
  'disk-full: the bytes are used up': 'disk-full：用尽的是空间',
  'see which folders have the most files: `du -x --inodes --max-depth=3 <folder> | sort -n | tail`':
    '查看哪些目录文件最多：`du -x --inodes --max-depth=3 <folder> | sort -n | tail`',
  'remove what is not needed (sessions, caches, old releases)': '删除不需要的文件（会话、缓存、旧版本）',
  'files are lost': '文件会丢失',

  // oom-killed-app
  'pm2 saw the app die by SIGKILL, but the kernel log could not be read':
    'pm2 看到应用被 SIGKILL 结束，但无法读取内核日志',
  'the kernel killed {0} (pid {1}) for lack of memory of its unit or container':
    '因其 unit 或容器内存不足，内核杀死了 {0}（pid {1}）',
  'the kernel killed {0} (pid {1}) for lack of memory': '因内存不足，内核杀死了 {0}（pid {1}）',
  'raise the memory limit of its unit (MemoryMax=) or container, or make the app need less':
    '提高其 unit（MemoryMax=）或容器的内存上限，或减少应用的内存占用',
  'other programs of the host have less': '主机上其他程序可用的内存会减少',
  'adds 2 GB of swap; more memory is the lasting answer': '增加 2 GB swap；根本办法是增加内存',
  'takes 2 GB of the disk, and is slow': '占用 2 GB 磁盘，而且慢',
  'lets pm2 restart it before the kernel kills it': '让 pm2 在内核杀死它之前先重启它',
  'a limit below its usual need restarts it all the time': '如果上限低于其正常用量，会不停重启',
  'no end of {0} by SIGKILL in its last lines': '最近的内容里没有 {0} 被 SIGKILL 结束的记录',
  'the kernel killed the app for lack of memory': '因内存不足，内核杀死了应用',
  '502 for a while, all at once, under load or during a build': '一段时间内突然全部 502，发生在高负载或构建期间',
  '`Killed process <pid> (node)` in the kernel log, within the last hour':
    '最近一小时内，内核日志中有 `Killed process <pid> (node)`',
  'pm2.log: `exited … via signal [SIGKILL]`': 'pm2.log：`exited … via signal [SIGKILL]`',
  'heap-oom: V8 says so itself, with SIGABRT': 'heap-oom：V8 自己会说明，信号是 SIGABRT',
  'systemd-oompolicy-kills-pm2: systemd stopped all of pm2 for one killed process':
    'systemd-oompolicy-kills-pm2：一个进程被杀，systemd 停止了整个 pm2',
  'a deploy that kills (SIGKILL) after its time-out: nothing in the kernel log':
    '部署超时后强制结束（SIGKILL）：内核日志中没有记录',
  'where a unit or container has a limit, raise it (MemoryMax=); else add swap or memory':
    '如果 unit 或容器设了上限，提高它（MemoryMax=）；否则增加 swap 或内存',
  'let pm2 restart it before that: `pm2 restart <app> --max-memory-restart 600M`':
    '让 pm2 在此之前先重启它：`pm2 restart <app> --max-memory-restart 600M`',

  // oom-killed-daemon
  'raise the memory limit of {0} (MemoryMax=) or container, or make the apps need less':
    '提高 {0}（MemoryMax=）或容器的内存上限，或减少应用的内存占用',
  'its unit': '其 unit',
  'add memory or swap, or make the apps need less: it will be killed again':
    '增加内存或 swap，或减少应用的内存占用：否则会再次被杀',
  'the kernel killed the pm2 daemon of {0} (pid {1}) for lack of memory of its unit or container, and {2} went with it':
    '因其 unit 或容器内存不足，内核杀死了 {0} 的 pm2 守护进程（pid {1}），{2} 随之退出',
  'the kernel killed the pm2 daemon of {0} (pid {1}) for lack of memory, and {2} went with it':
    '因内存不足，内核杀死了 {0} 的 pm2 守护进程（pid {1}），{2} 随之退出',
  'whether the kernel killed the pm2 daemon could not be seen: the kernel log may not be read':
    '无法确认 pm2 守护进程是否被内核杀死：没有权限读取内核日志',
  'the kernel killed the pm2 daemon for lack of memory': '因内存不足，内核杀死了 pm2 守护进程',
  '502 on every request to every app of one user, all at once; `pm2 list` is empty or starts pm2 anew':
    '某个用户的所有应用突然全部返回 502；`pm2 list` 为空，或重新启动了 pm2',
  '`Killed process <pid> (PM2 v…: God)` in the kernel log, later than the last line of pm2.log':
    '内核日志中有 `Killed process <pid> (PM2 v…: God)`，且晚于 pm2.log 的最后一行',
  'no daemon lives; its apps are gone, or are orphans': '没有守护进程在运行；其应用已退出，或成为孤儿进程',
  'oom-killed-app: what was killed is node, and pm2 starts it again': 'oom-killed-app：被杀的是 node，pm2 会重新拉起它',
  'systemd-oompolicy-kills-pm2: an app was killed, and systemd stopped the daemon, too':
    'systemd-oompolicy-kills-pm2：被杀的是应用，systemd 又停止了守护进程',
  'pm2-daemon-not-running: pm2.log ends with `PM2 successfully stopped`':
    'pm2-daemon-not-running：pm2.log 以 `PM2 successfully stopped` 结尾',
  'start what was saved: `systemctl restart pm2-<user>`, or `pm2 resurrect`':
    '启动已保存的应用：`systemctl restart pm2-<user>`，或 `pm2 resurrect`',
  'have systemd start it again when it is killed: `Restart=on-failure` in its unit':
    '让 systemd 在它被杀后重新拉起：在 unit 中设置 `Restart=on-failure`',
  'without more memory it will be killed again': '如果不增加内存，会再次被杀',
  'add memory or swap, or let the apps need less': '增加内存或 swap，或减少应用的内存占用',

  // readonly-fs
  '{0} is mounted read-only, and the app has to write there': '{0} 以只读方式挂载，而应用需要写入',
  'shows why: a failing disk must be replaced first': '查看原因：磁盘如有故障，必须先更换',
  'makes it writable again': '恢复可写',
  'writing to a failing disk can lose more': '向有故障的磁盘写入可能损失更多数据',
  'a file system has turned read-only': '文件系统变成了只读',
  '502 or 500; nothing can be written, not even logs': '返回 502 或 500；什么都写不进去，日志也不例外',
  'the mount is ro where the app has to write': '应用需要写入的位置挂载为 ro',
  'EROFS in the log': '日志中有 EROFS',
  'disk-full: ENOSPC': 'disk-full：错误是 ENOSPC',
  'a mount that is meant to be ro, where nothing of the app writes': '本来就应为 ro 的挂载，应用不往那里写',
  'see why: `journalctl -k -g "EXT4-fs error|I/O error|remount" -n 20`':
    '查看原因：`journalctl -k -g "EXT4-fs error|I/O error|remount" -n 20`',
  'save what is needed: a disk with errors must be replaced': '先备份需要的数据：有错误的磁盘必须更换',
  '`mount -o remount,rw <folder>`': '`mount -o remount,rw <folder>`',

  // swap-thrash
  'the host moves memory to swap and back all the time ({0}), so everything on it is slow':
    '主机不停地在内存与 swap 之间换页（{0}），因此一切都很慢',
  'MemAvailable {0} of {1} MiB, {2} of {3} MiB swap used': 'MemAvailable {0}/{1} MiB，swap 已用 {2}/{3} MiB',
  'shows who takes the memory': '查看是谁占用内存',
  'shows the traffic to swap (so) and back (si)': '查看换出（so）和换入（si）的流量',
  'restart what takes too much, or run fewer instances; more memory is the lasting answer':
    '重启占用过多的程序，或减少实例；根本办法是增加内存',
  'requests fail for the seconds that a restart takes': '重启期间的几秒内请求会失败',
  '{0} pages/s in, {1} pages/s out': '换入 {0} 页/秒，换出 {1} 页/秒',
  'every task waited for memory {0} % of the last minute': '最近一分钟内，{0} % 的时间所有任务都在等待内存',
  'the host is busy with moving memory to swap and back': '主机忙于在内存与 swap 之间换页',
  'everything on the host takes seconds, a login too; requests end as 504':
    '主机上做什么都要几秒，登录也是；请求最终返回 504',
  '`vmstat 1` shows si and so in the hundreds, both at once, and wa high':
    '`vmstat 1` 的 si 和 so 同时达到几百，wa 很高',
  '`cat /proc/pressure/memory` has a `full avg60` of 10 and more':
    '`cat /proc/pressure/memory` 的 `full avg60` 达到 10 以上',
  'swap that is used, with si and so near 0: what lies there is not needed':
    'swap 有使用，但 si 和 so 接近 0：其中的内容并不需要',
  'host-memory-exhausted: no swap is left, and the kernel is about to kill':
    'host-memory-exhausted：swap 已用尽，内核即将杀进程',
  'see who takes the memory: `ps -eo pid,rss,args --sort=-rss | head -n 15`':
    '查看是谁占用内存：`ps -eo pid,rss,args --sort=-rss | head -n 15`',
  'restart what leaks, or run fewer instances: `pm2 scale <app> <number>`':
    '重启泄漏的程序，或减少实例：`pm2 scale <app> <number>`',
  'bound the app: `pm2 restart <app> --max-memory-restart <size>`; more memory is the lasting answer':
    '限制应用的内存：`pm2 restart <app> --max-memory-restart <size>`；根本办法是增加内存',
  'a leaking app restarts every now and then': '有泄漏的应用会时常重启',

  // systemd-oompolicy-kills-pm2
  "how pm2's service ended could not be seen": '无法确认 pm2 的服务是如何结束的',
  'systemd stopped {0} with all its apps when the kernel killed one process for want of memory':
    '内核因内存不足杀死一个进程，systemd 随即停止了 {0} 及其所有应用',
  'stop (the default)': 'stop（默认）',
  'lets pm2 live on when one of its processes is killed; pm2 then starts that one again':
    '让 pm2 在它的某个进程被杀后继续运行；pm2 会重新拉起该进程',
  'then give it more memory, or have the app need less: it will be killed again':
    '然后增加内存，或减少应用的内存占用：否则会再次被杀',
  'one process ran out of memory, and systemd stopped all of pm2': '一个进程内存耗尽，systemd 停止了整个 pm2',
  '502 on every app of one user, all at once, under load': '高负载时，某个用户的所有应用突然全部返回 502',
  "pm2's unit ended with result oom-kill, or systemd says that a process of it was killed by the OOM killer":
    'pm2 的 unit 以 oom-kill 结束，或 systemd 报告其进程被 OOM killer 杀死',
  'OOMPolicy of the unit is stop, the default': 'unit 的 OOMPolicy 是默认值 stop',
  'oom-killed-app: pm2 lives and starts the killed app again': 'oom-killed-app：pm2 仍在运行，会重新拉起被杀的应用',
  'pm2-unit-failed: the unit could not be started': 'pm2-unit-failed：unit 未能启动',
  'pm2-daemon-not-running: somebody ended it': 'pm2-daemon-not-running：是有人结束了它',
  'let pm2 live on when one of its processes is killed: OOMPolicy=continue in the unit, then `systemctl daemon-reload`':
    '让 pm2 在它的某个进程被杀后继续运行：在 unit 中设置 OOMPolicy=continue，然后 `systemctl daemon-reload`',
  '`systemctl restart <unit>`': '`systemctl restart <unit>`',
  'give it more memory, or have the app need less': '增加内存，或减少应用的内存占用',
}
