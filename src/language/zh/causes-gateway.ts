import type { Catalog } from '../language.js'

/** Messages of the causes in `src/causes/gateway`, by cause. */
export const causesGateway: Catalog = {
  // cert-expired
  'notAfter {0}, issued by {1}': 'notAfter {0}，签发者 {1}',
  'the certificate of {0} expired 1 day ago': '{0} 的证书已于 1 天前过期',
  'the certificate of {0} expired {1} days ago': '{0} 的证书已于 {1} 天前过期',
  'the certificate of {0} expires in 1 day': '{0} 的证书将在 1 天后过期',
  'the certificate of {0} expires in {1} days': '{0} 的证书将在 {1} 天后过期',
  '{0} renews by itself: shows what it says of it': '{0} 会自动续期证书：查看它的续期日志',
  'renew the certificate in {0} where it comes from': '{0} 中的证书需到其签发处续期',
  'renews what is due, and says what keeps it from doing so': '续期所有临近到期的证书，并显示续期失败的原因',
  "Let's Encrypt counts failed attempts: five an hour for a name": "Let's Encrypt 限制失败次数：每个域名每小时 5 次",
  'the certificate has expired, or is about to': '证书已过期或即将过期',
  'browsers warn (NET::ERR_CERT_DATE_INVALID), apps and webhooks refuse to connect, Cloudflare gives 526; plain http is well':
    '浏览器告警（NET::ERR_CERT_DATE_INVALID），App 和 webhook 拒绝连接，Cloudflare 返回 526；明文 http 正常',
  '`openssl s_client -connect <name>:443 -servername <name> </dev/null | openssl x509 -noout -enddate` is past, or less than 14 days ahead':
    '`openssl s_client -connect <name>:443 -servername <name> </dev/null | openssl x509 -noout -enddate` 显示的时间已过，或不足 14 天',
  'certbot renews 30 days ahead: less than that means that its renewal fails':
    'certbot 提前 30 天续期：剩余不足 30 天说明续期一直失败',
  'cert-renewed-not-reloaded: the file holds a newer one already': 'cert-renewed-not-reloaded：文件里已有较新的证书',
  'a clock that is wrong: `timedatectl`': '系统时钟不准：`timedatectl`',
  'see why it was not renewed: `certbot renew --dry-run`, `systemctl list-timers`':
    '查明为何没有续期：`certbot renew --dry-run`、`systemctl list-timers`',
  '`certbot renew && systemctl reload nginx`': '`certbot renew && systemctl reload nginx`',

  // cert-renewed-not-reloaded
  '{0} shows the certificate of {1} that ends {2}; {3} has one until {4}':
    '{0} 出示的 {1} 证书将于 {2} 到期；{3} 中的证书有效期到 {4}',
  '{0} shows the certificate of {1} that ended {2}; {3} has one until {4}':
    '{0} 出示的 {1} 证书已于 {2} 到期；{3} 中的证书有效期到 {4}',
  'notAfter {0}, serial {1}': 'notAfter {0}，序列号 {1}',
  'changed {0}': '修改于 {0}',
  'tests the configuration and loads it, with the new certificate': '测试配置，然后连同新证书一起加载',
  'reloads it by itself after each renewal': '今后每次续期后自动重新加载',
  'the certificate was renewed, and the gateway still shows the old one': '证书已续期，网关仍在使用旧证书',
  'browsers say that the certificate has expired, or will soon, though it was renewed':
    '证书明明已续期，浏览器仍提示过期或即将过期',
  'the file has a later notAfter and another serial number than what `openssl s_client -connect 127.0.0.1:443 -servername <name>` shows':
    '文件中证书的 notAfter 更晚，序列号也与 `openssl s_client -connect 127.0.0.1:443 -servername <name>` 显示的不同',
  'the file is newer than the last reload': '文件的修改时间晚于最近一次重新加载',
  'cert-expired: the file is as old as what is shown': 'cert-expired：文件与网关出示的是同一张旧证书',
  'test the configuration and, only if it is good, load it: `nginx -t && systemctl reload nginx`':
    '测试配置，确认无误后才加载：`nginx -t && systemctl reload nginx`',
  'for good: a deploy hook, `certbot reconfigure --cert-name <name> --deploy-hook "systemctl reload nginx"`':
    '根治：配置 deploy hook，`certbot reconfigure --cert-name <name> --deploy-hook "systemctl reload nginx"`',

  // conflicting-server-name
  '{0} ignores the site {1} in {2}:{3}, as {4}:{5} has the same name':
    '{0} 忽略了 {2}:{3} 中的站点 {1}，因为 {4}:{5} 使用了同一个名称',
  '{0} → {1}: read first': '{0} → {1}：先读取，生效',
  'no app': '无应用',
  '{0} → {1}: ignored': '{0} → {1}：被忽略',
  'take this block away, or its name {0}, if the other one is meant':
    '如果另一个才是想要的，删除这个 server 块，或去掉其中的名称 {0}',
  "two sites of the gateway have one name, and the app's is ignored": '网关有两个站点同名，应用所在的那个被忽略',
  'changes to a site have no effect, or its name gives 502 or another app, while the app answers when asked itself':
    '修改站点不生效，或访问该域名得到 502 或别的应用，而直接访问应用正常',
  '`nginx -t` warns: `conflicting server name "<name>" on 0.0.0.0:80, ignored`':
    '`nginx -t` 告警：`conflicting server name "<name>" on 0.0.0.0:80, ignored`',
  'the block that is read first wins; files are read in the order of their names, conf.d before sites-enabled on Debian':
    '先读到的 server 块生效；文件按名称顺序读取，Debian 上 conf.d 先于 sites-enabled',
  'wrong-server-block: only one site has the name': 'wrong-server-block：只有一个站点使用该名称',
  'gateway-not-reloaded: there is one block, and it is newer than the workers':
    'gateway-not-reloaded：只有一个 server 块，且改动晚于 worker 进程启动',
  'remove or rename the block that is not wanted': '删除或改名不需要的那个 server 块',
  'its visitors get the other one': '它的访客会转到另一个站点',

  // gateway-bind-addr-missing
  'whether the host has {0} could not be seen': '无法确认主机是否拥有地址 {0}',
  '{0} is to listen on {1}:{2}, and the host has no such address': '{0} 配置为监听 {1}:{2}，而主机没有这个地址',
  'loopback only': '只有回环地址',
  'shows where the address is written: name one that is there, or none for all':
    '查看该地址写在哪里：改成主机已有的地址，或不写地址以监听全部',
  'tests the configuration and starts {0}': '测试配置并启动 {0}',
  'the gateway is to listen on an address that the host does not have': '网关要监听的地址不在本机上',
  'connections to 80 and 443 are refused since a boot, a move or a change of the network':
    '开机、迁移或网络变更之后，80 和 443 端口拒绝连接',
  'the journal says `bind() to <address>:80 failed (99: Cannot assign requested address)`':
    'journal 中有 `bind() to <address>:80 failed (99: Cannot assign requested address)`',
  '`ip address` does not show that address': '`ip address` 中没有该地址',
  'gateway-boot-dns-race: the address is there by now, it only came too late':
    'gateway-boot-dns-race：该地址现在已存在，只是出现得太晚',
  'gateway-port-taken: `(98: Address already in use)`': 'gateway-port-taken：`(98: Address already in use)`',
  'let it listen on an address that is there, or on all: `listen 80;`':
    '改为监听主机已有的地址，或监听全部地址：`listen 80;`',
  'on all addresses it is reached from every network': '监听全部地址后，任何网络都能访问它',
  'or give the host its address back: `ip address`, netplan, the hoster':
    '或者把该地址还给主机：`ip address`、netplan、云厂商控制台',
  'two hosts with one address disturb each other': '两台主机使用同一地址会互相干扰',
  'test and start it: `nginx -t && systemctl start nginx`': '测试后启动：`nginx -t && systemctl start nginx`',

  // gateway-boot-dns-race
  'the journal of {0} could not be read': '无法读取 {0} 的 journal',
  'whether {0} is there now could not be seen': '无法确认 {0} 现在是否可用',
  '{0} failed at boot because {1} was not there yet; by now it is':
    '{0} 开机时启动失败，因为当时 {1} 尚不可用；现在已可用',
  'it failed {0} s after the boot': '开机后 {0} 秒启动失败',
  'starts it, now that the network is there': '网络已就绪，启动它',
  'has it wait for the network at the next boot': '下次开机时等网络就绪再启动',
  'that boot may take a little longer': '那次开机可能稍慢一些',
  'the gateway was started at boot before the network was ready': '开机时网关先于网络就绪启动',
  'connections are refused since the last boot': '上次开机以来连接一直被拒绝',
  'its unit failed within minutes of the boot': '网关的 unit 在开机后几分钟内启动失败',
  'its journal says `host not found in upstream`, or that it cannot bind an address':
    'journal 中有 `host not found in upstream`，或提示无法绑定地址',
  'that name or address is there now': '该名称或地址现在已可用',
  'host-not-found-in-upstream: the name is not there now either': 'host-not-found-in-upstream：该名称现在仍无法解析',
  'gateway-config-invalid: the configuration itself is at fault': 'gateway-config-invalid：配置本身有错',
  'gateway-port-taken: bind fails with 98, not 99': 'gateway-port-taken：bind 失败的错误码是 98 而不是 99',
  'start it, now that the network is there: `systemctl start nginx`': '网络已就绪，启动它：`systemctl start nginx`',
  'have it wait: After=network-online.target and Wants=network-online.target in its unit':
    '让它等待网络：在 unit 中加入 After=network-online.target 和 Wants=network-online.target',
  'the boot may take a little longer': '开机可能稍慢一些',

  // gateway-cert-unreadable
  'shows whether it is there': '查看文件是否存在',
  'shows what certbot has, if it is used here': '如果使用 certbot，查看它管理的证书',
  'the gateway cannot read a certificate that its configuration names': '网关无法读取配置中指定的证书',
  'connections are refused, or a reload changes nothing, after a certificate was moved or removed':
    '证书被移动或删除后，连接被拒绝，或重新加载不生效',
  'the configuration names a certificate or key that is not there, or may not be read':
    '配置中指定的证书或私钥不存在，或没有读取权限',
  'gateway-config-invalid: another line is at fault': 'gateway-config-invalid：出错的是别的行',
  'cert-expired: the certificate is there, and too old': 'cert-expired：证书存在，只是已过期',
  'see whether it is there: `ls -lL <file>`': '查看文件是否存在：`ls -lL <file>`',
  'restore or renew it: `certbot certificates`, `certbot renew`':
    '恢复或续期证书：`certbot certificates`、`certbot renew`',
  'certificate authorities limit how often: try with --dry-run first': '证书颁发机构有频率限制：先用 --dry-run 试',

  // gateway-config-invalid
  'the gateway cannot start: its configuration is at fault': '网关无法启动：配置有错',
  'connections are refused since a restart of the gateway or of the host': '网关或主机重启之后，连接被拒绝',
  'the gateway does not run': '网关没有运行',
  'it says which line it cannot take ([emerg] of nginx)': '它指出了不接受的那一行（nginx 的 [emerg]）',
  'gateway-config-invalid-old-running: it still runs, on the former configuration':
    'gateway-config-invalid-old-running：网关仍在以旧配置运行',
  'gateway-cert-unreadable, host-not-found-in-upstream: the line is right, what it names is not there':
    'gateway-cert-unreadable、host-not-found-in-upstream：该行写法正确，但它引用的对象不存在',
  'gateway-port-taken: it cannot bind its port': 'gateway-port-taken：网关无法绑定端口',
  'correct the line that it names': '修正它指出的那一行',
  'test, then start: `nginx -t && systemctl start nginx`': '测试后再启动：`nginx -t && systemctl start nginx`',

  // gateway-config-invalid-old-running
  'the gateway refuses its new configuration and runs on the old one': '网关拒绝了新配置，仍以旧配置运行',
  'a change of the configuration has no effect; what it should have mended goes on failing':
    '修改配置不生效；本应修复的问题依旧',
  'the gateway runs': '网关正在运行',
  'its files have a mistake, or its last reload ended with [emerg]': '配置文件有错，或最近一次重新加载以 [emerg] 告终',
  'gateway-not-reloaded: the files are good, and nobody reloaded':
    'gateway-not-reloaded：配置文件没有问题，只是没有重新加载',
  'gateway-config-invalid: it does not run': 'gateway-config-invalid：网关没有运行',
  'correct the line that it names; until then no restart: it would not come back':
    '修正它指出的那一行；在此之前不要重启：重启后将无法启动',

  // gateway-deliberate-503
  '{0} is told to answer {1} in {2}': '{2} 让 {0} 返回 {1}',
  '{0} is told to answer {1} (if {2}) in {3}': '{3} 让 {0} 返回 {1}（if {2}）',
  'shows since when the flag is there, and whose it is': '查看标志文件的创建时间和属主',
  'ends the maintenance at once, without a reload': '立即结束维护，无需重新加载',
  'visitors come in: see that the work is done': '访客会立即进来：先确认维护已完成',
  'take the refusal away, if it is no longer meant': '如果不再需要，删除这条拒绝规则',
  '{0} refused {1} requests in the last hour by its own limit': '{0} 因自身的限流在最近一小时拒绝了 {1} 个请求',
  '{0} refused {1} requests in the last hour by its own limit {2}':
    '{0} 因自身的限流 {2} 在最近一小时拒绝了 {1} 个请求',
  'shows the limits and where they are used': '查看有哪些限流，以及用在哪里',
  'raise rate= or burst= where these are wanted visitors (behind a proxy all of them seem to come from one address: set real_ip_header)':
    '如果被限的是正常访客，调大 rate= 或 burst=（网关前面有代理时，所有访客看起来来自同一地址：设置 real_ip_header）',
  'the app gets what the limit kept from it': '原先被限流挡住的请求会到达应用',
  'the gateway refuses requests because it is told to': '网关按配置拒绝请求',
  'pages give 503 at once, all of them or those of busy visitors, and the app answers when it is asked itself':
    '页面立即返回 503，涉及所有访客或只涉及请求频繁的访客，而直接访问应用正常',
  'the configuration has `return 503`, often under an `if` with the flag file of a maintenance':
    '配置中有 `return 503`，通常在检查维护标志文件的 `if` 里',
  'or the log says `limiting requests, excess: …` or `limiting connections by zone`':
    '或日志中有 `limiting requests, excess: …` 或 `limiting connections by zone`',
  'the log has no line about an upstream': '日志中没有与 upstream 有关的行',
  'app-serves-5xx: the app itself says 503': 'app-serves-5xx：503 是应用自己返回的',
  'gateway-healthcheck-wrong: the gateway takes the app for dead': 'gateway-healthcheck-wrong：网关误认为应用已失效',
  'remove the flag of the maintenance: `rm <file>`': '删除维护标志文件：`rm <file>`',
  'or raise the limit (`burst=`, `rate=`, `limit_conn`)': '或放宽限制（`burst=`、`rate=`、`limit_conn`）',

  // gateway-down
  '{0} is not running ({1})': '{0} 没有运行（{1}）',
  '{0} is not running': '{0} 没有运行',
  'the gateway is not running': '网关没有运行',
  'connections to 80 and 443 are refused, to every site': '所有站点的 80 和 443 端口都拒绝连接',
  'no process of the gateway': '没有网关进程',
  'its unit is inactive or failed': '网关的 unit 状态为 inactive 或 failed',
  'gateway-config-invalid, gateway-cert-unreadable, gateway-port-taken: why it does not start, where it is seen':
    'gateway-config-invalid、gateway-cert-unreadable、gateway-port-taken：能看出无法启动的原因时归入这些',
  'public-port-blocked: it runs and answers on the host': 'public-port-blocked：网关在运行，且在主机上能应答',
  'where it is disabled: `systemctl enable nginx`': '如果被禁用：`systemctl enable nginx`',

  // gateway-healthcheck-wrong
  'a connection': 'TCP 连接',
  '{0} takes {1} for dead because of its health check ({2}), and the app answers':
    '{0} 因健康检查（{2}）失败而认为 {1} 已失效，但应用能正常应答',
  'health check: {0}': '健康检查：{0}',
  'shows what the app says to the check': '查看应用对健康检查返回什么',
  'let the check ask for a path that gives 200, by the name that the app knows':
    '让健康检查请求一个返回 200 的路径，并使用应用认可的 Host',
  'let the check ask where the app answers, in the way that it speaks (`port`, `check-ssl`), and wait for long enough (`timeout check`)':
    '让健康检查访问应用实际应答的位置，使用应用的协议（`port`、`check-ssl`），并给足等待时间（`timeout check`）',
  "the gateway's health check fails on an app that is well": '应用正常，网关的健康检查却失败',
  'every page gives 503, and the app answers when it is asked itself': '所有页面都返回 503，而直接访问应用正常',
  'HAProxy says `Server <backend>/<server> is DOWN, reason: Layer7 wrong status, code: 404`; Caddy says `unexpected status code` of its health_checker':
    'HAProxy 日志中有 `Server <backend>/<server> is DOWN, reason: Layer7 wrong status, code: 404`；Caddy 的 health_checker 报 `unexpected status code`',
  '`curl -I http://127.0.0.1:<port>/` gives a page, and the path that is checked gives something else':
    '`curl -I http://127.0.0.1:<port>/` 能得到页面，而健康检查的路径得到别的结果',
  'app-serves-5xx: the app answers pages with errors, too': 'app-serves-5xx：应用的页面也返回错误',
  'no-listener: the check cannot connect': 'no-listener：健康检查无法建立连接',
  'ask the app what it says there: `curl -i http://127.0.0.1:<port><path>`':
    '看应用对该路径返回什么：`curl -i http://127.0.0.1:<port><path>`',
  'let the check ask for a path that gives 200, with the Host that the app wants':
    '让健康检查请求一个返回 200 的路径，并带上应用要求的 Host',
  'test the configuration and load it': '测试配置并加载',

  // gateway-in-container-localhost
  "{0} runs in a network of its own, so its {1} is not the host's":
    '{0} 在独立的网络命名空间中运行，因此它的 {1} 不是主机的',
  'dial an address of the host that is reached from there, where the app listens, too':
    '改为转发到一个从网关那边能到达的主机地址，应用也要监听该地址',
  "whether {0} (process {1}) shares the host's network could not be seen": '无法确认 {0}（进程 {1}）是否共享主机网络',
  '{0} runs in a container, and {1} listens on {2} of the host only, which is not reached from there':
    '{0} 在容器中运行，而 {1} 只监听主机的 {2}，容器访问不到',
  'let {0} listen on 0.0.0.0, and the container dial host.docker.internal (extra_hosts: host.docker.internal:host-gateway)':
    '让 {0} 监听 0.0.0.0，容器改为转发到 host.docker.internal（extra_hosts: host.docker.internal:host-gateway）',
  'port {0} can be reached from elsewhere: close it in the firewall': '端口 {0} 会对外可达：在防火墙中关闭它',
  "the gateway's localhost is that of its own container": '网关的 localhost 是它自己容器的 localhost',
  'every page gives 502, and `curl http://127.0.0.1:<port>/` on the host gives the page':
    '所有页面都返回 502，而在主机上 `curl http://127.0.0.1:<port>/` 能得到页面',
  'the gateway runs in a network namespace of its own: `readlink /proc/<pid>/ns/net` differs from that of the app':
    '网关在独立的网络命名空间中运行：`readlink /proc/<pid>/ns/net` 与应用的不同',
  'it dials 127.0.0.1 or localhost, where nobody but itself is': '它转发到 127.0.0.1 或 localhost，而那里只有它自己',
  'no-listener: nothing answers on the host either': 'no-listener：在主机上访问也没有应答',
  "let the gateway share the host's network (`network_mode: host`)": '让网关共享主机网络（`network_mode: host`）',
  'its published ports no longer count': '它发布的端口映射不再生效',
  'or dial the host: `extra_hosts: ["host.docker.internal:host-gateway"]`, and let the app listen on 0.0.0.0':
    '或改为转发到主机：`extra_hosts: ["host.docker.internal:host-gateway"]`，并让应用监听 0.0.0.0',
  'the app can be reached from elsewhere: close its port in the firewall': '应用会对外可达：在防火墙中关闭它的端口',

  // gateway-not-reloaded
  '{0} was changed after {1} loaded it': '{0} 在 {1} 加载之后又有改动',
  'the configuration was changed after {0} loaded it': '{0} 加载之后配置又有改动',
  'changed {0}, loaded {1}': '修改于 {0}，加载于 {1}',
  'the gateway has not read its changed configuration': '网关没有加载改动后的配置',
  'a change of the configuration has no effect': '修改配置不生效',
  'a file of the configuration is newer than the workers': '配置文件的修改时间晚于 worker 进程的启动时间',
  'its log names an upstream that the files do not': '日志中出现的 upstream 在配置文件里没有',
  'gateway-config-invalid-old-running: it was reloaded, and refused the files':
    'gateway-config-invalid-old-running：已重新加载，但新配置被拒绝',
  'site-not-enabled: the file is not one that it reads': 'site-not-enabled：网关不读取该文件',
  'see what would change: look at the files that are newer': '查看会有哪些变化：检查 worker 进程启动之后改动过的文件',

  // gateway-port-taken
  'an unseen process': '某个看不到的进程',
  '{0} holds port {1}, so {2} cannot start': '{0} 占用了端口 {1}，因此 {2} 无法启动',
  'shows who holds it': '查看谁占用了端口',
  'stop and disable {0}, or give it another port': '停止并禁用 {0}，或给它换一个端口',
  'starts {0}': '启动 {0}',
  "another program holds the gateway's port": '网关的端口被其他程序占用',
  'connections get the pages of another program, or none of the sites': '访问得到其他程序的页面，或所有站点都打不开',
  'another program listens on its port': '另一个程序在监听它的端口',
  'bind() fails with 98': 'bind() 失败，错误码 98',
  'gateway-down: nobody holds the port': 'gateway-down：没有程序占用该端口',
  'app-on-gateway-port: the gateway has the port, and an app wants it':
    'app-on-gateway-port：端口在网关手里，是应用想占用它',
  'gateway-bind-addr-missing: bind() fails with 99': 'gateway-bind-addr-missing：bind() 失败的错误码是 99',
  'see who holds it: `ss -ltnp "sport = :<port>"`': '查看谁占用了端口：`ss -ltnp "sport = :<port>"`',
  'stop and disable that program, or give it another port': '停止并禁用那个程序，或给它换一个端口',
  'whoever uses it loses it': '它的使用者将无法使用它',
  '`systemctl start nginx`': '`systemctl start nginx`',

  // gateway-reload-silently-failed
  'who holds port {0} could not be seen': '看不到谁占用了端口 {0}',
  '{0} could not take its new configuration over and runs on the old one: {1}':
    '{0} 无法启用新配置，仍以旧配置运行：{1}',
  'shows who holds port {0}': '查看谁占用了端口 {0}',
  'stop that program, or take `listen {0}` out of the configuration': '停止那个程序，或从配置中删除 `listen {0}`',
  'remove what it names: {0}': '排除它指出的障碍：{0}',
  'the gateway could not take its new configuration over': '网关无法启用新配置',
  'the files are right and tested, the reload was without an error, and the gateway behaves as before':
    '配置文件正确且测试通过，重新加载也没有报错，网关的行为却和以前一样',
  'the error log has an [emerg] since the workers were started that is about no line of the configuration: `bind() to … failed (98: Address already in use)`, `(24: Too many open files)`':
    'worker 进程启动之后，错误日志中出现了不指向任何配置行的 [emerg]：`bind() to … failed (98: Address already in use)`、`(24: Too many open files)`',
  'the workers are older than the newest file of the configuration': 'worker 进程的启动时间早于最新配置文件的修改时间',
  'gateway-config-invalid-old-running: `nginx -t` names a file and a line':
    'gateway-config-invalid-old-running：`nginx -t` 指出了文件和行号',
  'gateway-not-reloaded: nobody has tried to reload it; the log has no [emerg]':
    'gateway-not-reloaded：没有人尝试重新加载；日志中没有 [emerg]',
  'remove what the [emerg] names: free the port, or raise the limit of open files':
    '排除 [emerg] 指出的障碍：释放端口，或提高打开文件数上限',
  'see that the workers are new: `ps -o lstart,args -C nginx`': '确认 worker 进程是新的：`ps -o lstart,args -C nginx`',

  // gateway-temp-path-permission
  '{0} ({1}) may not write to {2}, so large requests or answers fail':
    '{0}（{1}）没有 {2} 的写权限，因此大的请求或应答会失败',
  'shows which folder on the way does not let {0} in': '查看沿途哪个目录不允许 {0} 进入',
  'gives the folder to {0}; a folder above it that is closed needs `chmod o+x`':
    '把目录交给 {0}；如果上级目录不可进入，还需要 `chmod o+x`',
  'what else is kept there changes its owner, too': '该目录下的其他文件也会变更属主',
  'the gateway may not write its temporary files': '网关无法写入临时文件',
  'uploads give 500, or large pages end before their end; small pages are well':
    '上传返回 500，或大页面传到一半中断；小页面正常',
  'the log says `open() "/var/lib/nginx/body/0000000001" failed (13: Permission denied)`, or the same of `proxy`':
    '日志中有 `open() "/var/lib/nginx/body/0000000001" failed (13: Permission denied)`，或针对 `proxy` 的同类报错',
  'disk-full: `(28: No space left on device)`': 'disk-full：`(28: No space left on device)`',
  'app-serves-5xx: the app itself says 500': 'app-serves-5xx：500 是应用自己返回的',
  'see who owns the folders on the way: `namei -l /var/lib/nginx/body`':
    '查看沿途各级目录的属主：`namei -l /var/lib/nginx/body`',
  'give it to the user of the workers: `chown -R www-data: /var/lib/nginx`':
    '把目录交给 worker 进程的用户：`chown -R www-data: /var/lib/nginx`',

  // gateway-timeout-too-short
  'requests that took longer than {0} s got 504, while the app answers others':
    '耗时超过 {0} 秒的请求返回 504，其他请求应用能正常应答',
  'find out why these requests are slow; if they may be, set in {0}:{1} more than {2} s: {3}':
    '查明这些请求为何慢；如果慢得合理，在 {0}:{1} 中设置大于 {2} 秒的超时：{3}',
  'a hung app holds connections for longer': '应用卡死时，连接会被占用更久',
  'some requests take longer than the gateway waits': '有些请求的耗时超过了网关的等待时间',
  '504 on some requests (reports, uploads, exports), after the same number of seconds each time':
    '部分请求（报表、上传、导出）返回 504，每次都在相同的秒数之后',
  'the log says 110 while reading response header': '日志中有 110，阶段为 while reading response header',
  'the app answers other requests at once': '应用对其他请求立即应答',
  'app-hung: it answers nothing': 'app-hung：应用对任何请求都不应答',
  'host-memory-exhausted: everything is slow': 'host-memory-exhausted：所有请求都慢',
  'find out why these requests are slow': '查明这些请求为何慢',
  'if they may be: `proxy_read_timeout 120s;` in the location':
    '如果慢得合理：在 location 中设置 `proxy_read_timeout 120s;`',

  // header-too-big
  'some responses have headers (cookies) larger than {0} takes, and get 502':
    '部分应答的响应头（cookie）超过 {0} 的上限，返回 502',
  'add to {0}:{1}: {2}': '在 {0}:{1} 中加入：{2}',
  'each connection takes more memory': '每个连接会占用更多内存',
  "the app's response header is larger than the gateway's buffer": '应用的响应头大于网关的缓冲区',
  '502 for some visitors only, mostly when signed in: large cookies or many headers':
    '只有部分访客遇到 502，多为已登录的：cookie 大或响应头多',
  'the log says `upstream sent too big header`': '日志中有 `upstream sent too big header`',
  'app-serves-5xx: the app itself answers with an error': 'app-serves-5xx：错误是应用自己返回的',
  'app-malformed-response: the header is no header at all': 'app-malformed-response：响应头根本不合法',
  'raise it in the location: `proxy_buffer_size 16k; proxy_buffers 8 16k; proxy_busy_buffers_size 32k;`':
    '在 location 中调大：`proxy_buffer_size 16k; proxy_buffers 8 16k; proxy_busy_buffers_size 32k;`',
  'have the app send less: smaller cookies': '让应用少发一些：减小 cookie',

  // host-not-found-in-upstream
  'shows whether this host can resolve it now': '查看本机现在能否解析',
  'the gateway cannot resolve the host of an upstream': '网关无法解析 upstream 的主机名',
  'connections are refused since a restart, or a reload changes nothing': '重启之后连接被拒绝，或重新加载不生效',
  'the gateway says `host not found in upstream`, and names the line':
    '网关报 `host not found in upstream`，并指出所在行',
  'gateway-boot-dns-race: the name is found now': 'gateway-boot-dns-race：该名称现在能解析',
  'resolver-unreachable: the gateway runs, and looks the name up for each request':
    'resolver-unreachable：网关在运行，且每次请求都解析该名称',
  'see whether the host itself finds it: `getent hosts <name>`': '查看主机自身能否解析：`getent hosts <name>`',
  'correct the name, or the resolver of the host (/etc/resolv.conf, /etc/hosts)':
    '修正名称，或修正主机的解析配置（/etc/resolv.conf、/etc/hosts）',

  // keepalive-race
  'now and then {0} sends a request on a kept connection that the app is just closing, and it gives 502':
    '{0} 偶尔在应用正要关闭的长连接上发送请求，导致 502',
  'upstream {0}: keepalive by default': 'upstream {0}：默认启用 keepalive',
  '{0} pid {1} since {2}': '{0} pid {1}，启动于 {2}',
  'let the app keep idle connections for longer than the gateway: `next start --keepAliveTimeout 65000`, or server.keepAliveTimeout = 65_000':
    '让应用的空闲连接保持得比网关更久：`next start --keepAliveTimeout 65000`，或 server.keepAliveTimeout = 65_000',
  'or let the gateway keep them shorter: keepalive_timeout 4s; in upstream {0}':
    '或让网关保持得更短：在 upstream {0} 中设置 keepalive_timeout 4s;',
  'the app closes connections that the gateway still uses': '应用关闭了网关还在使用的连接',
  'now and then a request gives 502, more often a POST, or the first one after some seconds of silence':
    '请求偶尔返回 502，POST 更常见，或发生在空闲几秒之后的第一个请求',
  'few lines `upstream prematurely closed connection` or `(104: Connection reset by peer)` while the app lives on':
    '日志中有少量 `upstream prematurely closed connection` 或 `(104: Connection reset by peer)`，而应用一直存活',
  'the gateway keeps connections (`keepalive <n>` in its upstream, `Connection ""`; nginx 1.29.7 and later by itself), for longer than the app does: 5 s for Node.js, 60 s for nginx':
    '网关保持长连接（upstream 中有 `keepalive <n>`，且 `Connection ""`；nginx 1.29.7 起默认启用），时间比应用长：Node.js 为 5 秒，nginx 为 60 秒',
  'app-crash-uncaught: the app was restarted at those moments': 'app-crash-uncaught：应用在那些时刻重启过',
  'plain-to-tls-upstream: no request at all succeeds': 'plain-to-tls-upstream：没有一个请求成功',
  'let the app keep them longer: `next start --keepAliveTimeout 65000`, `server.keepAliveTimeout = 65_000` (and `headersTimeout` above it)':
    '让应用保持得更久：`next start --keepAliveTimeout 65000`、`server.keepAliveTimeout = 65_000`（`headersTimeout` 还要更大）',
  'or the gateway shorter: `keepalive_timeout 4s;` in its upstream block':
    '或让网关保持得更短：在 upstream 块中设置 `keepalive_timeout 4s;`',

  // nginx-fd-limit
  '{0} may open no more files: requests fail by it': '{0} 的打开文件数已达上限：请求因此失败',
  '{0} may open no more files than {1} a worker: requests fail by it':
    '{0} 每个 worker 最多打开 {1} 个文件，已达上限：请求因此失败',
  'not known': '未知',
  'Max open files {0}, {1} open': 'Max open files {0}，已打开 {1} 个',
  'set worker_rlimit_nofile 65535; at its top, above twice worker_connections':
    '在文件开头设置 worker_rlimit_nofile 65535;，要大于 worker_connections 的两倍',
  'set LimitNOFILE=65535 under [Service]': '在 [Service] 下设置 LimitNOFILE=65535',
  'starts it with the new limit': '以新的上限启动',
  'connections are dropped for a moment': '连接会短暂中断',
  'the gateway may open no more files': '网关的打开文件数已达上限',
  'under load pages give 500 or connections hang, and all is well when it is quiet':
    '负载高时页面返回 500 或连接卡住，空闲时一切正常',
  'the log says `socket() failed (24: Too many open files)` or `accept4() failed (24: …)`':
    '日志中有 `socket() failed (24: Too many open files)` 或 `accept4() failed (24: …)`',
  '`ls /proc/<pid>/fd | wc -l` of a worker is near `Max open files` in /proc/<pid>/limits':
    'worker 进程的 `ls /proc/<pid>/fd | wc -l` 接近 /proc/<pid>/limits 中的 `Max open files`',
  'nginx-worker-connections: `worker_connections are not enough`':
    'nginx-worker-connections：`worker_connections are not enough`',
  'app-fd-limit: the app says EMFILE': 'app-fd-limit：应用报 EMFILE',
  'set `worker_rlimit_nofile 65535;` in nginx.conf, above twice `worker_connections`':
    '在 nginx.conf 中设置 `worker_rlimit_nofile 65535;`，要大于 `worker_connections` 的两倍',
  'the master may need more itself: `systemctl edit nginx`, `LimitNOFILE=65535`':
    'master 进程自身可能也需要提高：`systemctl edit nginx`，`LimitNOFILE=65535`',
  '`nginx -t && systemctl restart nginx`': '`nginx -t && systemctl restart nginx`',

  // nginx-stale-upstream-ip
  'what {0} resolves to now could not be seen': '无法确认 {0} 现在解析到什么地址',
  '{0} still dials {1} for {2}, which is {3} by now': '{0} 仍把发往 {2} 的请求转发到 {1}，而它现在的地址是 {3}',
  'looks {0} up anew, without dropping a connection': '重新解析 {0}，不会中断连接',
  'for good: name a resolver, and dial {0} by way of a variable': '根治：配置 resolver，并通过变量转发到 {0}',
  'the gateway keeps an address that its upstream no longer has': '网关还在使用 upstream 已不再拥有的地址',
  'every page gives 502 or 504 since the app was moved or its container was made anew; a reload heals it':
    '应用迁移或容器重建之后，所有页面都返回 502 或 504；重新加载即恢复',
  'the configuration dials a name, without a variable': '配置中转发到的是域名，且没有使用变量',
  'the log names an address as upstream that the name does not have now (`getent ahosts <name>`)':
    '日志中的 upstream 地址不是该域名现在的地址（`getent ahosts <name>`）',
  'host-not-found-in-upstream: the name has no address at all': 'host-not-found-in-upstream：该域名完全解析不到地址',
  'firewall-drop-gateway-app: the logged address is the one that the name has now':
    'firewall-drop-gateway-app：日志中的地址就是该域名现在的地址',
  'for good: `resolver <dns>; set $app <name>; proxy_pass http://$app:<port>;`, or `server <name>:<port> resolve;` (nginx 1.27.3 and later)':
    '根治：`resolver <dns>; set $app <name>; proxy_pass http://$app:<port>;`，或 `server <name>:<port> resolve;`（nginx 1.27.3 及以上）',

  // nginx-worker-connections
  'raise worker_connections in events { }, and set worker_rlimit_nofile to twice as much':
    '调大 events { } 中的 worker_connections，并把 worker_rlimit_nofile 设为它的两倍',
  'raise MaxRequestWorkers (and ServerLimit), as far as the memory reaches':
    '在内存允许的范围内调大 MaxRequestWorkers（以及 ServerLimit）',
  '{0} may serve no more requests at once than it is set to': '{0} 的并发请求数已达设定上限',
  '{0} may have no more than its connections a worker, and they are not enough':
    '{0} 每个 worker 的连接数已达上限，不够用',
  '{0} may have no more than {1} connections a worker, and they are not enough':
    '{0} 每个 worker 最多 {1} 个连接，不够用',
  'the gateway may have no more connections': '网关的连接数已达上限',
  'under load pages give 500 or connections are reset, and all is well when it is quiet':
    '负载高时页面返回 500 或连接被重置，空闲时一切正常',
  'the log says `<n> worker_connections are not enough` (nginx), `server reached MaxRequestWorkers setting` (Apache)':
    '日志中有 `<n> worker_connections are not enough`（nginx）或 `server reached MaxRequestWorkers setting`（Apache）',
  'each request needs two: one to the visitor, one to the app': '每个请求占用两个连接：一个到访客，一个到应用',
  'proxy-loop: one request uses them all up, as the gateway asks itself':
    'proxy-loop：网关请求自己，一个请求就耗尽所有连接',
  'app-hung: slow answers keep all connections busy; see how long the app takes':
    'app-hung：应答慢使所有连接都被占用；看应用要多久才应答',
  'raise `worker_connections` in `events { }` (512 by default) and `worker_rlimit_nofile` to twice as much':
    '调大 `events { }` 中的 `worker_connections`（默认 512），并把 `worker_rlimit_nofile` 设为它的两倍',

  // nginx-worker-crash
  'workers of {0} crashed {1} times in the last hour': '{0} 的 worker 进程最近一小时崩溃了 {1} 次',
  'shows the modules that are loaded: those of others come first as suspects': '查看加载了哪些模块：第三方模块嫌疑最大',
  'shows in which library it crashed': '查看崩溃发生在哪个库',
  'upgrade nginx and these modules together, or take the suspect out': '把 nginx 和这些模块一起升级，或去掉可疑的模块',
  'what the module did is missing': '该模块的功能会缺失',
  'workers of the gateway crash': '网关的 worker 进程崩溃',
  'visitors see connections that are reset now and then, or for one kind of request always':
    '访客的连接偶尔被重置，或某一类请求总是被重置',
  'the log says `worker process <pid> exited on signal 11` again and again; the kernel log has `nginx[…]: segfault`':
    '日志中反复出现 `worker process <pid> exited on signal 11`；内核日志中有 `nginx[…]: segfault`',
  'the master starts a new worker each time': '每次崩溃后 master 进程都会启动新的 worker 进程',
  'oom-killed-app: signal 9, and a line of the kernel about memory':
    'oom-killed-app：signal 9，且内核日志中有内存不足的记录',
  'see which modules of others it loads: `grep -rn load_module /etc/nginx`':
    '查看加载了哪些第三方模块：`grep -rn load_module /etc/nginx`',
  'take the suspect out, or upgrade nginx and its modules together': '去掉可疑的模块，或把 nginx 和模块一起升级',

  // plain-to-tls-upstream
  'whether {0} speaks TLS could not be seen': '无法确认 {0} 是否使用 TLS',
  '{0} speaks plain HTTP to {1}, where TLS is spoken': '{0} 以明文 HTTP 访问 {1}，而对方使用 TLS',
  'certificate of {0}': '{0} 的证书',
  'write https:// where it says http:// (HAProxy: `ssl verify none` on the server line)':
    '把 http:// 改为 https://（HAProxy：在 server 行加 `ssl verify none`）',
  'the gateway speaks plain HTTP to an app that speaks TLS': '网关以明文 HTTP 访问使用 TLS 的应用',
  'every page gives 502 at once, and the app runs without an error': '所有页面立即返回 502，而应用运行正常、没有报错',
  'the log says `upstream prematurely closed connection while reading response header` for every request':
    '每个请求在日志中都有 `upstream prematurely closed connection while reading response header`',
  '`curl -vk https://127.0.0.1:<port>/` shows a certificate, and `curl http://…` an empty reply':
    '`curl -vk https://127.0.0.1:<port>/` 能看到证书，而 `curl http://…` 得到空应答',
  'app-crash-uncaught: the app dies at those moments': 'app-crash-uncaught：应用在那些时刻崩溃',
  'tls-to-plain-upstream: the other way round': 'tls-to-plain-upstream：方向相反',
  'write https:// where the gateway says http://, or let the app speak plain HTTP':
    '把网关配置中的 http:// 改为 https://，或让应用使用明文 HTTP',

  // proxy-loop
  '{0} sends requests to {1}, which is {2} itself': '{0} 把请求转发到 {1}，而那正是 {2} 自己',
  'name the port of the app': '改成应用的端口',
  'the gateway sends its requests to itself': '网关把请求转发给自己',
  '500 or 502 after a while, and a load that goes up with each request':
    '一段时间后返回 500 或 502，负载随每个请求上升',
  'what it dials is a port of the gateway itself, and leads back to the same place':
    '网关转发到的是它自己的端口，又绕回同一处',
  '`worker_connections are not enough` in the log': '日志中有 `worker_connections are not enough`',
  'app-serves-5xx: what it dials is an app': 'app-serves-5xx：网关转发到的是应用',
  'proxy-port-mismatch: nobody listens at what it dials': 'proxy-port-mismatch：网关转发到的端口无人监听',
  'name the port of the app in proxy_pass': '在 proxy_pass 中写应用的端口',

  // proxy-module-missing
  'Apache lacks the module for {0}': 'Apache 缺少提供 {0} 的模块',
  'Apache has no module that speaks {0} to {1}': 'Apache 没有以 {0} 访问 {1} 的模块',
  'enables {0}, tests the configuration and restarts Apache': '启用 {0}，测试配置并重启 Apache',
  'requests fail for the second that it takes': '重启的那一秒内请求会失败',
  'add LoadModule lines for {0}, then restart {1}': '为 {0} 添加 LoadModule 行，然后重启 {1}',
  "a module of Apache's proxy is not enabled": 'Apache 的某个代理模块没有启用',
  'Apache does not start, or every page of the site gives 500': 'Apache 无法启动，或该站点所有页面都返回 500',
  "`apachectl configtest` says `Invalid command 'ProxyPass'`: mod_proxy is missing":
    "`apachectl configtest` 报 `Invalid command 'ProxyPass'`：缺少 mod_proxy",
  'the log says `AH01144: No protocol handler was valid for the URL`: the module for that scheme is missing (proxy_http, proxy_wstunnel)':
    '日志中有 `AH01144: No protocol handler was valid for the URL`：缺少对应协议的模块（proxy_http、proxy_wstunnel）',
  'gateway-config-invalid: the directive is misspelt': 'gateway-config-invalid：指令拼写有误',
  '`a2enmod proxy proxy_http && apachectl configtest && systemctl restart apache2`':
    '`a2enmod proxy proxy_http && apachectl configtest && systemctl restart apache2`',

  // proxy-target-wrong-host
  'whether what listens on port {0} of this host is the app was not asked':
    '没有探测本机端口 {0} 上监听的是否就是该应用',
  '{0} dials {1}, where nobody answers; the app on port {2} is on this host':
    '{0} 转发到 {1}，那里无人应答；端口 {2} 上的应用就在本机',
  '{0} dials this host; if the app is meant to run elsewhere, write that address instead':
    '让 {0} 转发到本机；如果应用本就该在别处运行，改写成那个地址',
  'the gateway dials another host than the one the app is on': '网关转发到的主机不是应用所在的主机',
  'every page gives 502 or 504, often since a move to another host or another address':
    '所有页面都返回 502 或 504，常见于迁移主机或更换地址之后',
  'the address that the gateway dials is none of this host, and nobody answers there':
    '网关转发到的地址不属于本机，且那里无人应答',
  'this host has a web app that answers on the same port of its loopback address, and no site leads to it':
    '本机有一个 Web 应用在回环地址的同一端口上应答，且没有站点指向它',
  'firewall-drop-gateway-app: the app is on that other host, and answers there':
    'firewall-drop-gateway-app：应用就在那台主机上，且能应答',
  'let the gateway dial 127.0.0.1:<port>': '让网关转发到 127.0.0.1:<port>',
  'wrong where the app is meant to run on the other host': '如果应用本就该在另一台主机上运行，这样改是错的',

  // resolver-missing
  'nginx cannot look up {0}: no resolver is configured': 'nginx 无法解析 {0}：没有配置 resolver',
  'nginx cannot look up its upstream: no resolver is configured': 'nginx 无法解析它的 upstream：没有配置 resolver',
  'name an address instead of the variable, or add beside it: resolver 127.0.0.53 valid=30s;':
    '用地址代替变量，或在旁边加上：resolver 127.0.0.53 valid=30s;',
  'nginx has no resolver for the name in proxy_pass': 'nginx 没有可用于解析 proxy_pass 中域名的 resolver',
  '502 on every request of one location, though the test of the configuration is content':
    '某个 location 的所有请求都返回 502，而配置测试通过',
  'proxy_pass has a variable': 'proxy_pass 中有变量',
  'the log says `no resolver defined to resolve <name>`': '日志中有 `no resolver defined to resolve <name>`',
  'resolver-unreachable: there is a resolver, and it does not help':
    'resolver-unreachable：配置了 resolver，但不起作用',
  'host-not-found-in-upstream: no variable, and the gateway does not start':
    'host-not-found-in-upstream：没有使用变量，网关无法启动',
  'name an address instead of the variable, or add `resolver 127.0.0.53 valid=30s;`':
    '用地址代替变量，或加上 `resolver 127.0.0.53 valid=30s;`',
  'nginx asks that resolver only: it does not read /etc/hosts': 'nginx 只查询该 resolver：不读取 /etc/hosts',

  // resolver-unreachable
  'a name could not be resolved': '有域名无法解析',
  "shows what the host's own resolver says": '查看主机自身的解析结果',
  'correct the name, or the resolver beside it': '修正域名，或旁边的 resolver',
  'the name that the gateway dials cannot be resolved': '网关转发的目标域名无法解析',
  '502 on every request of one location': '某个 location 的所有请求都返回 502',
  'the log says `could not be resolved (3: Host not found)` or `(110: Operation timed out)`':
    '日志中有 `could not be resolved (3: Host not found)` 或 `(110: Operation timed out)`',
  'resolver-missing: `no resolver defined`': 'resolver-missing：`no resolver defined`',
  'host-not-found-in-upstream: the gateway does not start': 'host-not-found-in-upstream：网关无法启动',
  'see what the host itself finds: `getent hosts <name>`': '查看主机自身的解析结果：`getent hosts <name>`',

  // selinux-connect-denied
  'whether SELinux lets web servers connect could not be seen': '无法确认 SELinux 是否允许 Web 服务器发起连接',
  'SELinux does not let {0} connect to {1}': 'SELinux 不允许 {0} 连接 {1}',
  'lets web servers connect, for good': '永久允许 Web 服务器发起连接',
  'every web server of the host may then connect to every port': '此后主机上的所有 Web 服务器都能连接任意端口',
  'or lets them connect to this port only (-m in place of -a where it has a type already)':
    '或只允许连接该端口（端口已有类型时用 -m 代替 -a）',
  'the gateway may not connect to the app: SELinux forbids it': '网关不能连接应用：被 SELinux 禁止',
  'every page gives 502 (503 of Apache), and `curl http://127.0.0.1:<port>/` on the host gives the page; Red Hat and its kin':
    '所有页面都返回 502（Apache 为 503），而在主机上 `curl http://127.0.0.1:<port>/` 能得到页面；见于 Red Hat 及其衍生发行版',
  'the log says `connect() to 127.0.0.1:<port> failed (13: Permission denied) while connecting to upstream`':
    '日志中有 `connect() to 127.0.0.1:<port> failed (13: Permission denied) while connecting to upstream`',
  '`getenforce` says Enforcing, `getsebool httpd_can_network_connect` says off':
    '`getenforce` 显示 Enforcing，`getsebool httpd_can_network_connect` 显示 off',
  '`ausearch -m avc -ts recent` has `denied { name_connect } … comm="nginx"`':
    '`ausearch -m avc -ts recent` 中有 `denied { name_connect } … comm="nginx"`',
  'unix-socket-permission: it is a Unix socket that may not be opened':
    'unix-socket-permission：无法打开的是 Unix socket',
  '`setsebool -P httpd_can_network_connect 1`': '`setsebool -P httpd_can_network_connect 1`',
  'or for this port only: `semanage port -a -t http_port_t -p tcp <port>`':
    '或只针对该端口：`semanage port -a -t http_port_t -p tcp <port>`',

  // site-not-enabled
  '{0} is not linked in sites-enabled, so no site leads to {1}': '{0} 没有链接到 sites-enabled，因此没有站点指向 {1}',
  'no link in sites-enabled': 'sites-enabled 中没有链接',
  'enables the site, tests the configuration and loads it': '启用站点，测试配置并加载',
  "the app's site is not enabled in nginx": '应用的站点没有在 nginx 中启用',
  'the default page of the gateway, or 404, in place of the app': '看到的是网关的默认页面或 404，而不是应用',
  'the file of the site is in sites-available, with no link in sites-enabled':
    '站点文件在 sites-available 中，sites-enabled 中没有指向它的链接',
  'the app runs, and no site leads to it': '应用在运行，但没有站点指向它',
  'gateway-not-reloaded: the link is there, and newer than the workers':
    'gateway-not-reloaded：链接已存在，且创建晚于 worker 进程启动',
  'wrong-server-block: the site is enabled, and another one answers':
    'wrong-server-block：站点已启用，但应答的是另一个站点',
  'link it: `ln -s <file> /etc/nginx/sites-enabled/`': '建立链接：`ln -s <file> /etc/nginx/sites-enabled/`',
  'a site with the same name or default_server may be in its way': '可能与同名站点或 default_server 冲突',

  // tls-to-plain-upstream
  '{0} dials https://{1}, but no TLS is spoken there': '{0} 转发到 https://{1}，但对方不使用 TLS',
  'write http:// instead of https://, as the app speaks plain HTTP': '把 https:// 改为 http://，应用使用的是明文 HTTP',
  'the gateway speaks TLS to an app that speaks plain HTTP': '网关以 TLS 访问使用明文 HTTP 的应用',
  'proxy_pass says https://': 'proxy_pass 中写的是 https://',
  '`wrong version number` in the log, or in a request straight to the app':
    '日志中或直接访问应用时出现 `wrong version number`',
  'plain-to-tls-upstream: the other way round': 'plain-to-tls-upstream：方向相反',
  'upstream-cert-verify: TLS is spoken, the certificate is not trusted':
    'upstream-cert-verify：对方使用 TLS，只是证书不受信任',
  'write http:// in place of https://': '把 https:// 改为 http://',
  'between hosts the traffic is no longer encrypted': '主机之间的流量不再加密',

  // two-gateways
  '{0} answers on {1}, where {2} serves {3} only: visitors of {4} get either':
    '{0} 在 {1} 上应答，而 {2} 只监听 {3}：{4} 的访客可能遇到其中任何一个',
  'shows both': '查看两者',
  'stop and disable {0}, if it is not meant, and let {1} listen on [::]:{2} as well as on 0.0.0.0:{3}':
    '如果 {0} 不是有意运行的，停止并禁用它，让 {1} 除了 0.0.0.0:{3} 也监听 [::]:{2}',
  'the sites that only {0} has are gone': '只在 {0} 上的站点将无法访问',
  'two gateways answer on one port, at different addresses': '两个网关在同一端口的不同地址上应答',
  'some visitors get the page and others a foreign one or an error: those who come by IPv6, or to another address':
    '有些访客看到正确页面，有些看到别的页面或错误：经 IPv6 或经另一个地址访问的访客',
  '`ss -ltnp` shows two programs on port 80 or 443, one at 0.0.0.0 and one at [::] or at one address only':
    '`ss -ltnp` 显示两个程序监听 80 或 443，一个在 0.0.0.0，另一个在 [::] 或某个特定地址',
  'gateway-port-taken: only one of them could start': 'gateway-port-taken：两者之中只有一个能启动',
  'wrong-server-block: one gateway, two sites': 'wrong-server-block：一个网关，两个站点',
  'stop the one that is not meant: `systemctl disable --now <unit>`':
    '停止多余的那个：`systemctl disable --now <unit>`',
  'the sites that only it has are gone': '只在它上面的站点将无法访问',
  'let the other listen on both: `listen 80; listen [::]:80;`': '让另一个同时监听两者：`listen 80; listen [::]:80;`',

  // unix-socket-permission
  '{0} ({1}) may not open {2}': '{0}（{1}）没有权限打开 {2}',
  'shows which folder or the socket itself denies {0}': '查看是哪个目录还是 socket 本身拒绝了 {0}',
  'lets {0} through until the app makes its socket anew; better: a folder in /run of the group of {1}':
    '让 {0} 通过，直到应用重建 socket 为止；更好的做法：放到 /run 下属于 {1} 的组的目录里',
  'every local user may talk to the app': '本机所有用户都能访问应用',
  "the gateway may not open the app's Unix socket": '网关没有权限打开应用的 Unix socket',
  '502 on every request; the app runs': '所有请求都返回 502；应用在运行',
  'the log says `connect() to unix:<file> failed (13: Permission denied)`':
    '日志中有 `connect() to unix:<file> failed (13: Permission denied)`',
  'unix-socket-missing: 2 or 111, the socket is not there or nobody has it':
    'unix-socket-missing：错误码是 2 或 111，socket 不存在或无人监听',
  'selinux-connect-denied: 13 for a TCP port': 'selinux-connect-denied：TCP 端口上的 13',
  'see what denies it: `namei -l <file>`': '查看被什么拒绝：`namei -l <file>`',
  'let the user of the gateway through, best by a folder in /run of its group':
    '让网关的用户能够访问，最好使用 /run 下属于它的组的目录',
  'chmod o+rw lets every local user talk to the app': 'chmod o+rw 会让本机所有用户都能访问应用',

  // upstream-all-marked-down
  'every server of upstream {0} is marked down, so {1} asks none':
    'upstream {0} 的所有 server 都标记为 down，因此 {1} 不向任何一个转发',
  'take the word `{0}` off the servers that are to serve again': '从需要恢复服务的 server 上去掉 `{0}`',
  'somebody may have had a reason to mark them': '当初标记它们可能是有原因的',
  'every server of the upstream block is marked down': 'upstream 块中的所有 server 都标记为 down',
  '502 on every request of one upstream, at once': '某个 upstream 的所有请求立即返回 502',
  'every server of the block says `down`': '块中每个 server 都带有 `down`',
  'the log says `no live upstreams`, with no failed connect() before it':
    '日志中有 `no live upstreams`，而此前没有 connect() 失败',
  'upstream-pool-tripped: the servers failed first, and are left alone for a while':
    'upstream-pool-tripped：server 先失败过，之后被暂停转发一段时间',
  'no-listener: connections are tried and refused': 'no-listener：尝试过连接，但被拒绝',
  'find out who marked them, and why': '查明是谁标记的，为什么',
  'take the word `down` off those that are to serve': '从需要提供服务的 server 上去掉 `down`',

  // upstream-cert-verify
  '{0} does not trust the certificate of {1}: {2}': '{0} 不信任 {1} 的证书：{2}',
  'shows the certificate and who signed it': '查看证书及其签发者',
  'name the authority that signed it and the name in it (nginx: proxy_ssl_trusted_certificate, proxy_ssl_name)':
    '指定签发该证书的 CA 和证书中的名称（nginx：proxy_ssl_trusted_certificate、proxy_ssl_name）',
  "the gateway does not trust the app's certificate": '网关不信任应用的证书',
  'every page gives 502, and the app answers over https when it is asked itself with `curl -k`':
    '所有页面都返回 502，而用 `curl -k` 以 https 直接访问应用正常',
  'the log says `upstream SSL certificate verify error: (<n>:<why>)` or `does not match`':
    '日志中有 `upstream SSL certificate verify error: (<n>:<why>)` 或 `does not match`',
  'the configuration has `proxy_ssl_verify on` (nginx; Caddy and HAProxy verify by default, with `ssl verify required`)':
    '配置中有 `proxy_ssl_verify on`（nginx；Caddy 默认校验，HAProxy 在 `ssl verify required` 时校验）',
  'tls-to-plain-upstream: `wrong version number`, no TLS is spoken at all':
    'tls-to-plain-upstream：`wrong version number`，对方根本不使用 TLS',
  "cert-expired: the visitors' side": 'cert-expired：出问题的是面向访客的证书',
  "see the app's certificate: `openssl s_client -connect 127.0.0.1:<port> -servername <name> </dev/null`":
    '查看应用的证书：`openssl s_client -connect 127.0.0.1:<port> -servername <name> </dev/null`',
  'name the authority that signed it (`proxy_ssl_trusted_certificate`), the name in it (`proxy_ssl_name`), or renew it':
    '指定签发它的 CA（`proxy_ssl_trusted_certificate`）、证书中的名称（`proxy_ssl_name`），或更新证书',

  // upstream-not-retried
  '{0} passes {1} of {2} requests to {3}, which takes none, and does not try another server of {4}':
    '{0} 把 {2} 个请求中的 {1} 个转发给不接受连接的 {3}，且不再尝试 {4} 的其他 server',
  'have it try the next server (nginx: proxy_next_upstream error timeout, in place of off), or take {0} out of the pool':
    '让它尝试下一个 server（nginx：用 proxy_next_upstream error timeout 代替 off），或从池中移除 {0}',
  'the gateway does not try another server when one fails': '某个 server 失败时，网关不尝试其他 server',
  'a part of the requests gets 502 or 504, as large as the part of the servers that are dead':
    '部分请求返回 502 或 504，比例等于失效 server 所占的比例',
  'the upstream block names several servers, of which some take no connections':
    'upstream 块中有多个 server，其中有的不接受连接',
  'of several requests through the gateway some fail, and others succeed': '经网关的多个请求有的失败，有的成功',
  'app-fails-sometimes: a request straight to each server fails now and then, too':
    'app-fails-sometimes：直接请求每个 server 也会偶尔失败',
  'no-listener alone: the gateway passes on to the next server, and visitors notice nothing':
    '只有 no-listener：网关会转给下一个 server，访客毫无察觉',
  'mend the server that is dead, or take it out of the block': '修复失效的 server，或从块中移除它',
  'let nginx try the next one: `proxy_next_upstream error timeout` (its default) in place of `off`':
    '让 nginx 尝试下一个：用 `proxy_next_upstream error timeout`（默认值）代替 `off`',

  // upstream-pool-tripped
  '{0} holds all servers of {1} for dead for a while, after they failed':
    '{0} 在 {1} 的所有 server 失败后，暂时视其全部失效',
  'mend what the servers failed by; they are tried again within seconds, by themselves':
    '修复导致 server 失败的问题；几秒内网关会自动重试它们',
  'the gateway holds all servers of the upstream for dead': '网关认为 upstream 的所有 server 都已失效',
  'all pages give 502 or 503 at once, without a wait, and go on doing so for seconds after the servers are back':
    '所有页面立即返回 502 或 503，没有等待，server 恢复后仍持续数秒',
  'the log says `no live upstreams` (nginx), `has no server available!` (HAProxy), `no upstreams available` (Caddy)':
    '日志中有 `no live upstreams`（nginx）、`has no server available!`（HAProxy）或 `no upstreams available`（Caddy）',
  'before it, it names what each server failed by: that is the cause':
    '在它之前的日志记录了每个 server 失败的原因：那才是根因',
  'upstream-all-marked-down: no server failed before it': 'upstream-all-marked-down：此前没有 server 失败',
  'gateway-healthcheck-wrong: the servers answer 200': 'gateway-healthcheck-wrong：server 返回 200',
  'mend what the lines before it name': '修复它之前的日志所指出的问题',
  'wait for `fail_timeout` (10 s by default): the servers are tried again by themselves':
    '等待 `fail_timeout`（默认 10 秒）：网关会自动重试这些 server',

  // wrong-server-block
  '{0} gives visitors the site in {1}, not the one that leads to {2}':
    '{0} 把访客导向 {1} 中的站点，而不是指向 {2} 的那个',
  '{0} gives visitors of {1} the site in {2}, not the one that leads to {3}':
    '{0} 把 {1} 的访客导向 {2} 中的站点，而不是指向 {3} 的那个',
  '{0}: chosen': '{0}：被选中',
  'write the name that visitors ask for into server_name, and listen where {0} does':
    '把访客请求的域名写入 server_name，并监听与 {0} 相同的地址',
  'write the name that visitors ask for, {0}, into server_name, and listen where {1} does':
    '把访客请求的域名 {0} 写入 server_name，并监听与 {1} 相同的地址',
  'or takes the default site away, whose file stays in sites-available':
    '或移除默认站点，它的文件仍保留在 sites-available 中',
  'names that no site has get this site then': '不属于任何站点的域名会落到这个站点',
  "visitors get another site of the gateway than the app's": '访客得到的是网关的另一个站点，而不是应用的站点',
  "visitors get the gateway's welcome page, a 404 or another site, and the app has no request in its log":
    '访客看到网关的欢迎页、404 或别的站点，而应用日志中没有请求',
  "no `server_name` of the app's site is the name that visitors ask for, and another site is the default one":
    '应用站点的 `server_name` 都不是访客请求的域名，且另一个站点是默认站点',
  'or another site listens on the very address that they come to: the most exact `listen` is chosen first, and only then the name':
    '或另一个站点正好监听访客访问的那个地址：先选最精确的 `listen`，再比较名称',
  'site-not-enabled: the site is not in the configuration that is read': 'site-not-enabled：网关读取的配置中没有该站点',
  'conflicting-server-name: both sites have the same name': 'conflicting-server-name：两个站点同名',
  'a test by `curl http://127.0.0.1/` without `-H "Host: <name>"` always gets the default site':
    '不带 `-H "Host: <name>"` 的 `curl http://127.0.0.1/` 测试得到的总是默认站点',
  "write the visitors' name into `server_name` of the app's site": '把访客请求的域名写入应用站点的 `server_name`',
  'or take the other site away: `rm /etc/nginx/sites-enabled/default`':
    '或移除另一个站点：`rm /etc/nginx/sites-enabled/default`',
  'names that no site has then get the next site': '不属于任何站点的域名会落到下一个站点',
}
