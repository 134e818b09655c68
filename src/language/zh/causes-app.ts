import type { Catalog } from '../language.js'

/** Messages of the causes in `src/causes/app`, `build` and `shared`, by cause. */
export const causesApp: Catalog = {
  // app-crash-uncaught
  'the app dies of an error in its own code': '应用因自身代码的错误退出',
  '502 on every request, or in between lives; the error log of the app ends in a trace':
    '所有请求都返回 502，或在两次运行之间返回；应用的错误日志以一段调用栈结尾',
  'the last life of the app ended with this error and its trace': '应用上次运行以该错误及其调用栈结束',
  'no error that has a cause of its own (port, module, variable, database, memory) stands before it':
    '其前没有另有专项原因的错误（端口、模块、变量、数据库、内存）',
  'app-serves-5xx: the app survives its error and answers 500': 'app-serves-5xx：应用出错后没有退出，返回 500',
  'module-not-found, env-missing, db-unreachable-crash: the error names what is missing':
    'module-not-found、env-missing、db-unreachable-crash：错误信息说明了缺什么',
  'mend the code that the trace names, or go back to the last release, and build':
    '修复调用栈所指的代码，或回退到上一版本，然后构建',
  'a former release may not fit the database of today': '旧版本可能与现在的数据库不兼容',
  '{0} dies of its own error: {1}': '{0} 因自身错误退出：{1}',
  'mend the code that the trace names (or go back to the last release), build, then restart':
    '修复调用栈所指的代码（或回退到上一版本），构建后重启',

  // app-fails-sometimes
  'the app itself fails some of its requests': '应用自身有部分请求失败',
  'some requests get 500, 502 or 503, and the same ones succeed when they are made again':
    '部分请求返回 500、502 或 503，同样的请求重发又成功',
  'of several requests straight to the app some fail after it took the connection, and others succeed':
    '直接访问应用多次，建立连接之后有的失败，有的成功',
  'through the gateway about as many fail, or fewer where it tries another server':
    '经网关时失败的比例相近；若网关会换一个 server 重试，则更低',
  'upstream-not-retried: the app answers each request itself, and another server of the pool is dead':
    'upstream-not-retried：应用自身对每个请求都能应答，是 upstream 中另一个 server 不可用',
  'pm2-crash-loop: the app fails between two of its lives, and pm2 counts restarts':
    'pm2-crash-loop：应用在两次运行之间失败，pm2 的重启次数会增长',
  'app-serves-5xx: every request fails': 'app-serves-5xx：所有请求都失败',
  'of a cluster, look which worker fails: the log has its number; restart all of them':
    'cluster 模式下，查看是哪个 worker 失败：日志里有其编号；重启全部 worker',
  'mend what its log names; the gateway is not at fault': '修复日志指出的问题；不是网关的问题',
  '{0} itself fails {1} of {2} requests ({3}); it runs as {4} workers, and one of them may be the one that fails':
    '{0} 自身的 {2} 个请求中有 {1} 个失败（{3}）；它有 {4} 个 worker，可能只是其中一个在失败',
  '{0} itself fails {1} of {2} requests ({3})': '{0} 自身的 {2} 个请求中有 {1} 个失败（{3}）',
  'read the log of the program on {0}': '查看 {0} 上那个程序的日志',

  // app-fd-limit
  'the app has as many files open as it may': '应用打开的文件数已达上限',
  '502 or 500 after hours of load; well again for hours after a restart':
    '带负载运行数小时后返回 502 或 500；重启后又能正常数小时',
  '`EMFILE: too many open files` in the log of the life that fails':
    '出错的这次运行，日志中有 `EMFILE: too many open files`',
  '`ls /proc/<pid>/fd | wc -l` is at its limit': '`ls /proc/<pid>/fd | wc -l` 已达上限',
  'nginx-fd-limit: it is the log of nginx that says so': 'nginx-fd-limit：出现在 nginx 的日志里',
  'disk-full: ENOSPC; `EMFILE … watch` is the limit of file watchers, of development only':
    'disk-full：是 ENOSPC；`EMFILE … watch` 是文件监视数的上限，只与开发有关',
  'see what is left open: `ls -l /proc/<pid>/fd`': '查看还打开着什么：`ls -l /proc/<pid>/fd`',
  'raise the limit of its service: LimitNOFILE=65536 by `systemctl edit <unit>`':
    '调高其服务的上限：用 `systemctl edit <unit>` 设 LimitNOFILE=65536',
  'a leak only takes longer; the service has to be restarted': '若有泄漏，只是晚些再达上限；该服务需要重启',
  '{0} has as many files and connections open as it may (EMFILE), so it dies':
    '{0} 打开的文件和连接已达上限（EMFILE），因此退出',
  '{0} has as many files and connections open as it may (EMFILE), so it takes no more':
    '{0} 打开的文件和连接已达上限（EMFILE），因此不再接受新连接',
  'before that: shows what is left open': '在此之前：查看还打开着什么',
  'raise LimitNOFILE (65536) for what starts the app, then restart that':
    '为启动该应用的服务调高 LimitNOFILE（65536），然后重启该服务',
  'a leak only takes longer; every app of that service is restarted':
    '若有泄漏，只是晚些再达上限；该服务下的所有应用都会重启',

  // app-hung
  'the app takes connections and never answers': '应用接受连接，但一直不应答',
  '504 after a minute, or a page that loads for ever': '一分钟后返回 504，或页面一直在加载',
  'a request straight to the app connects and gets nothing': '直接访问应用能连上，但收不到任何内容',
  'state T (stopped), or a whole CPU, in `ps`': '`ps` 中状态为 T（已暂停），或占满一个 CPU',
  'nginx: `upstream timed out (110: …) while reading response header`':
    'nginx：`upstream timed out (110: …) while reading response header`',
  'gateway-timeout-too-short: the app answers most requests, some of them late':
    'gateway-timeout-too-short：应用能应答大多数请求，只是有的较慢',
  'host-memory-exhausted: everything on the host is slow': 'host-memory-exhausted：主机上什么都慢',
  'no-listener: connections are refused at once': 'no-listener：连接立即被拒绝',
  'first, while it hangs, see where: `top -p <pid>`, its log, its database':
    '先趁它卡住时查明卡在哪里：`top -p <pid>`、其日志、其数据库',
  'find what blocks it; a longer proxy_read_timeout is no remedy':
    '查明是什么阻塞了它；调大 proxy_read_timeout 不解决问题',
  '{0} takes connections but does not answer: its process {1} is stopped (SIGSTOP)':
    '{0} 接受连接但不应答：其进程 {1} 已被暂停（SIGSTOP）',
  '{0} takes connections but does not answer': '{0} 接受连接但不应答',
  'then find what blocks it: a longer timeout in the gateway is no remedy':
    '然后查明是什么阻塞了它：调大网关的超时不解决问题',
  'restart what listens on {0}': '重启监听 {0} 的程序',
  '{0} pid {1}, state {2}, {3} % CPU': '{0} pid {1}，状态 {2}，CPU {3} %',

  // app-leak-degrades
  'the app uses ever more memory, and will die of it': '应用占用的内存不断增长，终将因此退出',
  'all is well after a restart, slow after hours, dead after a day; then the same again':
    '重启后正常，数小时后变慢，一天后不可用；周而复始',
  'its memory is near its limit, or half of the host': '其内存接近上限，或占到主机的一半',
  'pm2.log: earlier lives ended by SIGABRT; or node warns of a possible leak (MaxListenersExceededWarning)':
    'pm2.log：之前的运行以 SIGABRT 结束；或 node 警告可能有泄漏（MaxListenersExceededWarning）',
  'an app that is big and stays so: its memory does not grow, and no life of it ended by that':
    '应用本来就占得多且保持稳定：内存不增长，也没有因此退出过',
  'heap-oom, oom-killed-app: it is dead now': 'heap-oom、oom-killed-app：现在就已退出',
  'find what grows: `node --inspect` and two heap snapshots, an hour apart':
    '查明什么在增长：`node --inspect`，并相隔一小时取两份堆快照',
  'slows the app down meanwhile': '期间应用会变慢',
  '{0} uses {1}, and has signs of a leak: it will die of it again': '{0} 的内存已用 {1}，且有泄漏迹象：还会因此退出',
  'find what grows, with heap snapshots': '用堆快照查明什么在增长',
  '{0} of the {1} at which pm2 restarts it': '{0}（pm2 的重启上限为 {1}）',
  '{0} of the {1} of the host': '{0}（主机共 {1}）',
  '{0}× in a day: {1}': '一天内 {0} 次：{1}',

  // app-malformed-response
  'the app answers with headers that the gateway refuses': '应用应答了，但其响应头被网关拒绝',
  '502 although the app answers when it is asked itself': '直接访问应用有应答，经网关却返回 502',
  'nginx: `upstream sent invalid header`, or `sent duplicate header line`':
    'nginx：`upstream sent invalid header` 或 `sent duplicate header line`',
  'header-too-big: `upstream sent too big header`': 'header-too-big：`upstream sent too big header`',
  'plain-to-tls-upstream, eaddrinuse-other-app: `no valid HTTP/1.0 header`: what answers does not speak HTTP':
    'plain-to-tls-upstream、eaddrinuse-other-app：`no valid HTTP/1.0 header`，应答方说的不是 HTTP',
  'see the headers: `curl -sv -o /dev/null http://127.0.0.1:<port>/`':
    '查看响应头：`curl -sv -o /dev/null http://127.0.0.1:<port>/`',
  'mend the code or the library that writes the header which the log names': '修复写出日志所指响应头的代码或库',
  'the app': '应用',
  '{0} answers, and the gateway refuses its headers: {1}': '{0} 有应答，但响应头被网关拒绝：{1}',
  'mend what writes this header: the app, or a library in it': '修复写出该响应头的代码：应用自身，或其中的库',

  // app-on-gateway-port
  "the app was started on the gateway's own port": '应用用了网关自己的端口',
  '502 on every request; the app asks for 80 or 443, which the gateway holds':
    '所有请求都返回 502；应用要用 80 或 443，而该端口被网关占用',
  'the holder of that port is the gateway': '占用该端口的是网关',
  'eaddrinuse-other-app: the holder is not the gateway': 'eaddrinuse-other-app：占用端口的不是网关',
  'privileged-port: EACCES, where nobody holds the port': 'privileged-port：是 EACCES，且端口没有被占用',
  'start it on the port that the gateway dials: `PORT=<port> pm2 restart <app> --update-env`':
    '在网关转发的端口上启动：`PORT=<port> pm2 restart <app> --update-env`',
  'set PORT in its ecosystem file, too, and `pm2 save`': 'ecosystem 文件中也要设置 PORT，并执行 `pm2 save`',
  '{0} wants port {1}, which {2} holds; it dials {3}': '{0} 要用端口 {1}，但该端口被 {2} 占用；{2} 转发到 {3}',
  'starts it on port {0}; set PORT in its ecosystem file too': '在端口 {0} 上启动它；ecosystem 文件中也要设置 PORT',

  // app-serves-5xx
  'the app itself answers with an error': '应用自身返回错误',
  '500, 502 or 503 with a page that is not of the gateway': '返回 500、502 或 503，且页面不是网关的',
  'a request straight to the app gets the same status': '直接访问应用得到同样的状态码',
  'no request straight to it got less than 500': '直接访问应用，没有一次低于 500',
  'any cause of the gateway: the app itself answers well': '网关类的各种原因：应用自身应答正常',
  'next-build-incomplete, disk-full: why the app fails, where it is seen':
    'next-build-incomplete、disk-full：能看到时，即为应用失败的原因',
  '{0} itself answers HTTP {1}': '{0} 自身返回 HTTP {1}',
  'read the log of the program behind it': '查看其后程序的日志',

  // app-service-failed
  "the app's service has failed": '应用的服务已失败',
  '502 on every request; `systemctl status <unit>` shows failed or activating (auto-restart)':
    '所有请求都返回 502；`systemctl status <unit>` 显示 failed 或 activating (auto-restart)',
  "the app's unit is failed, or restarts again and again": '应用的 unit 为 failed，或反复重启',
  'its exit status: from 200 on systemd could not run it at all': '其退出状态：200 以上表示 systemd 根本无法运行它',
  'app-service-stopped: inactive, with result success': 'app-service-stopped：inactive，且 result 为 success',
  'pm2-unit-failed: the unit is that of pm2': 'pm2-unit-failed：该 unit 是 pm2 的',
  'no-listener: the unit runs': 'no-listener：该 unit 在运行',
  'read why: `journalctl -u <unit> -n 50 --no-pager`': '查看原因：`journalctl -u <unit> -n 50 --no-pager`',
  'mend that: a path in the unit, a right, the code': '修复它：unit 中的路径、权限或代码',
  '`systemctl daemon-reload` after a change of the unit, then `systemctl restart <unit>`':
    '改动 unit 后先 `systemctl daemon-reload`，再 `systemctl restart <unit>`',
  'its {0} is not there': '{0} 不存在',
  'the service {0} dies and is restarted again and again: {1}': '服务 {0} 反复退出并被重启：{1}',
  'the service {0} has failed: {1}': '服务 {0} 已失败：{1}',
  'shows which folder on the way {0} may not enter: each needs an x for it; or correct User= of the unit':
    '显示 {0} 无法进入路径上的哪个目录：每一级都要有 x 权限；或修正 unit 的 User=',
  'shows why {0} ended': '显示 {0} 为什么退出',
  '{0} is not there: restore it, or correct the unit': '{0} 不存在：恢复它，或修正 unit',
  'starts {0} again, once its reason is mended: until then it fails the same way':
    '原因修复后再次启动 {0}：在此之前启动仍会同样失败',

  // app-service-stopped
  "the app's service is stopped": '应用的服务已停止',
  '502 on every request; `systemctl status <unit>` shows inactive (dead)':
    '所有请求都返回 502；`systemctl status <unit>` 显示 inactive (dead)',
  "the app's unit is inactive, with result success": '应用的 unit 为 inactive，result 为 success',
  'the journal tells when it was stopped, or that nothing started it since the boot':
    'journal 中有停止时间，或表明开机以来没有启动过',
  'app-service-failed: the result is not success': 'app-service-failed：result 不是 success',
  'app-managed-elsewhere: pm2 runs it now': 'app-managed-elsewhere：现在由 pm2 运行它',
  '`systemctl start <unit>`': '`systemctl start <unit>`',
  'where it is disabled: `systemctl enable <unit>`': '若未启用：`systemctl enable <unit>`',
  'starts {0} as its unit says': '按 unit 的设置启动 {0}',
  'starts it at boot, too': '并设为开机启动',
  'the service {0} is not running, and is not started at boot': '服务 {0} 没有运行，开机时也不会启动',
  'the service {0} is not running': '服务 {0} 没有运行',
  'the service {0} is not running: nothing has started it since the boot': '服务 {0} 没有运行：开机以来没有启动过',

  // app-starting
  'the app has just been started and does not listen yet': '应用刚启动，尚未监听',
  '502 for seconds after a deploy or a restart': '部署或重启后的几秒内返回 502',
  'pm2 started it less than 30 seconds ago': 'pm2 启动它还不到 30 秒',
  'it does not listen yet': '尚未监听',
  'pm2-crash-loop: its restarts go up, and it is always young': 'pm2-crash-loop：重启次数在增长，运行时长始终很短',
  '{0} was started less than 30 seconds ago and does not listen yet': '{0} 启动还不到 30 秒，尚未监听',

  // eaddrinuse-orphan
  'a former process of the app still holds its port': '应用的旧进程仍占着端口',
  'the app crashes again and again, while an old version of it answers, or hangs':
    '应用反复崩溃，同时有旧版本在应答或卡住',
  'the holder of <port> bears the name of the app in its environment, and no pm2 is above it':
    '占用 <port> 的进程，其环境变量中有该应用的名字，上面却没有 pm2',
  'pm2-home-mismatch: a pm2 of another user is above the holder':
    'pm2-home-mismatch：占用端口的进程上面是另一用户的 pm2',
  'eaddrinuse-other-app: the holder is of another app': 'eaddrinuse-other-app：占用端口的是别的应用',
  'end the former process: `kill <pid>`': '结束旧进程：`kill <pid>`',
  'a former process of {0} (pid {1}) still holds port {2}, so the new one cannot start':
    '{0} 的旧进程（pid {1}）仍占着端口 {2}，新进程因此无法启动',
  'ends the former process': '结束旧进程',

  // eaddrinuse-other-app
  "another program holds the app's port": '应用的端口被别的程序占用',
  'visitors get the pages of another app, or 502, while this one crashes again and again':
    '访客看到的是别的应用的页面，或 502，而本应用反复崩溃',
  'another program holds <port>': '<port> 被别的程序占用',
  'eaddrinuse-orphan: the holder is a former process of this app': 'eaddrinuse-orphan：占用端口的是本应用的旧进程',
  'app-on-gateway-port: the holder is the gateway': 'app-on-gateway-port：占用端口的是网关',
  'see who holds the port: `ss -ltnp "sport = :<port>"`': '查看谁占着端口：`ss -ltnp "sport = :<port>"`',
  'either: stop that one for good, then restart this one': '二选一：彻底停用那个程序，然后重启本应用',
  'whoever uses that program loses it': '那个程序的使用者将无法使用它',
  'or: give this one a port of its own, in its ecosystem file and in proxy_pass':
    '或者：给本应用换一个自己的端口，ecosystem 文件和 proxy_pass 都要改',
  'another program holds port {0}, so {1} cannot start': '端口 {0} 被别的程序占用，{1} 因此无法启动',
  '{0} (pid {1}, {2}) holds port {3} and answers there, so {4} cannot start':
    '端口 {3} 被 {0}（pid {1}，{2}）占用并由它应答，{4} 因此无法启动',
  '{0} (pid {1}, {2}) holds port {3}, so {4} cannot start': '端口 {3} 被 {0}（pid {1}，{2}）占用，{4} 因此无法启动',
  'shows who holds the port': '显示谁占着端口',
  'either: stop {0} for good, then restart {1}': '二选一：彻底停用 {0}，然后重启 {1}',
  'whoever uses {0} loses it': '{0} 的使用者将无法使用它',
  'or: leave the app to {0}, and keep the service off': '或者：让 {0} 运行该应用，并停用该服务',
  'only what starts {0} will start it at the next boot': '下次开机只有 {0} 的启动机制会启动它',
  'or: give {0} a port of its own, in its unit and in proxy_pass':
    '或者：给 {0} 换一个自己的端口，unit 和 proxy_pass 都要改',
  'or: give {0} a port of its own, in its ecosystem file and in proxy_pass':
    '或者：给 {0} 换一个自己的端口，ecosystem 文件和 proxy_pass 都要改',
  "pm2's {0}": 'pm2 的 {0}',

  // native-addon-crash
  'native code in the app crashes it': '应用中的原生代码导致它崩溃',
  '502 on every request, or from time to time, and no error in the log of the app':
    '所有请求都返回 502，或时有发生，而应用日志里没有错误',
  'pm2.log: `exited with code [0] via signal [SIGSEGV]` (or SIGILL, SIGBUS; below npm, code 139, 132, 135)':
    'pm2.log：`exited with code [0] via signal [SIGSEGV]`（或 SIGILL、SIGBUS；经 npm 启动时为退出码 139、132、135）',
  'heap-oom: SIGABRT, and `JavaScript heap out of memory` in the log':
    'heap-oom：是 SIGABRT，且日志中有 `JavaScript heap out of memory`',
  'oom-killed-app: SIGKILL, and a line of the kernel': 'oom-killed-app：是 SIGKILL，且内核日志中有记录',
  'deps-other-node-abi: an error names the add-on, and the app exits with 1':
    'deps-other-node-abi：错误信息指出是哪个原生模块，应用以 1 退出',
  'see what it did last: `pm2 logs <app> --lines 50 --nostream`':
    '查看它最后做了什么：`pm2 logs <app> --lines 50 --nostream`',
  'build the native add-ons for this CPU, libc and node: `npm ci && npm run build`':
    '针对这台机器的 CPU、libc 和 node 重新构建原生模块：`npm ci && npm run build`',
  'takes minutes, a CPU and 1 GB of memory or more; the old build is overwritten':
    '耗时数分钟，占用一个 CPU 和 1 GB 以上内存；旧构建会被覆盖',
  '{0} dies by {1}: native code in it, or in an add-on, crashes': '{0} 因 {1} 退出：其自身或某个模块中的原生代码崩溃',

  // privileged-port
  'the app may not listen on a port below 1024': '应用无权监听 1024 以下的端口',
  '502 on every request; the app asks for a port below 1024': '所有请求都返回 502；应用要用 1024 以下的端口',
  'the app dies of `listen EACCES: permission denied`, with a port below 1024':
    '应用因 `listen EACCES: permission denied` 退出，端口在 1024 以下',
  'app-on-gateway-port: EADDRINUSE, the gateway holds the port': 'app-on-gateway-port：是 EADDRINUSE，端口被网关占用',
  'next-dir-permission: EACCES for a file': 'next-dir-permission：EACCES 针对的是文件',
  '{0} may not listen on port {1}': '{0} 无权监听端口 {1}',
  'starts it on the port that the gateway dials; set PORT in its ecosystem file too':
    '在网关转发的端口上启动它；ecosystem 文件中也要设置 PORT',

  // wrapper-alive-child-dead
  'the wrapper lives, the server that it should run does not': '包装进程还在，它本该运行的服务进程却没有了',
  '502 on every request, though `pm2 list` says online and the restarts stand still':
    '`pm2 list` 显示 online、重启次数不变，但所有请求都返回 502',
  'below the pid of pm2 there is only npm, yarn, pnpm or a shell': 'pm2 的 pid 之下只有 npm、yarn、pnpm 或 shell',
  'app-starting: the server is about to be started': 'app-starting：服务进程马上就会启动',
  'proxy-port-mismatch: the server is there, on another port': 'proxy-port-mismatch：服务进程在，只是用了别的端口',
  'have pm2 run the server itself (node_modules/next/dist/bin/next, or server.js) in place of npm':
    '让 pm2 直接运行服务本身（node_modules/next/dist/bin/next 或 server.js），不要经过 npm',
  'pm2 runs {0} for {1}, but the server below it is gone': 'pm2 为 {1} 运行着 {0}，但其下的服务进程已不在',
  'a wrapper': '包装进程',

  // deps-other-node-abi
  'a native module was built for another node or system': '原生模块是为别的 node 或系统构建的',
  '502 on every request after an upgrade of node, or after node_modules came from another machine':
    '升级 node 之后，或从别的机器拷来 node_modules 之后，所有请求都返回 502',
  '`was compiled against a different Node.js version using NODE_MODULE_VERSION …`':
    '`was compiled against a different Node.js version using NODE_MODULE_VERSION …`',
  'or `invalid ELF header`, a GLIBC version that is not found, `Could not load the "sharp" module`':
    '或 `invalid ELF header`、找不到某个 GLIBC 版本、`Could not load the "sharp" module`',
  'module-not-found: the module is not there at all': 'module-not-found：模块根本不存在',
  'native-addon-crash: it loads, and dies by a signal': 'native-addon-crash：模块能加载，随后因信号退出',
  'build the native modules for this node: `npm rebuild`': '针对这个 node 重新构建原生模块：`npm rebuild`',
  'takes minutes, and needs a compiler': '耗时数分钟，需要编译器',
  'if they came from another machine: `rm -rf node_modules && npm ci`':
    '若是从别的机器拷来的：`rm -rf node_modules && npm ci`',
  'a running app loses modules that it loads late': '运行中的应用会缺少它稍后才加载的模块',
  '{0} cannot load {1}: it was built for another node or system': '{0} 无法加载 {1}：它是为别的 node 或系统构建的',
  'a native module': '某个原生模块',
  'builds the native modules for the node that is here': '针对这里的 node 重新构建原生模块',
  'takes minutes, and may need a compiler': '耗时数分钟，可能需要编译器',
  'or, where node_modules came from another machine: {0}': '或者，若 node_modules 是从别的机器拷来的：{0}',

  // module-not-found
  'a module that the app needs is not installed': '应用所需的模块没有安装',
  '502 on every request after a deploy, or after node_modules was removed':
    '部署之后，或 node_modules 被删除之后，所有请求都返回 502',
  "the last life of the app ended with `Cannot find module '<name>'`, or `next: not found`":
    "应用上次运行以 `Cannot find module '<name>'` 或 `next: not found` 结束",
  'next-build-incomplete, next-build-missing: what is not found is part of the build':
    'next-build-incomplete、next-build-missing：找不到的是构建的一部分',
  'node-version-too-old: the module is of node itself (node:…)': 'node-version-too-old：是 node 自带的模块（node:…）',
  'for a package, as <user>: `npm ci && npm run build`': '若是依赖包，以 <user> 身份：`npm ci && npm run build`',
  'for a file of the app: bring it back, or correct the line that asks for it':
    '若是应用自己的文件：恢复它，或修正引用它的那一行',
  '{0} cannot find {1}: node_modules is absent': '{0} 找不到 {1}：node_modules 不存在',
  '{0} cannot find {1}': '{0} 找不到 {1}',
  'bring {0} back, or correct the line that asks for it': '恢复 {0}，或修正引用它的那一行',

  // next-build-incomplete
  'the production build is incomplete': '生产构建不完整',
  '502, or 500 on some pages, since a build that did not end, or a copy that missed files':
    '构建没有完成或拷贝缺了文件之后，返回 502，或部分页面返回 500',
  'BUILD_ID is there': 'BUILD_ID 存在',
  'files that `next start` reads are not: their names are listed': '`next start` 要读的文件缺失：会列出文件名',
  'next-build-missing: BUILD_ID is not there either': 'next-build-missing：BUILD_ID 也不存在',
  'disk-full, inodes-exhausted: why the build did not end': 'disk-full、inodes-exhausted：构建没有完成的原因',
  'in its folder, as <user>: `rm -rf .next && npm ci && npm run build`':
    '在其目录中，以 <user> 身份：`rm -rf .next && npm ci && npm run build`',
  'pages that are still served from the old build end with it; takes minutes and 1 GB of memory or more':
    '仍由旧构建提供的页面会随之失效；耗时数分钟，占用 1 GB 以上内存',
  'the build in {0} lacks {1}': '{0} 中的构建缺少 {1}',

  // next-build-missing
  'the production build is missing': '缺少生产构建',
  '502 on every request after a deploy; or none, until the next restart':
    '部署之后所有请求都返回 502；或暂无现象，直到下次重启',
  'the folder of the build, or BUILD_ID in it, is not there': '构建目录或其中的 BUILD_ID 不存在',
  '`Could not find a production build` in the log': '日志中有 `Could not find a production build`',
  'next-dir-permission: the build is there, and may not be read': 'next-dir-permission：构建在，但无权读取',
  'next-build-incomplete: BUILD_ID is there, other files are not': 'next-build-incomplete：BUILD_ID 在，缺的是其他文件',
  'pm2-cwd-deleted: the folder of the app is gone as a whole': 'pm2-cwd-deleted：应用的整个目录都不在了',
  'in its folder, as <user>: `npm ci && npm run build`': '在其目录中，以 <user> 身份：`npm ci && npm run build`',
  'the log says that there is no production build, but the folder could not be looked into':
    '日志说没有生产构建，但未能查看该目录',
  '{0} has no build any more; {1} still serves from memory and will not survive a restart':
    '{0} 中已没有构建；{1} 还在靠内存服务，重启后将无法启动',
  '{0} has no production build, only one of `next dev`, so {1} cannot start':
    '{0} 中没有生产构建，只有 `next dev` 的构建，{1} 因此无法启动',
  '{0} has no production build, so {1} cannot start': '{0} 中没有生产构建，{1} 因此无法启动',

  // next-build-oom-killed
  'the build was killed for lack of memory': '构建因内存不足被杀死',
  '502 after a deploy whose build just stopped, or said `Killed` or exit code 137':
    '部署之后返回 502，当时构建突然中止，或提示 `Killed` 或退出码 137',
  'the build has no BUILD_ID, or lacks files': '构建没有 BUILD_ID，或缺少文件',
  'the kernel killed a node process right after the last file was written there':
    '刚写完最后一个文件，内核就杀死了一个 node 进程',
  'next-build-missing: nothing was killed; the build was never run here, or was removed':
    'next-build-missing：没有进程被杀死；这里从未构建过，或构建被删除了',
  'oom-killed-app: the build is whole, and pm2 saw the app itself die by SIGKILL':
    'oom-killed-app：构建完整，且 pm2 看到应用自身因 SIGKILL 退出',
  'give the host swap for the build: `fallocate -l 2G /swapfile && chmod 600 /swapfile && mkswap /swapfile && swapon /swapfile`':
    '给主机加上构建用的 swap：`fallocate -l 2G /swapfile && chmod 600 /swapfile && mkswap /swapfile && swapon /swapfile`',
  'takes 2 GB of the disk': '占用 2 GB 磁盘',
  'for good: build elsewhere and copy the build here': '彻底解决：在别处构建，再把构建拷过来',
  'the build in {0} is not finished: the kernel killed {1} (pid {2}) for lack of memory':
    '{0} 中的构建没有完成：内核因内存不足杀死了 {1}（pid {2}）',
  'raise the memory limit of what runs the build (MemoryMax= of its unit, or its container)':
    '调高运行构建的 unit（MemoryMax=）或容器的内存上限',
  'the host may run short instead': '主机可能因此内存不足',
  'adds 2 GB of swap, which a build needs only once': '增加 2 GB swap，只有构建时才用得上',

  // next-dev-build-clobbered
  '`next dev` has overwritten the production build': '`next dev` 覆盖了生产构建',
  '502 or 500 after somebody tried something out on the server; or none, until the next restart':
    '有人在服务器上试运行之后返回 502 或 500；或暂无现象，直到下次重启',
  'the build folder has static/development (or, with Next.js 16, dev) and no BUILD_ID':
    '构建目录中有 static/development（Next.js 16 为 dev），没有 BUILD_ID',
  'next-build-missing: nothing of `next dev` is there': 'next-build-missing：没有 `next dev` 留下的任何东西',
  'next-dev-in-production: the app itself is run by `next dev`':
    'next-dev-in-production：应用本身就是用 `next dev` 运行的',
  'end the `next dev` that runs there, if one does': '若那里有 `next dev` 在运行，结束它',
  'try things out in another folder than the one that serves': '试运行请用别的目录，不要用正在服务的目录',
  '{0} holds a build of `next dev` and no production build, so {1} will not survive a restart':
    '{0} 中只有 `next dev` 的构建，没有生产构建，{1} 重启后将无法启动',
  '{0} holds a build of `next dev` and no production build, so {1} cannot start':
    '{0} 中只有 `next dev` 的构建，没有生产构建，{1} 因此无法启动',
  'of `next dev`; no BUILD_ID': '是 `next dev` 的构建；没有 BUILD_ID',

  // next-dev-in-production
  '`next dev` serves the visitors': '在用 `next dev` 对外服务',
  'first visits of a page take seconds (504 on a small host); after a restart it may be on another port (502)':
    '页面首次访问要好几秒（小主机上返回 504）；重启后可能换了端口（502）',
  'the process, or the command in pm2, is `next dev`': '进程或 pm2 中的命令是 `next dev`',
  '`Port 3000 is in use, using available port 3001 instead` in the log':
    '日志中有 `Port 3000 is in use, using available port 3001 instead`',
  'next-dev-build-clobbered: `next start` is meant to serve, and somebody ran `next dev` beside it':
    'next-dev-build-clobbered：本该由 `next start` 服务，有人另外运行了 `next dev`',
  'start it for production: `pm2 start npm --name <app> -- start && pm2 save`':
    '以生产模式启动：`pm2 start npm --name <app> -- start && pm2 save`',
  '`next dev` runs {0}, and took port {1}, because its own was taken':
    '{0} 由 `next dev` 运行，因原端口被占用而改用了端口 {1}',
  '`next dev` runs {0}: slow, and not fit for visitors': '{0} 由 `next dev` 运行：慢，且不适合对外服务',
  'builds it for production': '构建生产版本',
  'replaces what `next dev` runs on: it may answer 500 until the next step':
    '会替换 `next dev` 正在用的文件：下一步完成前可能返回 500',
  'takes `next dev` off the list': '从列表中删除 `next dev`',
  'starts it for production, and stores the list': '以生产模式启动，并保存列表',
  'let its service run `next start`, then restart it': '让其服务改为运行 `next start`，然后重启',

  // next-dir-permission
  'the app may not read its own build': '应用无权读取自己的构建',
  '502 on every request since somebody built as root': '有人以 root 构建之后，所有请求都返回 502',
  'the build is there, and may not be entered by the user of the app': '构建在，但应用的用户无权进入',
  'EACCES, or `Could not find a production build`, in the log':
    '日志中有 EACCES 或 `Could not find a production build`',
  'next-build-missing: the folder is not there': 'next-build-missing：目录不存在',
  'privileged-port: EACCES for a port': 'privileged-port：EACCES 针对的是端口',
  'give it to the user of the app: `chown -R <user>: .next && chmod -R u+rwX .next`':
    '把属主改为应用的用户：`chown -R <user>: .next && chmod -R u+rwX .next`',
  '{0} may not read {1}, so {2} does not find its build': '{0} 无权读取 {1}，{2} 因此找不到其构建',
  'is there, and may not be entered': '存在，但无权进入',
  'gives the build to {0}; build as {1} from now on': '把构建的属主改为 {0}；今后都以 {1} 身份构建',

  // next-rebuild-in-place
  'the build is exchanged under the running app': '应用还在运行，构建就被替换了',
  '500, or pages without style and script, while a deploy runs or since it ended; 502 if it was restarted in between':
    '部署期间或之后，返回 500，或页面没有样式和脚本；若其间重启过则返回 502',
  '`next build` runs in the folder of the app': '`next build` 正在应用的目录中运行',
  'or BUILD_ID is younger than the process that serves': '或者 BUILD_ID 比正在服务的进程更新',
  'next-build-missing, next-build-incomplete: no build runs, and files are missing for good':
    'next-build-missing、next-build-incomplete：没有构建在运行，文件是真的缺了',
  'app-serves-5xx: the build is older than the process': 'app-serves-5xx：构建比进程更旧',
  'let the build end': '等待构建完成',
  'from now on build in a folder of its own, switch to it, and reload': '今后在单独的目录中构建，切换过去，再重新加载',
  'a build runs in {0} (pid {1}), in place of the one that {2} runs on':
    '{0} 中正在构建（pid {1}），会替换 {2} 正在使用的构建',
  'the build in {0} is newer than the running {1}, which still runs on the former one':
    '{0} 中的构建比正在运行的 {1} 更新，后者仍在使用旧构建',
  '{0}, written {1}': '{0}，写入于 {1}',

  // next-standalone-incomplete
  'the standalone server was not copied as a whole': 'standalone 服务没有拷贝完整',
  '502 after a deploy of .next/standalone; or pages without style and script (404 below /_next/static)':
    '部署 .next/standalone 之后返回 502；或页面没有样式和脚本（/_next/static 下返回 404）',
  "server.js ends with `Cannot find module 'next'` (or another package): its node_modules were not copied":
    "server.js 以 `Cannot find module 'next'`（或其他包）结束：没有拷贝其 node_modules",
  'or .next/static is not beside server.js, and the gateway does not serve it either':
    '或者 server.js 旁边没有 .next/static，网关也没有提供它',
  'module-not-found: what runs is not .next/standalone/server.js':
    'module-not-found：运行的不是 .next/standalone/server.js',
  'copy what the build leaves out: `cp -r .next/static .next/standalone/.next/ && cp -r public .next/standalone/`':
    '拷贝构建没有带上的文件：`cp -r .next/static .next/standalone/.next/ && cp -r public .next/standalone/`',
  'copy .next/standalone as a whole, with its node_modules, links resolved (`cp -rL`)':
    '把 .next/standalone 连同其 node_modules 完整拷贝，并解开链接（`cp -rL`）',
  'the standalone server of {0} lacks the module {1}: its node_modules were not copied with it':
    '{0} 的 standalone 服务缺少模块 {1}：其 node_modules 没有一同拷贝',
  'copy .next/standalone as a whole, with its node_modules, links resolved (cp -rL)':
    '把 .next/standalone 连同其 node_modules 完整拷贝，并解开链接（cp -rL）',
  'the standalone server of {0} has no static files beside it, so pages come without style and script':
    '{0} 的 standalone 服务旁边没有静态文件，页面因此没有样式和脚本',
  'where assetPrefix names another server, files come from there': '若 assetPrefix 指向别的服务器，这些文件由那里提供',
  'copies what the build leaves out of it': '拷贝构建没有带上的文件',

  // next-start-with-export
  '`next start` cannot serve an exported site': '`next start` 无法运行静态导出的站点',
  '502 on every request since `output: export` was set': '设置 `output: export` 之后，所有请求都返回 502',
  'the app says that `next start` does not work with `output: export`, and exits':
    '应用提示 `next start` 不能与 `output: export` 同用，并退出',
  'next-build-missing: there is nothing to serve at all': 'next-build-missing：根本没有可提供的内容',
  'let the gateway serve the folder out itself, in place of proxy_pass': '让网关直接提供 out 目录，取代 proxy_pass',
  'what else was changed in the files since the last load takes effect, too':
    '上次加载之后文件中的其他改动也会一并生效',
  '{0} is built as plain files (output: export), which next start refuses to serve':
    '{0} 构建为纯静态文件（output: export），next start 拒绝运行',
  'let nginx serve {0}/out itself (root {1}/out;) in place of proxy_pass':
    '让 nginx 直接提供 {0}/out（root {1}/out;），取代 proxy_pass',
  'takes the app off the pm2 list': '从 pm2 列表中删除该应用',

  // next-start-with-standalone
  '`next start` runs an app that is built as standalone': '用 `next start` 运行了 standalone 构建的应用',
  'none: the app answers; its log warns at each start': '无：应用能应答；每次启动时日志里有警告',
  '`"next start" does not work with "output: standalone" configuration` in the log of this life':
    '这次运行的日志中有 `"next start" does not work with "output: standalone" configuration`',
  'next-start-with-export: with `output: export` the same words are the end of it':
    'next-start-with-export：若是 `output: export`，出现同样的提示后就会退出',
  'run `node .next/standalone/server.js`, with .next/static and public copied beside it; or take `output` out of next.config':
    '改为运行 `node .next/standalone/server.js`，并把 .next/static 和 public 拷到旁边；或从 next.config 中去掉 `output`',
  '{0} is built as standalone and run by `next start`, which Next.js warns of':
    '{0} 是 standalone 构建，却用 `next start` 运行，Next.js 对此有警告',
  'let it run {0}/standalone/server.js, with static and public copied beside it; or take `output` out of next.config':
    '改为运行 {0}/standalone/server.js，并把 static 和 public 拷到旁边；或从 next.config 中去掉 `output`',

  // pm2-cwd-deleted
  'the folder that the app runs in was deleted': '应用的运行目录已被删除',
  '502 on every request since the folder of a release was removed or replaced':
    '某个发布版本的目录被删除或替换之后，所有请求都返回 502',
  'the app dies of `ENOENT: … uv_cwd`; in cluster mode it ends with 0 each time, and no log says why':
    '应用因 `ENOENT: … uv_cwd` 退出；cluster 模式下每次都以 0 退出，日志里没有原因',
  'the folder that pm2 has for it is not there, or is another one by now': 'pm2 记录的目录不存在，或已换成别的目录',
  'pm2-online-no-pid: pm2 could not start it in that folder at all': 'pm2-online-no-pid：pm2 根本无法在该目录中启动它',
  'next-build-missing: the folder is there, its build is not': 'next-build-missing：目录在，缺的是其中的构建',
  'start it from the folder of today: `cd <folder> && pm2 start <file> --env production && pm2 save`':
    '从现在的目录启动：`cd <folder> && pm2 start <file> --env production && pm2 save`',
  '{0} runs in {1}, which was deleted': '{0} 的运行目录 {1} 已被删除',
  '{0} is to run in {1}, which is not there': '{0} 应在 {1} 中运行，但该目录不存在',
  'no such folder': '没有这个目录',

  // prisma-client-not-generated
  'the Prisma client was not generated for this host': '没有为这台主机生成 Prisma 客户端',
  '502 on every request after a deploy of an app with Prisma': '部署使用 Prisma 的应用之后，所有请求都返回 502',
  '`@prisma/client did not initialize yet. Please run "prisma generate"`':
    '`@prisma/client did not initialize yet. Please run "prisma generate"`',
  "or `Cannot find module '.prisma/client/default'`, or `could not locate the Query Engine for runtime`":
    "或 `Cannot find module '.prisma/client/default'`，或 `could not locate the Query Engine for runtime`",
  'module-not-found: another module is not there': 'module-not-found：缺的是别的模块',
  'db-unreachable-crash: the client is there, the database is not': 'db-unreachable-crash：客户端在，数据库不可用',
  'in its folder, as <user>: `npx prisma generate`': '在其目录中，以 <user> 身份：`npx prisma generate`',
  'for another runtime: name it in binaryTargets of schema.prisma first':
    '若是为别的运行环境：先在 schema.prisma 的 binaryTargets 中写上它',
  '{0} cannot start: its Prisma client was not generated': '{0} 无法启动：没有生成 Prisma 客户端',
  '{0} cannot start: its Prisma client has no engine for {1}': '{0} 无法启动：其 Prisma 客户端没有适用于 {1} 的引擎',
  'add "{0}" to binaryTargets in schema.prisma': '在 schema.prisma 的 binaryTargets 中加上 "{0}"',
  'writes the client for this host': '为这台主机生成客户端',

  // what several causes say
  '{0} cannot reload: {1}': '{0} 无法重新加载：{1}',
  '{0} cannot start: {1}': '{0} 无法启动：{1}',
  'tests the configuration and, only if it is good, loads it': '测试配置，通过后才加载',
  'tests the configuration and, only if it is good, starts {0}': '测试配置，通过后才启动 {0}',
  '{0} in {1}': '{0}（位于 {1}）',
  'correct this line': '修正这一行',
  'the log': '日志',
  'the line has no time, and others follow: an older life may have said it':
    '这一行没有时间，且其后还有别的行：可能是更早的一次运行写的',
  '{0} (changes upstream {1} in {2})': '{0}（修改 {2} 中的 upstream {1}）',
  '{0} (changes line {1} of {2})': '{0}（修改 {2} 第 {1} 行）',
  'write port {0} where {1} is started with -p (its ecosystem file), and start it from there':
    '在用 -p 启动 {1} 的地方（其 ecosystem 文件）写上端口 {0}，再用该文件启动',
  '{0} listens on {1}; set PORT in its ecosystem file too': '{0} 改为监听 {1}；ecosystem 文件中也要设置 PORT',
  'started {0}': '启动于 {0}',
  'the firewall': '防火墙',
  '{0} drops what this host itself sends to port {1}, so the gateway cannot reach the app that listens there':
    '{0} 丢弃主机自己发往端口 {1} 的报文，网关因此连不到在那里监听的应用',
  '{0} rejects what this host itself sends to port {1}, so the gateway cannot reach the app that listens there':
    '{0} 拒绝主机自己发往端口 {1} 的报文，网关因此连不到在那里监听的应用',
  "something listens on {0} and cannot be reached there, and the rules of this host's firewall could not be seen":
    '{0} 上有监听却连不上，而未能看到主机的防火墙规则',
  'policy {0}': '默认策略 {0}',
  'lets in what the host sends to itself, until the next boot; keep it where the other rules are kept':
    '放行主机发给自己的报文，重启主机后失效；请在保存其他规则的地方也写上',
  'shows the chain with that rule; put `iif lo accept` first there: `nft insert rule <family> <table> <chain> iif lo accept`':
    '显示该规则所在的链；把 `iif lo accept` 放到最前面：`nft insert rule <family> <table> <chain> iif lo accept`',
  'let {0} accept whatever comes in by lo': '让 {0} 放行经 lo 进入的一切',
  '{0} its owner could not be seen': '{0} 未能看到占用者',
  '{0} {1} pid {2} of {3}': '{0} {1} pid {2}，用户 {3}',
  '{0} {1} pid {2} of {3}: {4}': '{0} {1} pid {2}，用户 {3}：{4}',
  'another program': '另一个程序',
  '{0} (asked from here)': '{0}（从运行 fleetdx 的机器查询）',
  'the host started {0} ago': '主机于 {0}前启动',
  'the host started {0} ago, {1} after the last line of pm2.log': '主机于 {0}前启动，比 pm2.log 最后一行晚 {1}',
  '{0} minute': '{0} 分钟',
  '{0} minutes': '{0} 分钟',
  '{0} hours': '{0} 小时',
  '{0} days': '{0} 天',
  'starts {0} from its ecosystem file and stores the list for the next boot':
    '用 ecosystem 文件启动 {0}，并保存列表供下次开机使用',
  'starts what `pm2 save` stored last': '启动 `pm2 save` 上次保存的应用',
  "starts {0} by its package's start script and stores the list": '用 package.json 的 start 脚本启动 {0}，并保存列表',
  'installs the dependencies as locked and builds': '按锁文件安装依赖并构建',
  'installs the dependencies and builds': '安装依赖并构建',
  'installs the dependencies as locked': '按锁文件安装依赖',
  'installs the dependencies': '安装依赖',
  'restarts {0}': '重启 {0}',
  'end {0} (pid {1}, {2}) and start it the way that it was started; nothing else would':
    '结束 {0}（pid {1}，{2}），再按原来的方式启动；没有别的机制会启动它',
  'end {0} and start it the way that it was started; nothing else would':
    '结束 {0}，再按原来的方式启动；没有别的机制会启动它',
  'requests fail until it runs again': '在它恢复运行之前，请求会失败',
  'shows the last errors': '显示最近的错误',
  'the gateway': '网关',
  '{0}× in the last hour: {1}': '最近一小时 {0} 次：{1}',
  '{0} error log': '{0} 错误日志',
  'the services could not be seen': '未能看到各服务的状态',
  'its working directory cannot be entered (200/CHDIR)': '无法进入其工作目录（200/CHDIR）',
  'its program cannot be executed (203/EXEC)': '其程序无法执行（203/EXEC）',
  'its output cannot be opened (209/STDOUT)': '其输出无法打开（209/STDOUT）',
  'its group does not exist (216/GROUP)': '其用户组不存在（216/GROUP）',
  'its user does not exist (217/USER)': '其用户不存在（217/USER）',
  'its sandbox cannot be set up (226/NAMESPACE)': '无法建立其沙箱（226/NAMESPACE）',
  'a command in it was not found (127)': '找不到其中的某个命令（127）',
  'it was killed (137)': '被杀死（137）',
  'a process of it was killed for want of memory': '其某个进程因内存不足被杀死',
  'it did not start in time': '没有在时限内启动',
  'it did not announce itself as its Type= demands': '没有按 Type= 的要求报告就绪',
  'systemd lacked a resource, or could not read a file that it names':
    'systemd 缺少某种资源，或无法读取 unit 中指定的文件',
  'its watchdog was not fed': 'watchdog 超时',
  'it was started too often in too short a time': '短时间内启动次数过多',
  'it ended with status {0}': '以状态 {0} 退出',
  'it was {0} by signal {1}': '被信号 {1} 终止（{0}）',
  'why is not known': '原因不明',
  'result {0}': '结果 {0}',
  '{0} restarts': '重启 {0} 次',
  '{0}, {1}': '{0}、{1}',
  "pm2's service could not be seen": '未能看到 pm2 的服务',
  '{0} is no user of this host: let User= name the owner of {1}': '{0} 不是这台主机的用户：把 User= 改为 {1} 的属主',
  "writes the unit anew for today's pm2 and node of {0}; running apps go on":
    '按现在的 pm2 和 node 重写 {0} 的 unit；运行中的应用不受影响',
  'changes made in the unit by hand are lost': '手工对 unit 做的改动会丢失',
}
