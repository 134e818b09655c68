import type { Catalog } from '../language.js'

/** Messages of the causes in `src/causes/pm2`, by cause. */
export const causesPm2: Catalog = {
  // app-managed-elsewhere
  'the app is a service of systemd, no longer of pm2': '应用已改由 systemd 服务运行，不再归 pm2 管',
  'pm2 seems to have lost the app, though a unit of systemd runs it':
    'pm2 里看似丢了应用，其实由某个 systemd unit 运行',
  'pm2 does not run the app; its dump or the ecosystem file still names it':
    'pm2 没有运行该应用，但 dump 或 ecosystem 文件里仍有它',
  'a unit of systemd runs from the same folder or on the same port': '有 systemd unit 在同一目录或同一端口上运行',
  'pm2-app-missing: no unit runs the app either': 'pm2-app-missing：也没有任何 unit 在运行该应用',
  'eaddrinuse-other-app: both run, and the second one dies of the taken port':
    'eaddrinuse-other-app：两边都在跑，后启动的因端口被占用而退出',
  'look at the unit: `systemctl status <unit> --no-pager`': '查看该 unit：`systemctl status <unit> --no-pager`',
  none: '无',
  'have pm2 forget what it does not run: `pm2 save --force`': '让 pm2 忘掉它没在运行的应用：`pm2 save --force`',
  'the next boot starts exactly what is listed now': '下次开机启动的正是当前列表中的应用',
  'it is that service that does not answer': '不应答的正是该服务',
  'pm2 has it saved, too, and both will start it at the next boot': 'pm2 里也保存了它，下次开机两边都会启动',
  '{0} is run by {1}, not by pm2: {2}': '{0} 由 {1} 运行，不归 pm2 管：{2}',
  'does not run {0}': '没有运行 {0}',
  'shows how the service is': '显示该服务的状态',
  'has pm2 forget what it does not run': '让 pm2 忘掉它没在运行的应用',
  'the next boot starts exactly what is listed now: check `pm2 list` first':
    '下次开机启动的正是当前列表中的应用：先查看 `pm2 list`',

  // pm2-app-errored
  'pm2 has given the app up after too many crashes': '应用崩溃次数过多，pm2 已放弃重启',
  '502 on every request; `pm2 list` shows the app as errored, and nothing starts it again':
    '所有请求都返回 502；`pm2 list` 显示应用为 errored，且不再被拉起',
  'status errored, pid 0 and 16 restarts or more in `pm2 describe <app>`':
    '`pm2 describe <app>` 显示状态 errored、pid 0、重启 16 次以上',
  '`too many unstable restarts` in pm2.log': 'pm2.log 中有 `too many unstable restarts`',
  'its reason, where the log tells it, is the cause: this one is named only where none was found':
    '若日志能看出崩溃原因，则以该原因为准；找不到原因时才报本项',
  'pm2-crash-loop: each life lasts longer than a second, so pm2 never gives up':
    'pm2-crash-loop：每次都能运行一秒以上，pm2 因此一直不放弃',
  'pm2-app-stopped: somebody stopped it; no crash stands before': 'pm2-app-stopped：是有人手动停止的，之前没有崩溃',
  'read its last errors: `pm2 logs <app> --err --lines 50 --nostream`':
    '查看最近的错误日志：`pm2 logs <app> --err --lines 50 --nostream`',
  'restart it: `pm2 restart <app> --update-env`': '重启应用：`pm2 restart <app> --update-env`',
  'requests fail for the seconds that it takes to start': '启动的几秒内请求会失败',
  '{0} crashed again and again, and pm2 gave it up; why could not be seen':
    '{0} 反复崩溃，pm2 已放弃重启；未能看出原因',

  // pm2-app-missing
  'the app is not in the pm2 list': '应用不在 pm2 列表中',
  '502 on every request; `pm2 list` runs well and lacks the app': '所有请求都返回 502；`pm2 list` 正常，但没有该应用',
  'the list of the living daemon lacks the app': '运行中的守护进程的列表里没有该应用',
  'dump.pm2 or its ecosystem file names it': 'dump.pm2 或其 ecosystem 文件里有它',
  'nothing listens on <port>': '<port> 上没有监听',
  'pm2-dump-missing-or-empty: the dump lacks it, too': 'pm2-dump-missing-or-empty：dump 里也没有它',
  'pm2-home-mismatch: it runs under the pm2 of another user': 'pm2-home-mismatch：它由另一用户的 pm2 运行',
  'app-managed-elsewhere: a unit of systemd runs it': 'app-managed-elsewhere：它由 systemd unit 运行',
  'start it from its ecosystem file and store the list: `pm2 start <file> --env production && pm2 save`':
    '用 ecosystem 文件启动并保存列表：`pm2 start <file> --env production && pm2 save`',
  'starts every app that the file names': '会启动该文件中的所有应用',
  '{0} is saved in pm2 but not in its list any more': '{0} 已保存在 pm2 中，但已不在其列表里',
  'the list has no app': '列表中没有应用',
  'the list has {0}': '列表中有 {0}',
  'names {0} in {1}': '其中有 {0}，目录为 {1}',

  // pm2-app-stopped
  'the app is stopped in pm2': '应用在 pm2 中处于停止状态',
  '502 on every request; `pm2 list` shows the app as stopped': '所有请求都返回 502；`pm2 list` 显示应用为 stopped',
  'status stopped and pid 0': '状态 stopped，pid 0',
  '`Stopping app:<app>` in pm2.log tells when': 'pm2.log 中的 `Stopping app:<app>` 记录了停止时间',
  'pm2-crash-loop: between two lives the status may read stopped for a moment, with restarts going up':
    'pm2-crash-loop：两次运行之间，状态也可能短暂显示 stopped，但重启次数在增长',
  'pm2-app-errored: pm2 gave it up after crashes': 'pm2-app-errored：崩溃多次后被 pm2 放弃',
  'find out who stopped it, and why, before it serves again': '恢复服务之前，先弄清是谁、为什么停止了它',
  'start it: `pm2 start <app>`': '启动应用：`pm2 start <app>`',
  'store the list for the next boot: `pm2 save`': '保存列表供下次开机使用：`pm2 save`',
  '{0} is stopped in pm2: somebody stopped it': '{0} 在 pm2 中处于停止状态：是有人停止的',
  '{0} is stopped in pm2': '{0} 在 pm2 中处于停止状态',
  '{0}; {1} (pid {2}, {3}) answers on its port': '{0}；其端口由 {1}（pid {2}，{3}）应答',
  'end {0} (pid {1}) first, if it is not meant to serve instead': '如果不是要由 {0}（pid {1}）代为服务，先结束它',
  'starts {0} as pm2 has it': '按 pm2 中的设置启动 {0}',
  'stores the list, so that the next boot starts it too': '保存列表，下次开机也会启动它',

  // pm2-autorestart-off-exited
  'the app ended, and pm2 is told not to start it again': '应用已退出，而 pm2 被设置为不再拉起它',
  '502 on every request since the app ended once; `pm2 list` shows it as stopped, though nobody stopped it':
    '应用退出一次后，所有请求都返回 502；`pm2 list` 显示 stopped，但没有人停止过它',
  'status stopped, pid 0, and `autorestart: false`, or an exit code that stands in `stop_exit_codes`':
    '状态 stopped、pid 0，且设置了 `autorestart: false`，或退出码在 `stop_exit_codes` 之列',
  'pm2.log has `App [<app>:<id>] exited …` with no `Stopping app:<app>` before it':
    'pm2.log 中有 `App [<app>:<id>] exited …`，其前没有 `Stopping app:<app>`',
  'pm2-app-stopped: `Stopping app:<app>` in pm2.log says that somebody stopped it':
    'pm2-app-stopped：pm2.log 中的 `Stopping app:<app>` 说明是有人停止的',
  'why it ended, where its log tells that, is the cause: this one is named only where none was found':
    '若日志能看出退出原因，则以该原因为准；找不到原因时才报本项',
  'a job that `cron_restart` starts is meant to end': '由 `cron_restart` 启动的任务，退出是正常的',
  'take `autorestart: false` (or the code in `stop_exit_codes`) out of <file>':
    '从 <file> 中去掉 `autorestart: false`（或 `stop_exit_codes` 中的该退出码）',
  'a mistake in it shows at the next reload or start only: test first':
    '改错了要到下次重新加载或启动时才会暴露：先测试',
  'stop_exit_codes has {0}': 'stop_exit_codes 包含 {0}',
  'autorestart is off': 'autorestart 已关闭',
  '{0} ended with exit code {1}, and pm2 leaves it so: {2}': '{0} 以退出码 {1} 退出，pm2 不再拉起：{2}',
  '{0}: {1}': '{0}：{1}',
  'take that code out of stop_exit_codes where {0} is described (its ecosystem file), and start it from there':
    '在定义 {0} 的地方（其 ecosystem 文件）从 stop_exit_codes 中去掉该退出码，再用该文件启动',
  'take `autorestart: false` out where {0} is described (its ecosystem file), and start it from there':
    '在定义 {0} 的地方（其 ecosystem 文件）去掉 `autorestart: false`，再用该文件启动',

  // pm2-cluster-config-as-arg
  "in cluster mode, the app takes pm2's own file for its folder": 'cluster 模式下，应用把 pm2 自己的文件当成了项目目录',
  '502 on every request; the log says that there is no build, though there is one':
    '所有请求都返回 502；日志说没有构建，而构建其实在',
  "`Could not find a production build in the '<folder>/<file>/.next' directory`, where <file> is pm2's own":
    "`Could not find a production build in the '<folder>/<file>/.next' directory`，其中 <file> 是 pm2 自己的文件",
  'exec mode cluster, and `pm2-runtime` as the daemon: its workers see its arguments':
    'exec mode 为 cluster，且守护进程是 `pm2-runtime`：worker 会拿到它的命令行参数',
  'next-build-missing: the folder that the log names is the `.next` of the app itself':
    'next-build-missing：日志里的目录就是应用自己的 `.next`',
  'have `next start` be given its folder: `args: "start ."` in <file>, or use fork mode':
    '给 `next start` 指明目录：在 <file> 中写 `args: "start ."`，或改用 fork 模式',
  "{0} takes {1}, a file of pm2's, for its project folder": '{0} 把 pm2 的文件 {1} 当成了项目目录',
  'takes the wrong entry off the list': '从列表中删除这个错误的条目',
  'starts it in fork mode with its folder as an argument; write that into its ecosystem file, too':
    '以 fork 模式启动，并把目录作为参数传入；ecosystem 文件中也要这样写',

  // pm2-cluster-npm
  'npm or a shell runs in cluster mode, which is for scripts of Node.js':
    'npm 或 shell 以 cluster 模式运行，而该模式只适用于 Node.js 脚本',
  'one instance answers at best, the others crash again and again; each restart costs some seconds of 502':
    '最多只有一个实例应答，其余实例反复崩溃；每次重启都有几秒 502',
  'exec mode cluster, two instances or more, and a script that is npm, yarn or pnpm':
    'exec mode 为 cluster，有两个以上实例，脚本是 npm、yarn 或 pnpm',
  'the app dies of EADDRINUSE on a port that an instance of itself holds':
    '应用因 EADDRINUSE 退出，而该端口正被它自己的另一个实例占用',
  'or the script is `bash -c <command>`, as pm2 takes one with blanks: each life ends at once with 0, and no log says why':
    '或者脚本是 `bash -c <command>`（带空格的 `script` 会被 pm2 变成这样）：每次都立即以 0 退出，日志里没有原因',
  'eaddrinuse-other-app: the script is JavaScript that listens itself, which shares the port in cluster mode':
    'eaddrinuse-other-app：脚本是自己监听端口的 JavaScript，在 cluster 模式下本就共享端口',
  'next-build-missing and the like: the log names another reason': 'next-build-missing 等：日志给出的是别的原因',
  'take it off the list: `pm2 delete <app>`': '从列表中删除：`pm2 delete <app>`',
  'pm2 forgets its settings: note them first (`pm2 describe <app>`)':
    'pm2 会丢掉它的设置：先记下来（`pm2 describe <app>`）',
  'start Next.js itself: `pm2 start node_modules/next/dist/bin/next --name <app> -i 2 -- start -p <port>`':
    '直接启动 Next.js：`pm2 start node_modules/next/dist/bin/next --name <app> -i 2 -- start -p <port>`',
  '{0} is {1} in cluster mode: its {2} instances fight for one port':
    '{0} 以 cluster 模式运行 {1}：{2} 个实例争抢同一端口',
  '{0} {1}, cluster mode': '{0} {1}，cluster 模式',
  '{0} is a command, `{1}`, in cluster mode, which runs scripts of Node.js only':
    '{0} 是一条命令（`{1}`），却以 cluster 模式运行，该模式只能运行 Node.js 脚本',
  'takes it off the list': '从列表中删除',
  "in its ecosystem file, let `script` name the file that the command runs in the end, or set exec_mode to 'fork', and start it":
    "在其 ecosystem 文件中，让 `script` 指向该命令最终运行的文件，或把 exec_mode 设为 'fork'，然后启动",
  'in fork mode it is one instance, as several would fight for the port':
    'fork 模式下只能有一个实例，多个实例会争抢端口',
  'stores the list': '保存列表',
  'start the script that `npm start` runs itself, or npm in fork mode with one instance':
    '直接启动 `npm start` 所运行的脚本，或以 fork 模式只用一个实例运行 npm',
  'starts Next.js itself, whose instances share the port': '直接启动 Next.js，各实例共享端口',

  // pm2-crash-loop
  'the app crashes, and pm2 starts it again and again': '应用反复崩溃，pm2 不断重启它',
  '502, or now and then a page; the restarts in `pm2 list` go up by the minute':
    '返回 502，或偶尔能打开页面；`pm2 list` 中的重启次数每分钟都在增长',
  'its restarts go up and its uptime stays at seconds': '重启次数增长，运行时长始终只有几秒',
  '`exited with code` again and again in pm2.log': 'pm2.log 中反复出现 `exited with code`',
  'app-starting: started once, seconds ago, with no exit before': 'app-starting：几秒前启动过一次，之前没有退出',
  'pm2-app-errored: pm2 has given it up': 'pm2-app-errored：pm2 已放弃重启',
  'mend what the log names, or go back to the last release': '修复日志指出的问题，或回退到上一版本',
  '{0} keeps crashing ({1} restarts); why could not be seen': '{0} 反复崩溃（重启 {1} 次）；未能看出原因',

  // pm2-daemon-not-running
  'the pm2 daemon is gone, and its apps with it': 'pm2 守护进程不在了，其下的应用也随之消失',
  '502 on every request to every app of one user, often since a reboot':
    '某个用户的所有应用，请求全部返回 502，往往始于一次重启主机',
  'no process is titled `PM2 v… God Daemon (<folder>)`': '没有名为 `PM2 v… God Daemon (<folder>)` 的进程',
  'dump.pm2 or the ecosystem file names the app': 'dump.pm2 或 ecosystem 文件里有该应用',
  'pm2-startup-missing: the host was booted, and nothing starts pm2':
    'pm2-startup-missing：主机重启过，而没有任何机制启动 pm2',
  'pm2-unit-failed: its unit tried and failed': 'pm2-unit-failed：其 unit 尝试过，但失败了',
  'pm2-daemon-unresponsive: it lives and does not answer': 'pm2-daemon-unresponsive：进程还在，但不应答',
  'pm2-home-mismatch: it lives under another user': 'pm2-home-mismatch：它在另一用户名下运行',
  'start what was saved: `pm2 resurrect`; else from the ecosystem file: `pm2 start <file> --env production && pm2 save`':
    '启动已保存的应用：`pm2 resurrect`；否则用 ecosystem 文件启动：`pm2 start <file> --env production && pm2 save`',
  'starts every app that was saved': '会启动所有已保存的应用',
  'print the line that starts pm2 at boot, and run it as root: `pm2 startup`':
    '打印用于开机启动 pm2 的命令，并以 root 运行它：`pm2 startup`',
  'writes a unit of systemd and enables it': '会写入并启用一个 systemd unit',
  'no pm2 daemon runs for {0}, so {1} does not run': '用户 {0} 没有运行中的 pm2 守护进程，{1} 因此没有运行',
  'no pm2 daemon runs for any user, so {0} does not run': '没有任何用户的 pm2 守护进程在运行，{0} 因此没有运行',
  'no "God Daemon ({0})"': '没有 "God Daemon ({0})"',
  'saved: {0}': '已保存：{0}',
  'last line: {0}': '最后一行：{0}',
  'the host started {0} minutes ago': '主机于 {0} 分钟前启动',
  'prints the line (to be run as root) that starts pm2 at boot': '打印用于开机启动 pm2 的命令（须以 root 运行）',

  // pm2-daemon-unresponsive
  'the pm2 daemon does not answer': 'pm2 守护进程不应答',
  '`pm2 list` hangs; the apps may well answer, and nothing restarts one that dies':
    '`pm2 list` 卡住；应用可能仍能应答，但有应用退出时不会被拉起',
  'rpc.sock takes the connection and sends nothing': 'rpc.sock 接受连接，但不返回任何内容',
  'state T in `ps` (stopped), or a CPU that is used up': '`ps` 中状态为 T（已暂停），或 CPU 占满',
  'pm2-daemon-not-running: there is no such process': 'pm2-daemon-not-running：没有这个进程',
  'disk-full, readonly-fs: the daemon waits for a write': 'disk-full、readonly-fs：守护进程卡在写操作上',
  'where its state is T, let it go on: `kill -CONT <pid>`': '若状态为 T，让它继续运行：`kill -CONT <pid>`',
  'else find out what blocks it (strace, a full disk), then `pm2 update`':
    '否则查明它卡在哪里（strace、磁盘写满），然后 `pm2 update`',
  'all its apps are started anew': '其下所有应用都会重新启动',
  'the pm2 daemon of {0} (pid {1}) does not answer: it is stopped (SIGSTOP)':
    '{0} 的 pm2 守护进程（pid {1}）不应答：它已被暂停（SIGSTOP）',
  'the pm2 daemon of {0} (pid {1}) does not answer': '{0} 的 pm2 守护进程（pid {1}）不应答',
  'connected, but no answer in 2.5 seconds': '已连上，但 2.5 秒内没有应答',
  '{0} pid {1}, state {2}': '{0} pid {1}，状态 {2}',
  'lets it go on; its apps are not touched': '让它继续运行；不影响其下的应用',
  'find out what blocks process {0} (strace, a full disk)': '查明进程 {0} 卡在哪里（strace、磁盘写满）',
  'ending it ends all its apps': '结束它会连带结束其下所有应用',

  // pm2-dump-missing-or-empty
  'pm2 runs, but has forgotten the app': 'pm2 在运行，但已不记得该应用',
  '502 since a reboot or a `pm2 update`; `pm2 list` is empty or lacks the app':
    '重启主机或 `pm2 update` 之后返回 502；`pm2 list` 为空，或没有该应用',
  'neither the list nor dump.pm2 has the app': '列表和 dump.pm2 里都没有该应用',
  'its folder, its ecosystem file or pm2.log knows it': '它的目录、ecosystem 文件或 pm2.log 里有它的痕迹',
  'pm2-app-missing: dump.pm2 still has it': 'pm2-app-missing：dump.pm2 里还有它',
  'pm2-home-mismatch: another pm2 runs it': 'pm2-home-mismatch：由另一个 pm2 运行',
  'after each change of the list: `pm2 save`': '列表每次改动之后：`pm2 save`',
  'pm2 of {0} runs without {1}: it is neither in its list nor saved':
    '{0} 的 pm2 在运行，但没有 {1}：列表里没有，也没有保存',
  absent: '不存在',
  'no app saved': '没有保存任何应用',
  'the app was started from here': '应用曾用此文件启动',

  // pm2-ecosystem-invalid
  "Node.js cannot load the app's ecosystem file": 'Node.js 无法加载应用的 ecosystem 文件',
  '502 after a deployment, which said `File ecosystem.config.js malformated`; the app is not in `pm2 list`':
    '部署之后返回 502，部署时曾提示 `File ecosystem.config.js malformated`；应用不在 `pm2 list` 中',
  'the file does not compile, or says `module.exports` where package.json has `"type": "module"`':
    '该文件有语法错误，或在 package.json 含 `"type": "module"` 时使用了 `module.exports`',
  'pm2 does not list the app': 'pm2 列表中没有该应用',
  'pm2-dump-missing-or-empty: the file can be loaded': 'pm2-dump-missing-or-empty：该文件可以加载',
  'an app that runs: then it is what the next deployment will meet': '应用还在运行：那么要到下次部署才会遇到',
  'for an ES module: `mv ecosystem.config.js ecosystem.config.cjs`; else mend the line':
    '若是 ES 模块问题：`mv ecosystem.config.js ecosystem.config.cjs`；否则修正该行',
  'start it: `pm2 start <file> --env production && pm2 save`':
    '启动应用：`pm2 start <file> --env production && pm2 save`',
  'starts every app that it names': '会启动其中的所有应用',
  'pm2 cannot load {0} ({1}), so {2} was not started': 'pm2 无法加载 {0}（{1}），{2} 因此没有启动',
  '{0} runs, but its ecosystem file cannot be loaded: {1}': '{0} 还在运行，但其 ecosystem 文件无法加载：{1}',
  'does not list {0}': '列表中没有 {0}',
  'has Node.js take it for what it is, no ES module': '让 Node.js 不再把它当作 ES 模块',
  'scripts that name the file have to name the new one': '引用该文件的脚本要改用新文件名',
  'mend it: {0}': '修正它：{0}',
  'starts {0} and stores the list': '启动 {0} 并保存列表',

  // pm2-home-mismatch
  'the app was started under two pm2 daemons': '应用在两个 pm2 守护进程下都启动了',
  'two lists show the app: one as online, one as errored or restarting':
    '两个列表里都有该应用：一个显示 online，另一个显示 errored 或一直在重启',
  'the app dies of EADDRINUSE': '应用因 EADDRINUSE 退出',
  'the holder of <port> is the same app below another pm2 (root and <user>, mostly)':
    '占用 <port> 的是另一个 pm2 下的同一应用（多为 root 与 <user>）',
  'eaddrinuse-orphan: the holder has no pm2 above it': 'eaddrinuse-orphan：占用端口的进程上面没有 pm2',
  'eaddrinuse-other-app: the holder is another app or program': 'eaddrinuse-other-app：占用端口的是别的应用或程序',
  'as the user of the one that crashes: `pm2 delete <app>`': '以崩溃那一个所属的用户执行：`pm2 delete <app>`',
  'deleted under the wrong user, it is the serving one that ends: compare the pids first':
    '若在错误的用户下删除，结束的就是正在服务的那个：先核对 pid',
  'and keep it off: `pm2 save --force`': '并让它不再启动：`pm2 save --force`',
  '{0} was also started under pm2 of {1}, but pm2 of {2} runs it on port {3} already':
    '{0} 在 {1} 的 pm2 下又启动了一次，而 {2} 的 pm2 已在端口 {3} 上运行它',
  '{0} is pid {1}': '{0} 的 pid 为 {1}',
  'takes the second one off the list of {0}': '从 {0} 的列表中删除重复的那个',
  'typed as another user, it ends the one that serves': '若以其他用户执行，结束的就是正在服务的那个',
  'and keeps it off at the next boot': '下次开机也不再启动它',

  // pm2-home-permission
  "pm2 may not write its own folder, where another user's files are": 'pm2 无权写入自己的目录，其中有其他用户的文件',
  'pm2 does not come back after a boot; `pm2 list` ends with EACCES: permission denied':
    '开机后 pm2 没有恢复；`pm2 list` 报 EACCES: permission denied',
  'files in <folder>/.pm2 belong to root (somebody ran `sudo pm2`), and <user> may not write them':
    '<folder>/.pm2 中有属于 root 的文件（有人执行过 `sudo pm2`），<user> 无权写入',
  'the journal of its unit: `EACCES: permission denied, open <folder>/.pm2/pm2.log`':
    '其 unit 的 journal 中有 `EACCES: permission denied, open <folder>/.pm2/pm2.log`',
  'readonly-fs and disk-full: nobody can write there': 'readonly-fs 和 disk-full：谁都写不进去',
  'pm2-home-mismatch: root has a folder of its own, /root/.pm2': 'pm2-home-mismatch：root 用的是自己的目录 /root/.pm2',
  'give the folder back: `chown -R <user>: <folder>/.pm2`': '改回目录的属主：`chown -R <user>: <folder>/.pm2`',
  'start pm2: `systemctl restart pm2-<user>`': '启动 pm2：`systemctl restart pm2-<user>`',
  'files in {0} belong to {1}; whether pm2 ended over them could not be seen':
    '{0} 中有属于 {1} 的文件；未能看出 pm2 是否因此退出',
  '{0} belongs to {1}': '{0} 属于 {1}',
  '{0} and {1} more belong to {2}': '{0} 及另外 {1} 个文件属于 {2}',
  'gives the folder back to {0}': '把该目录的属主改回 {0}',
  'pm2 of {0} cannot start: {1}': '{0} 的 pm2 无法启动：{1}',
  '{0}: pm2 of {1} may not write there, and may not start again': '{0}：{1} 的 pm2 无权写入，可能无法再次启动',
  'owned by {0}': '属主为 {0}',
  'starts pm2 and what it had saved': '启动 pm2 及其保存的应用',

  // pm2-interpreter-regression-bun-path
  'pm2 takes the interpreter for Bun, as its path has "bun" in it': '解释器路径中含 "bun"，被 pm2 误认为 Bun',
  '502 on every request to an app in Python (or the like) since pm2 was updated':
    '升级 pm2 之后，对 Python 等应用的所有请求都返回 502',
  'the app dies of a syntax error in ProcessContainerForkBun.js, a file of pm2':
    '应用因 ProcessContainerForkBun.js（pm2 的文件）中的语法错误退出',
  'pm2 is 6.0 or 7.0.0, and the path of the interpreter has "bun" in it, as /home/ubuntu has':
    'pm2 为 6.0 或 7.0.0，且解释器路径中含 "bun"，例如 /home/ubuntu',
  'app-crash-uncaught: the error is in a file of the app; Bun itself is meant to run that file':
    'app-crash-uncaught：错误出在应用自己的文件中；Bun 应用本就由那个文件运行',
  'update pm2 to 7.0.1 or later: `npm install -g pm2@latest && pm2 update`':
    '把 pm2 升级到 7.0.1 或更高版本：`npm install -g pm2@latest && pm2 update`',
  'restarts every app': '会重启所有应用',
  'pm2 {0} runs {1} as if {2} were Bun': 'pm2 {0} 运行 {1} 时把 {2} 误当成了 Bun',
  'its interpreter': '其解释器',
  'install pm2 7.0.1 or later, the way that it was installed (npm install -g pm2@latest)':
    '按原来的安装方式安装 pm2 7.0.1 或更高版本（npm install -g pm2@latest）',
  'has the daemon run the new version': '让守护进程改用新版本',

  // pm2-launching-stuck
  'the app was started, and never says that it is ready': '应用已启动，但一直没有报告就绪',
  '502 on every request; `pm2 list` shows `launching`, and further `pm2` commands hang':
    '所有请求都返回 502；`pm2 list` 显示 `launching`，后续 `pm2` 命令卡住',
  'status launching for more than half a minute, with a pid that lives':
    '状态为 launching 超过半分钟，且 pid 对应的进程还在',
  '`wait_ready: true`: pm2 waits for `process.send("ready")`, for as long as `listen_timeout` says':
    '`wait_ready: true`：pm2 等待 `process.send("ready")`，最长等到 `listen_timeout`',
  'app-starting: it was started less than half a minute ago': 'app-starting：启动还不到半分钟',
  'pm2-crash-loop: the number of restarts grows': 'pm2-crash-loop：重启次数在增长',
  'where the app listens, requests succeed in spite of the status': '如果应用已在监听，请求照样成功，与该状态无关',
  'see what it waits for before it calls `process.send("ready")` and listens':
    '查看它在调用 `process.send("ready")` 和开始监听之前在等什么',
  '{0} was started {1} s ago, and neither listens nor says that it is ready':
    '{0} 于 {1} 秒前启动，既没有监听，也没有报告就绪',
  'wait_ready is on, listen_timeout {0} ms': 'wait_ready 已开启，listen_timeout {0} ms',
  'find what {0} waits for before it listens: a database, another service':
    '查明 {0} 开始监听之前在等什么：数据库，或别的服务',

  // pm2-memory-restart-loop
  'pm2 restarts the app again and again for its memory': '应用内存超限，被 pm2 反复重启',
  '502 for some seconds, every half minute or every few minutes; no log shows a crash':
    '每隔半分钟到几分钟出现几秒 502；日志里没有崩溃',
  'pm2.log: `Process <id> restarted because it exceeds --max-memory-restart value`, again and again':
    'pm2.log 中反复出现：`Process <id> restarted because it exceeds --max-memory-restart value`',
  '`max_memory_restart` is below what the app needs at its usual load':
    '`max_memory_restart` 低于应用正常负载所需的内存',
  'oom-killed-app: the kernel kills it, pm2.log says SIGKILL': 'oom-killed-app：由内核杀死，pm2.log 中为 SIGKILL',
  'heap-oom: V8 ends it with a message of its own': 'heap-oom：由 V8 终止，并有它自己的提示',
  'one such restart in hours: a leak that the limit is there for': '几小时才重启一次：是内存泄漏，该上限正为此而设',
  'raise the limit above what it needs: `pm2 restart <app> --max-memory-restart <size> && pm2 save`':
    '把上限调到所需内存以上：`pm2 restart <app> --max-memory-restart <size> && pm2 save`',
  'the host has to have that memory': '主机要有这么多内存',
  'write it into <file>, too; where the need grows for ever, look for the leak':
    '<file> 中也要写上；如果内存一直涨，要查泄漏',
  'pm2 restarted {0} {1} times in ten minutes: it uses {2} MB, and its limit is {3} MB':
    '十分钟内 pm2 重启了 {0} {1} 次：它用了 {2} MB，上限是 {3} MB',
  'raises the limit to twice of what it used': '把上限调到实际用量的两倍',
  'keeps it so at the next boot': '下次开机仍然如此',
  'write it into its ecosystem file, too; where the need grows for ever, look for the leak':
    'ecosystem 文件中也要写上；如果内存一直涨，要查泄漏',

  // pm2-online-no-pid
  'pm2 could not start the process at all': 'pm2 根本没能启动进程',
  '502 on every request, though `pm2 list` says online': '`pm2 list` 显示 online，但所有请求都返回 502',
  'status online or stopped with pid 0 or N/A and no restarts': '状态为 online 或 stopped，pid 为 0 或 N/A，且没有重启',
  '`spawn … ENOENT` or `EACCES` in pm2.log: the interpreter or the folder is gone':
    'pm2.log 中有 `spawn … ENOENT` 或 `EACCES`：解释器或目录不在了',
  'wrapper-alive-child-dead: there is a pid, of npm or sh': 'wrapper-alive-child-dead：有 pid，是 npm 或 sh 的',
  'pm2-startup-stale-path: pm2 itself cannot be started': 'pm2-startup-stale-path：pm2 自身就无法启动',
  'bring the interpreter or the folder back, or name another one': '恢复解释器或目录，或改用别的',
  'the folder of {0}, {1}, is gone, so pm2 could not start it': '{0} 的目录 {1} 不在了，pm2 因此无法启动它',
  'pm2 could not start {0}: its interpreter {1} is gone': 'pm2 无法启动 {0}：其解释器 {1} 不在了',
  'pm2 has no process for {0} and does not try again; why it could not start it was not seen':
    'pm2 没有 {0} 的进程，也不再尝试；未能看出为何启动失败',
  'bring {0} back': '恢复 {0}',
  'make sure that the interpreter is there': '确保解释器存在',
  'takes the dead entry off the list': '从列表中删除这个失效的条目',

  // pm2-port-args-swallowed
  'npm swallowed the arguments meant for next': '本应传给 next 的参数被 npm 吞掉了',
  '502 on every request after the app was started with a port on the command line':
    '在命令行中指定端口启动应用之后，所有请求都返回 502',
  'the app dies of `Invalid project directory provided, no such directory: <folder>/<port>`':
    '应用因 `Invalid project directory provided, no such directory: <folder>/<port>` 退出',
  'its arguments lack the second `--`': '其参数中少了第二个 `--`',
  'proxy-port-mismatch: the app runs, on a port that is not dialled (npm swallowed `--port` with its number)':
    'proxy-port-mismatch：应用在运行，但端口不是网关转发的那个（`--port` 连同端口号被 npm 吞掉）',
  'pm2-cwd-deleted: the folder that the log names was there once': 'pm2-cwd-deleted：日志里的目录以前存在过',
  'start it with a second `--`: `pm2 start npm --name <app> -- start -- -p <port>`':
    '启动时加上第二个 `--`：`pm2 start npm --name <app> -- start -- -p <port>`',
  '{0} takes {1} for its project folder: npm kept the -p before it':
    '{0} 把 {1} 当成了项目目录：前面的 -p 被 npm 吞掉了',
  'starts it with the arguments after a second `--`': '把参数放在第二个 `--` 之后启动',

  // pm2-restart-window
  'while the app is restarted, nobody answers': '应用重启期间无人应答',
  'a burst of 502 for some seconds at each deployment, and then all is well':
    '每次部署都有几秒钟集中出现 502，随后恢复正常',
  'connections are refused only in the seconds after `Stopping app:<app>` in pm2.log':
    '连接只在 pm2.log 中 `Stopping app:<app>` 之后的几秒内被拒绝',
  'one instance, in fork mode: the old one ends before the new one listens':
    '单实例、fork 模式：旧进程先退出，新进程才开始监听',
  'pm2-crash-loop: the app ends of itself': 'pm2-crash-loop：应用是自己退出的',
  'pm2-watch-loop and pm2-memory-restart-loop: pm2 restarts it again and again':
    'pm2-watch-loop 和 pm2-memory-restart-loop：是 pm2 反复重启它',
  'errors at other times, too: something else is wrong': '其他时间也有错误：另有问题',
  'two instances in cluster mode (a script that listens itself, not npm), and `pm2 reload` at a deployment':
    '以 cluster 模式运行两个实例（脚本要自己监听端口，不能是 npm），部署时用 `pm2 reload`',
  'each takes its own memory; state in memory is not shared': '每个实例各占一份内存；内存中的状态不共享',
  '{0} was restarted {1} s ago, and does not listen yet': '{0} 于 {1} 秒前被重启，尚未监听',
  'check again in half a minute': '半分钟后再检查一次',
  'each restart of {0} costs visitors some seconds: {1} request failed so in the last hour':
    '每次重启 {0}，访客都会有几秒不可用：最近一小时有 {1} 个请求因此失败',
  'each restart of {0} costs visitors some seconds: {1} requests failed so in the last hour':
    '每次重启 {0}，访客都会有几秒不可用：最近一小时有 {1} 个请求因此失败',
  'one instance, in fork mode': '单实例、fork 模式',
  'for restarts that nobody notices: two instances of {0} in cluster mode, of a script that listens itself (not npm)':
    '要做到无感重启：以 cluster 模式运行 {0} 的两个实例，脚本要自己监听端口（不能是 npm）',
  'then deploy by this: one instance after the other': '之后用它部署：实例逐个更替',

  // pm2-shell-script-as-js
  'node is given a shell script to run': 'node 被用来运行 shell 脚本',
  '502 on every request since the app was started as node_modules/.bin/<program>':
    '改用 node_modules/.bin/<program> 启动应用之后，所有请求都返回 502',
  'the app dies of a SyntaxError at a line of shell: `basedir=$(dirname …`, `case `uname` in`, `exec node`':
    '应用因一行 shell 代码报 SyntaxError 而退出：`basedir=$(dirname …`、`case `uname` in`、`exec node`',
  'its script is in node_modules/.bin, or is one of a shell, and its interpreter is node':
    '其脚本在 node_modules/.bin 中，或是 shell 脚本，而解释器是 node',
  'app-crash-uncaught: the SyntaxError is in JavaScript of the app':
    'app-crash-uncaught：SyntaxError 出在应用的 JavaScript 中',
  'give pm2 the JavaScript (`node_modules/next/dist/bin/next`), or `--interpreter none`':
    '让 pm2 直接运行 JavaScript 文件（`node_modules/next/dist/bin/next`），或加 `--interpreter none`',
  'a script': '某个脚本',
  'pm2 runs {0} with node, but that is a shell script': 'pm2 用 node 运行 {0}，但它是 shell 脚本',
  'starts what that script would start; change `script` in the ecosystem file of {0}, too':
    '直接启动该脚本要启动的程序；{0} 的 ecosystem 文件中的 `script` 也要改',

  // pm2-stale-release-path
  'pm2 runs the app in a former release': 'pm2 仍在旧发布版本中运行应用',
  'a deployment changes nothing, pages miss their scripts (404), and 502 once the old release is removed':
    '部署之后没有变化，页面缺少脚本（404）；旧版本被删除后返回 502',
  '`pm_cwd` of the app is in <folder>/releases/<old>, and <folder>/current leads to another release':
    '应用的 `pm_cwd` 在 <folder>/releases/<old> 中，而 <folder>/current 指向另一个版本',
  'or its process runs in a release that `current` has left': '或者其进程所在的版本已不是 `current` 指向的那个',
  'pm2-cwd-deleted: the folder is gone, and no link `current` beside it leads elsewhere':
    'pm2-cwd-deleted：目录不在了，旁边也没有指向别处的 `current` 链接',
  'a deployment of the last two minutes: the restart may be about to come': '两分钟内刚部署过：可能马上就会重启',
  'start it by the link: `cd <folder>/current && pm2 start <file> --env production`':
    '从链接启动：`cd <folder>/current && pm2 start <file> --env production`',
  'pm2 runs {0} in {1}, which is gone, while {2} leads to {3}': 'pm2 在 {1} 中运行 {0}，该目录已不在，而 {2} 指向 {3}',
  'pm2 runs {0} in {1}, while {2} leads to {3}': 'pm2 在 {1} 中运行 {0}，而 {2} 指向 {3}',
  '{0} still runs in {1}, while {2} leads to {3}': '{0} 仍在 {1} 中运行，而 {2} 指向 {3}',
  'has pm2 forget the former release': '让 pm2 忘掉旧版本',
  "starts {0} in {1}; give it `cwd: '{2}'` there, or pm2 keeps the release again":
    "在 {1} 中启动 {0}；要在那里写上 `cwd: '{2}'`，否则 pm2 又会记住具体版本的目录",

  // pm2-startup-missing
  'nothing starts pm2 at boot': '开机时没有任何机制启动 pm2',
  'all is well until a reboot, and 502 after it': '平时一切正常，重启主机后返回 502',
  'no enabled unit, init script, crontab or rc.local starts pm2 of <user>':
    '没有启用的 unit、init 脚本、crontab 或 rc.local 来启动 <user> 的 pm2',
  'the host was booted after the last line of pm2.log, where requests fail by it':
    '若请求因此失败，则主机的启动时间晚于 pm2.log 的最后一行',
  'pm2-unit-failed: there is an enabled unit, and it failed': 'pm2-unit-failed：有启用的 unit，但失败了',
  'pm2-startup-stale-path: its unit names a node that is gone': 'pm2-startup-stale-path：其 unit 指向的 node 已不在',
  'pm2-dump-missing-or-empty: pm2 was started at boot, with nothing to start':
    'pm2-dump-missing-or-empty：pm2 开机时启动了，但没有应用可启动',
  'pm2-daemon-not-running: pm2 ended with no boot between': 'pm2-daemon-not-running：pm2 已退出，其间主机没有重启过',
  'where pm2 is down, start the app: `pm2 resurrect`': '若 pm2 没有运行，启动应用：`pm2 resurrect`',
  'as <user>: `pm2 save`': '以 <user> 身份：`pm2 save`',
  'as root, the line that `pm2 startup` prints': '以 root 运行 `pm2 startup` 打印的那条命令',
  'writes a unit of systemd and enables it; starts nothing now': '会写入并启用一个 systemd unit；现在不会启动任何东西',
  'what starts pm2 at boot could not be seen': '未能看到开机时由什么启动 pm2',
  'when pm2 of {0} last ran is not known': '不知道 {0} 的 pm2 上次运行的时间',
  'the host was booted, and nothing starts pm2 of {0}, so {1} does not run':
    '主机重启过，而没有任何机制启动 {0} 的 pm2，{1} 因此没有运行',
  'runs something at boot that may be meant to start pm2': '开机时会运行一些东西，可能就是用来启动 pm2 的',
  'nothing starts pm2 of {0} at boot: the next one will take {1} down':
    '开机时没有任何机制启动 {0} 的 pm2：下次重启主机后 {1} 将不可用',
  'not enabled': '未启用',
  'no unit, init script, crontab or rc.local starts pm2 of {0}':
    '没有 unit、init 脚本、crontab 或 rc.local 来启动 {0} 的 pm2',
  'has systemd start pm2 at boot; starts nothing now': '让 systemd 开机时启动 pm2；现在不会启动任何东西',
  'writes and enables a unit that starts pm2 of {0} and its saved apps at boot':
    '写入并启用一个 unit，开机时启动 {0} 的 pm2 及其保存的应用',

  // pm2-two-daemons
  'two pm2 daemons live in one folder': '同一目录下有两个 pm2 守护进程',
  'the app crashes again and again while an old one answers, or hangs; restarts by `pm2` change nothing':
    '应用反复崩溃，同时有旧实例在应答或卡住；用 `pm2` 重启毫无效果',
  'two processes `PM2 v…: God Daemon (<folder>)` with the same folder':
    '有两个目录相同的 `PM2 v…: God Daemon (<folder>)` 进程',
  'pm2.pid names the younger; apps of the older are in no list, and hold their ports':
    'pm2.pid 记录的是较新的那个；较旧的那个下面的应用不在任何列表中，却占着端口',
  'pm2-home-mismatch: the folders differ': 'pm2-home-mismatch：两者目录不同',
  'a daemon in a container or a chroot shows the same folder and is another one':
    '容器或 chroot 中的守护进程显示的目录相同，其实是另一个',
  'eaddrinuse-orphan: no daemon is above the holder of the port': 'eaddrinuse-orphan：占用端口的进程上面没有守护进程',
  'end the daemon that pm2.pid does not name, which ends its apps: `kill <pid>`':
    '结束 pm2.pid 未记录的那个守护进程，其下应用也会结束：`kill <pid>`',
  'requests that it is serving are lost': '它正在处理的请求会丢失',
  'start what is missing then: `pm2 resurrect`': '然后启动缺少的应用：`pm2 resurrect`',
  'two pm2 daemons live in {0}, and the other one (pid {1}) runs {2} on port {3} already':
    '{0} 下有两个 pm2 守护进程，另一个（pid {1}）已在端口 {3} 上运行 {2}',
  'two pm2 daemons live in {0}: pm2 commands reach only one of them':
    '{0} 下有两个 pm2 守护进程：pm2 命令只能连到其中一个',
  'God Daemon ({0}): pid {1} and pid {2}': 'God Daemon ({0})：pid {1} 和 pid {2}',
  'ends the daemon that pm2 commands do not reach, and its apps': '结束 pm2 命令连不到的那个守护进程及其应用',
  'starts what is missing then': '然后启动缺少的应用',

  // pm2-unit-failed
  "pm2's service cannot be started": 'pm2 的服务无法启动',
  '502 since a reboot or a restart of the service; `systemctl status <unit>` shows failed':
    '重启主机或重启服务之后返回 502；`systemctl status <unit>` 显示 failed',
  "pm2's unit is failed, or its last start came to nothing": 'pm2 的 unit 为 failed，或上次启动没有成功',
  'systemd names the reason: a status from 200 on, a time-out, a protocol error':
    'systemd 给出原因：200 以上的状态码、超时、protocol 错误',
  'pm2-startup-stale-path: it failed as its node or pm2 is gone (203)':
    'pm2-startup-stale-path：因 node 或 pm2 不在而失败（203）',
  'systemd-oompolicy-kills-pm2: it ran until the kernel killed a process of it':
    'systemd-oompolicy-kills-pm2：一直在运行，直到内核杀死其中一个进程',
  'pm2-startup-missing: there is no unit, or it is not enabled': 'pm2-startup-missing：没有 unit，或未启用',
  'write the unit anew for the pm2 and node of today: `pm2 unstartup` and `pm2 startup`, as root':
    '按现在的 pm2 和 node 重写 unit：以 root 执行 `pm2 unstartup` 和 `pm2 startup`',
  'changes made in the unit by hand are lost; running apps go on': '手工对 unit 做的改动会丢失；运行中的应用不受影响',
  'restart it: `systemctl restart <unit>`': '重启服务：`systemctl restart <unit>`',
  'apps that pm2 runs now are started anew': 'pm2 正在运行的应用会重新启动',
  '{0} cannot be started: {1}': '{0} 无法启动：{1}',
  '{0} failed ({1}), and pm2 was started by hand: the next boot will not bring it back':
    '{0} 启动失败（{1}），pm2 是手工启动的：下次开机不会恢复',

  // pm2-version-skew
  'the pm2 in memory is of another major version than its command': '内存中的 pm2 与其命令的主版本不同',
  'every pm2 command says `In-memory PM2 is out-of-date`; requests succeed':
    '每条 pm2 命令都提示 `In-memory PM2 is out-of-date`；请求正常',
  'the version of `God Daemon` and that of the pm2 command differ in their first number':
    '`God Daemon` 的版本与 pm2 命令的版本，主版本号不同',
  'it is a risk, no reason for a 502: commands may fail, and the next boot runs the other version':
    '这是风险，不会导致 502：命令可能失败，且下次开机会运行另一个版本',
  'store the list: `pm2 save`': '保存列表：`pm2 save`',
  'have the daemon run the new version: `pm2 update`': '让守护进程改用新版本：`pm2 update`',
  'pm2 {0} of {1} is in memory, and its command is {2}: the next boot runs that one':
    '内存中运行的是 {1} 的 pm2 {0}，而命令是 {2}：下次开机会运行后者',

  // pm2-waiting-restart
  'pm2 says `waiting restart`, and will never restart the app': 'pm2 显示 `waiting restart`，但不会再重启应用',
  '502 on every request; `pm2 list` shows `waiting restart` for as long as one looks':
    '所有请求都返回 502；`pm2 list` 一直显示 `waiting restart`',
  'status `waiting restart` with pid 0: between two tries pm2 shows the former pid':
    '状态为 `waiting restart` 且 pid 为 0：两次尝试之间，pm2 显示的是先前的 pid',
  '`restart_delay` or `exp_backoff_restart_delay` is set, and `too many unstable restarts` stands in pm2.log, or `autorestart` is off':
    '设置了 `restart_delay` 或 `exp_backoff_restart_delay`，且 pm2.log 中有 `too many unstable restarts`，或 `autorestart` 已关闭',
  'pm2-crash-loop: the pid is not 0, and the number of restarts grows': 'pm2-crash-loop：pid 不为 0，且重启次数在增长',
  'pm2 says that {0} is waiting for a restart, but it will never start it again':
    'pm2 显示 {0} 在等待重启，但不会再拉起它',

  // pm2-watch-loop
  'pm2 watches files that the app itself writes, and restarts it for ever':
    'pm2 监视着应用自己会写的文件，因此不断重启它',
  '502 now and then, or always; the number of restarts grows and no log shows a crash':
    '时有或一直 502；重启次数在增长，日志里没有崩溃',
  '`watch` is on, and pm2.log has `Change detected on path <file> for app <app> - restarting` again and again':
    '`watch` 已开启，且 pm2.log 中反复出现 `Change detected on path <file> for app <app> - restarting`',
  'the files are logs, uploads, caches or the build': '这些文件是日志、上传文件、缓存或构建',
  'pm2-restart-window: a few changes by a deployment, and then none':
    'pm2-restart-window：部署引起几次变更，之后就没有了',
  'stop watching: `pm2 restart <app> --watch false && pm2 save`':
    '停止监视：`pm2 restart <app> --watch false && pm2 save`',
  'take `watch` out of <file>, or name what is written in `ignore_watch`':
    '从 <file> 中去掉 `watch`，或在 `ignore_watch` 中列出会被写入的文件',
  'a file': '某个文件',
  'pm2 restarts {0} whenever {1} changes: {2} times in the last three minutes':
    '{1} 每次变更，pm2 都会重启 {0}：最近三分钟已有 {2} 次',
  'stops watching': '停止监视',
  'take `watch` out of its ecosystem file, or name {0} in `ignore_watch`':
    '从其 ecosystem 文件中去掉 `watch`，或在 `ignore_watch` 中列出 {0}',
}
