import type { Catalog } from '../language.js'

export const path: Catalog = {
  // checks/add-checks
  'it is not known how things are: {0}': '状况未知：{0}',
  '1 check passes': '1 项检查通过',
  '{0} checks pass': '{0} 项检查通过',
  'check {0}': '检查 {0}',
  'the check {0} fails': '检查 {0} 未通过',

  // checks/expect
  'the command could not be run (exit code {0})': '命令无法执行（退出码 {0}）',
  'exit code {0}, not {1}': '退出码 {0}，不是 {1}',
  'no answer: {0}': '没有应答：{0}',
  'HTTP {0}, not {1}': 'HTTP {0}，不是 {1}',
  'HTTP {0}, not below 400': 'HTTP {0}，不低于 400',
  '{0} is in the output': '输出中有 {0}',
  '{0} is not in the output': '输出中没有 {0}',
  '{0} is not in what was read of the output': '已读取的输出中没有 {0}',
  'no number is in the output': '输出中没有数字',
  'no number is in the output by /{0}/': '按 /{0}/ 在输出中找不到数字',
  'the output is not JSON': '输出不是 JSON',
  "the output has no '{0}'": "输出中没有 '{0}'",
  "'{0}' is {1}": "'{0}' 为 {1}",
  '{0}, not a number': '{0}，不是数字',
  'like /{0}/': '匹配 /{0}/',
  'above {0}': '大于 {0}',
  'at least {0}': '至少 {0}',
  'at most {0}': '至多 {0}',
  'below {0}': '小于 {0}',
  '{0}, not {1}': '{0}，不符合：{1}',

  // checks/judge
  'the check {0}': '检查 {0}',
  'standard error': '标准错误输出',

  // checks/nagios
  'exit code {0}, and not a word': '退出码 {0}，没有任何输出',

  // diagnose/diagnose
  'no web app and no gateway was found': '没有发现 Web 应用和网关',
  'no web app and no gateway was found because of what could not be seen: {0}':
    '没有发现 Web 应用和网关，因为有看不到的内容：{0}',
  'whether requests succeed could not be seen': '无法确认请求是否成功',
  'whether requests succeed could not be seen because of what could not be seen: {0}':
    '无法确认请求是否成功，因为有看不到的内容：{0}',
  '1 path serves': '1 条请求路径正常',
  '{0} paths serve': '{0} 条请求路径正常',
  '{0}; the cause is unknown': '{0}；原因未知',
  '{0}; the cause is unknown because of what could not be seen: {1}': '{0}；原因未知，因为有看不到的内容：{1}',
  'port {0} answers on the host but not from here ({1})': '端口 {0} 在主机上能应答，从这里却不能（{1}）',
  'port {0} answers on the host but not from here ({1}) because of what could not be seen: {2}':
    '端口 {0} 在主机上能应答，从这里却不能（{1}），因为有看不到的内容：{2}',
  'now and then requests fail: {0}': '请求时有失败：{0}',
  'requests fail with {0}': '请求失败：{0}',
  'requests fail': '请求失败',

  // fact
  '{0} ({1}: {2})': '{0}（{1}：{2}）',
  permission: '没有权限',
  'tool-missing': '缺少工具',
  deadline: '超出时限',
  'size-limit': '超出大小限制',
  'connection-lost': '连接中断',
  unparsable: '无法解析',
  'not-asked': '未查询',
  undecided: '无法断定',

  // language/join-words
  '{0} or {1}': '{0} 或 {1}',

  // make-record
  "the script of fleetdx {0} answered, and this was {1}: it is read as far as it goes; 'fleetdx plan --forced-command' tells how to renew it":
    "应答的是 fleetdx {0} 的脚本，而本机是 {1}：能读多少读多少；'fleetdx plan --forced-command' 说明如何更新脚本",
  'checks of your own were not made ({0}): the script on the host does not know them':
    '自定义检查没有执行（{0}）：主机上的脚本不认识它们',
  'not checked: the run ended before': '未检查：运行在此之前已结束',

  // path/answer
  '{0} of {1} failed: {2}': '{1} 次中有 {0} 次失败：{2}',
  refused: '连接被拒绝',
  'connect-timeout': '连接超时',
  'response-timeout': '应答超时',
  reset: '连接被重置',
  empty: '空应答',
  'not-http': '不是 HTTP',
  tls: 'TLS 失败',
  dns: '域名无法解析',
  denied: '没有权限',
  other: '其他',
  '{0} after {1} ms': '{0}，耗时 {1} ms',
  'all {0}: {1}': '{0} 次全部：{1}',
  '{0}; {1} to {2} ms, half within {3} ms': '{0}；{1} 至 {2} ms，半数在 {3} ms 以内',

  // path/edges
  'not running': '没有运行',
  'no {0}': '没有 {0}',
  '{0}, pid {1}': '{0}，pid {1}',
  running: '运行中',
  '{0} process': '{0} 进程',
  'firewall :{0}': '防火墙 :{0}',
  'answers from here': '从这里能得到应答',
  'nothing listens on {0}:{1}': '{0}:{1} 没有监听',
  'the rules could not be seen': '看不到规则',
  'open to {0}': '只对 {0} 开放',
  'packets dropped': '报文被丢弃',
  'connections rejected': '连接被拒绝',
  open: '开放',
  'not all rules could be seen': '看不到全部规则',
  '{0} (sets no {1})': '{0}（未设置 {1}）',
  'every server is marked down': '所有 server 都标记为 down',
  '{0} refuses this configuration': '{0} 拒绝此配置',
  listening: '正在监听',
  'accepts connections': '接受连接',
  'does not answer': '没有应答',
  'nothing listens': '没有监听',
  'no such socket': '没有该 socket',
  'not asked': '未查询',
  'no listener on port {0}': '端口 {0} 没有监听',
  'runs as {0}': '以 {0} 身份运行',
  'is not {0}': '不是 {0}',
  'may not be {0}': '可能不是 {0}',
  alive: '存活',
  process: '进程',
  'its owner could not be seen': '看不到其属主',
  'could not be seen': '看不到',
  'no pm2 daemon': '没有 pm2 守护进程',
  'pm2 of {0} could not be asked': '无法查询 {0} 的 pm2',
  'not in the pm2 list': '不在 pm2 列表中',
  '{0}: {1}, {2} restarts': '{0}：{1}，重启 {2} 次',
  '{0}, but never spawned': '{0}，但未曾拉起',
  starting: '启动中',
  looping: '反复重启',
  failed: '失败',
  stopped: '已停止',
  there: '存在',
  build: '构建',
  'may not be read': '没有读取权限',
  'may not be entered': '没有进入权限',
  'no .next folder': '没有 .next 目录',
  'no BUILD_ID': '没有 BUILD_ID',
  answer: '应答',

  // path/gateways
  'responsefieldsize=32768, after the address in ProxyPass': 'responsefieldsize=32768，写在 ProxyPass 的地址之后',
  'tune.bufsize 32768, in global': 'tune.bufsize 32768，写在 global 中',

  // path/pm2-state
  '{0} (id {1}) is {2}': '{0}（id {1}）状态 {2}',
  '{0} is {1}': '{0} 状态 {1}',
  'no pid': '没有 pid',

  // time-limit
  'the run was stopped': '运行被停止',
  'the {0} s for one round on the host were over (--timeout-command)':
    '主机上一轮收集的 {0} 秒时限已到（--timeout-command）',
  'the {0} s for one host were over (--timeout-host)': '单台主机的 {0} 秒时限已到（--timeout-host）',
  'the {0} s for the whole run were over (--timeout-run)': '整个运行的 {0} 秒时限已到（--timeout-run）',

  // timeline/file-events
  '{0} was built': '{0} 完成构建',
  'files came or went in the folder of {0}': '{0} 的目录中有文件增减',
  'package.json of {0} was changed': '{0} 的 package.json 有改动',
  'git took another commit of {0}': '{0} 的 git 切换到另一个提交',
  '{0} of {1} was changed': '{1} 的 {0} 有改动',

  // timeline/gateway-events
  '{0} started': '{0} 启动',
  '{0} was reloaded': '{0} 重新加载',
  '{0} failed ({1})': '{0} 失败（{1}）',
  '{0} was stopped': '{0} 被停止',
  '{0} was changed': '{0} 有改动',
  'connect refused': '连接被拒绝',
  'connect timed out': '连接超时',
  'connect unreachable': '连接不可达',
  'connect denied': '连接没有权限',
  'connect no socket': '没有 socket',
  'connect failed': '连接失败',
  'no response in time': '未及时应答',
  'closed before the response': '应答前连接被关闭',
  'response header too big': '响应头过大',
  'invalid response': '应答无效',
  'no live upstreams': '没有可用的 upstream',
  'no resolver': '没有 resolver',
  'name not resolved': '域名无法解析',
  'worker connections': 'worker 连接数用尽',
  'open files': '打开文件数用尽',
  disk: '磁盘问题',
  'health check failed': '健康检查失败',
  'no handler': '没有处理模块',
  limited: '被限流',
  'temp file': '临时文件问题',
  'worker crash': 'worker 崩溃',
  'the error log of {0}': '{0} 错误日志',

  // timeline/host-events
  'the host started': '主机启动',
  'the kernel killed {0} at its memory limit': '{0} 达到内存上限，被内核杀死',
  'the kernel killed {0} as memory ran out': '内存耗尽，内核杀死了 {0}',
  'no space left on device': '磁盘没有剩余空间',

  // timeline/pm2-events
  '{0} exited with code {1} ({2})': '{0} 退出，退出码 {1}（{2}）',
  '{0} exited with code {1}': '{0} 退出，退出码 {1}',
  'pm2 stops {0}': 'pm2 停止 {0}',
  'pm2 gives up {0}': 'pm2 放弃重启 {0}',
  'process {0} of pm2 exceeds its max_memory_restart': 'pm2 的进程 {0} 超过 max_memory_restart',
  '{0} changed, and pm2 watches it for {1}': '{0} 有改动，pm2 为 {1} 监视着它',
  'the pm2 daemon started': 'pm2 守护进程启动',
  'the pm2 daemon was stopped': 'pm2 守护进程被停止',

  // timeline/unit-events
  '{0} ended: {1} {2}': '{0} 结束：{1} {2}',
  'a process of {0} was killed for want of memory': '{0} 的一个进程因内存不足被杀死',
  'systemd gives up {0}': 'systemd 放弃重启 {0}',
  'systemd stops {0}': 'systemd 停止 {0}',
}
