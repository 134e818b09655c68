import type { Catalog } from '../language.js'

export const cli: Catalog = {
  // the program
  'Find the cause of a 502 Bad Gateway on every server you own, over plain SSH, changing nothing.':
    '只凭 SSH，在你的每台服务器上找出 502 Bad Gateway 的原因；不改动任何东西。',
  'output the version number': '显示版本号',
  'display help for command': '显示命令的帮助',
  'of messages: English or Simplified Chinese (default: that of the locale)':
    '消息语言：英文或简体中文（默认随 locale）',
  [`
First steps:
  fleetdx demo                 see it work: needs no server
  fleetdx check user@host      look at one host
  fleetdx check                look at every host of ./inventory.yaml
  fleetdx ping                 see whether they can be reached at all
  fleetdx check --help         all options, and the exit codes`]: `
从这里开始：
  fleetdx demo                 先看效果：不需要服务器
  fleetdx check user@host      检查一台主机
  fleetdx check                检查 ./inventory.yaml 里的全部主机
  fleetdx ping                 先看主机能不能连上
  fleetdx check --help         全部选项和退出码`,

  // what commander says
  'Usage:': '用法:',
  'Arguments:': '参数：',
  'Options:': '选项：',
  'Commands:': '命令：',
  '{0} (choices: {1})': '{0}（可选：{1}）',
  '{0} (default: {1})': '{0}（默认：{1}）',
  '{0} (choices: {1}, default: {2})': '{0}（可选：{1}；默认：{2}）',
  'did you mean one of {0}?': '是不是想写其中之一：{0}？',
  'fleetdx --help lists the commands': '命令列表：fleetdx --help',
  'fleetdx COMMAND --help lists the options': '选项列表：fleetdx COMMAND --help',
  "unknown command '{0}'": "未知命令 '{0}'",
  "unknown option '{0}'": "未知选项 '{0}'",
  "missing required argument '{0}'": "缺少参数 '{0}'",
  "option '{0}' argument missing": "选项 '{0}' 缺少值",
  "option '{0}' argument '{1}' is invalid. {2}": "选项 '{0}' 的值 '{1}' 无效。{2}",
  "command-argument value '{0}' is invalid for argument '{1}'. {2}": "参数 '{1}' 的值 '{0}' 无效。{2}",
  "option '{0}' cannot be used with option '{1}'": "选项 '{0}' 不能与选项 '{1}' 同用",
  "too many arguments for '{0}'. Expected 1 argument but got {1}.": "'{0}' 的参数太多：应为 1 个，给了 {1} 个。",
  "too many arguments for '{0}'. Expected {1} arguments but got {2}.": "'{0}' 的参数太多：应为 {1} 个，给了 {2} 个。",
  'Allowed choices are {0}.': '可选：{0}。',
  'It must be {0}.': '应为：{0}。',
  'It must be a whole number from {0} to {1}.': '应为 {0} 到 {1} 的整数。',
  'It must be the number of a file descriptor that can be read: 0, 3, 4 …': '应为可读的文件描述符编号：0、3、4 …',
  "It must be the id of a column, or 'errors:desc'.": "应为列的 id，或写成 'errors:desc'。",

  // options of several commands
  "hosts, groups, 'web[01-20]', 'db*', env=prod, 'web:&eu:!old', user@host:port, or - for stdin":
    "主机、组、'web[01-20]'、'db*'、env=prod、'web:&eu:!old'、user@host:port，或用 - 读标准输入",
  'Which hosts:': '哪些主机：',
  "inventory: fleetdx's own, Ansible's (a file, folder or program), or a list of hosts (default: $FLEETDX_INVENTORY, ./inventory.yaml, ~/.config/fleetdx/)":
    '清单：fleetdx 自己的、Ansible 的（文件、目录或程序），或主机列表（默认：$FLEETDX_INVENTORY、./inventory.yaml、~/.config/fleetdx/）',
  "the hosts of ~/.ssh/config with such names, as 'web*'; may be repeated":
    "~/.ssh/config 中名称匹配的主机，如 'web*'；可重复",
  'only those that were not healthy in a run of before: its run.json': '只要上次运行中不健康的主机：给出它的 run.json',
  'check this machine, without SSH': '检查本机，不用 SSH',
  'checks of your own (default: the folder checks beside the inventory)': '自定义检查（默认：清单旁的 checks 目录）',
  'How they are reached, where the inventory and ~/.ssh/config do not say it:':
    '如何连接（清单和 ~/.ssh/config 没有写明时）：',
  'log in as this user': '登录用户',
  'private key file; may be repeated': '私钥文件；可重复',
  "through this host, or several with commas: names, user@host:port; or 'none'":
    "经此跳板机，多台用逗号隔开：名称或 user@host:port；或 'none'",
  "a file in place of ~/.ssh/config, or 'none'": "用来代替 ~/.ssh/config 的文件，或 'none'",
  'file of trusted host keys': '受信任主机密钥的文件',
  'an unknown host key is refused, stored, or trusted unseen': '遇到未知主机密钥：拒绝、记下，或不加核实就信任',
  "fleetdx's own SSH, or the system's ssh; auto: as each host needs it":
    'fleetdx 自己的 SSH，或系统自带的 ssh；auto：按各主机的需要',
  'when to use sudo or doas': '何时用 sudo 或 doas',
  'Deadlines, such as 5s or 2m:': '时限，如 5s 或 2m：',
  'from connecting to the SSH banner (10s)': '从连接到收到 SSH banner（10s）',
  'of logging in after that (as long)': '其后的登录（同上）',
  'of one round of collection (30s)': '一轮采集（30s）',
  'of everything on one host (60s)': '一台主机的全部工作（60s）',
  'of the whole run (10m)': '整次运行（10m）',
  'Passwords (never in an argument):': '密码（不写在参数里）：',
  'ask for the password, once for each user, when the first server wants it':
    '询问密码：首台服务器要时才问，每个用户一次',
  'read the password from this file descriptor, its first line': '从此文件描述符的首行读密码',
  'a command of this machine that prints the password': '在本机执行、输出密码的命令',
  'ask for the password of sudo, once for each user; empty: as for the login':
    '询问 sudo 密码，每个用户一次；留空表示与登录密码相同',
  'read the password of sudo from this file descriptor': '从此文件描述符读 sudo 密码',
  'a command of this machine that prints the password of sudo': '在本机执行、输出 sudo 密码的命令',
  'short for --format json': '即 --format json',
  'hosts worked on at once': '同时处理的主机数',
  'try a login on every host, even where others have refused it': '即使别的主机已拒绝同一登录，仍逐台尝试',
  'how often each HTTP request is made, 1 to 50': '每个 HTTP 请求发几次，1 到 50',

  // reports
  'What is reported:': '输出什么：',
  'what standard output gets': '标准输出的格式',
  'a report in a file besides, its format by its ending or before it, as in junit:FILE; may be repeated':
    '另存一份报告，格式看扩展名，或写在前面，如 junit:FILE；可重复',
  'How the report looks:': '报告的样式：',
  'show these columns of the table: host,verdict,pm2,port,…': '只显示表格的这些列：host,verdict,pm2,port,…',
  'sort by a column, with :desc the other way round; each host has its row': '按某列排序，加 :desc 倒序；每台主机一行',
  'a row for each host, however many there are': '不论多少台，每台主机一行',
  'every column, whatever the width': '不限宽度，显示所有列',
  'short for --format plain: one statement a line, in words, for screen readers and grep':
    '即 --format plain：一行一句，全用文字，给屏幕阅读器和 grep',
  'colour, even where it is no terminal': '不是终端也用颜色',
  'no colour': '不用颜色',

  // check
  'diagnose hosts: which broken link is the cause, and the exact remedy': '诊断主机：哪一环断了、原因是什么、怎么处理',
  'how often each HTTP request is made, 1 to 50: finds what fails now and then':
    '每个 HTTP 请求发几次，1 到 50：用来发现偶发故障',
  "keep what was gathered, for 'fleetdx replay'": "保存采集到的内容，供 'fleetdx replay' 使用",
  [`
Examples:
  fleetdx check                          every host of ./inventory.yaml
  fleetdx check web '!web03'             the group web, but not web03
  fleetdx check deploy@203.0.113.7       one host, no inventory
  fleetdx check --local                  this machine, no SSH
  fleetdx check --samples 20 web03       what fails now and then
  fleetdx check --save monday            keep it for: fleetdx replay monday
  fleetdx check --output report.html --output junit:results/fleet.xml
                                         the table, and two files besides
  fleetdx check --format ndjson          a line of JSON a host, as it is done
  fleetdx check --format nagios web03    a plugin of Nagios, with its codes

Exit codes:
  0    all hosts are healthy, or what is wrong is waived
  1    a host is degraded or broken
  2    a mistake in the command line, the inventory or a key, or a fault here
  3    nothing broken was seen, but a host is unreachable or unknown
  130  interrupted (Ctrl-C)
With --format nagios those of a plugin.
Every format, and the endings of files: fleetdx report --help`]: `
示例：
  fleetdx check                          ./inventory.yaml 里的全部主机
  fleetdx check web '!web03'             组 web，web03 除外
  fleetdx check deploy@203.0.113.7       一台主机，不用清单
  fleetdx check --local                  本机，不用 SSH
  fleetdx check --samples 20 web03       查偶发故障
  fleetdx check --save monday            保存下来，供 fleetdx replay monday
  fleetdx check --output report.html --output junit:results/fleet.xml
                                         打印表格，另存两个文件
  fleetdx check --format ndjson          每完成一台就输出一行 JSON
  fleetdx check --format nagios web03    作 Nagios 插件，退出码随之

退出码：
  0    所有主机健康，或问题都已豁免
  1    有主机降级或故障
  2    命令行、清单或密钥有误，或 fleetdx 自身出错
  3    没有发现故障，但有主机无法连接或状态未知
  130  被中断（Ctrl-C）
用 --format nagios 时为插件的退出码。全部格式和文件扩展名见 fleetdx report --help`,

  // diff
  'two hosts side by side: facts, environment, and the gateway configuration as a unified diff':
    '两台主机并排对比：事实、环境变量，以及网关配置的 unified diff',
  [`
Secrets in files are masked on the host. Of environment variables the names are told, and which values differ, never a
value: hosts make digests for that, with a key that is random and forgotten with the run.

Examples:
  fleetdx diff web01 web02                 as they are now
  fleetdx diff --local web02               this machine and another
  fleetdx diff --from monday web01 web02   as they were when 'check --save monday' saw them

Exit codes:
  0  nothing that was seen on both differs
  1  they differ
  2  a mistake in the command line, the inventory or a key, or a host that could not be looked at`]: `
文件里的敏感信息在主机上就已脱敏。环境变量只显示名称和哪些值不同，绝不显示值：由主机计算摘要来比较，
所用密钥随机生成，运行结束即丢弃。

示例：
  fleetdx diff web01 web02                 对比当前状态
  fleetdx diff --local web02               本机与另一台
  fleetdx diff --from monday web01 web02   对比 'check --save monday' 当时所见

退出码：
  0  两边都看到的内容没有差异
  1  有差异
  2  命令行、清单或密钥有误，或有主机看不到`,

  // hosts
  'show which hosts would be contacted, without contacting them': '显示会连接哪些主机，并不实际连接',
  'say where each setting comes from': '说明每项设置的来源',
  'a line for each host, whatever the width': '不限宽度，每台主机一行',
  [`
Examples:
  fleetdx hosts                          every host of ./inventory.yaml
  fleetdx hosts 'web:&eu:!old'           what a target means, before it is used
  fleetdx hosts -i ansible/hosts web     the group web of an inventory of Ansible
  fleetdx hosts --ssh-config 'web*'      hosts of ~/.ssh/config, no inventory
  fleetdx hosts --verbose web03          where each of its settings comes from`]: `
示例：
  fleetdx hosts                          ./inventory.yaml 里的全部主机
  fleetdx hosts 'web:&eu:!old'           先看看这个目标选中哪些主机
  fleetdx hosts -i ansible/hosts web     Ansible 清单里的组 web
  fleetdx hosts --ssh-config 'web*'      ~/.ssh/config 里的主机，不用清单
  fleetdx hosts --verbose web03          每项设置从哪里来`,

  // ping
  'reach hosts and log in, no more: how long each step takes, and where it fails':
    '只连接并登录主机：每一步用时多久，在哪一步失败',
  'every step, whatever the width': '不限宽度，显示每一步',
  [`
Examples:
  fleetdx ping                           every host of ./inventory.yaml
  fleetdx ping deploy@203.0.113.7        one host, no inventory
  fleetdx ping web --wide                every step of the way
  fleetdx ping --ask-pass web            with a password, typed here

Exit codes:
  0    all hosts were reached
  2    a mistake in the command line, the inventory or a key, or a fault here
  3    a host was not reached
  130  interrupted (Ctrl-C)`]: `
示例：
  fleetdx ping                           ./inventory.yaml 里的全部主机
  fleetdx ping deploy@203.0.113.7        一台主机，不用清单
  fleetdx ping web --wide                显示途中每一步
  fleetdx ping --ask-pass web            用密码登录，在此输入

退出码：
  0    所有主机都连上了
  2    命令行、清单或密钥有误，或 fleetdx 自身出错
  3    有主机没连上
  130  被中断（Ctrl-C）`,

  // plan
  'print, without connecting, the exact bytes that a check runs on each host, and the rights it needs there':
    '不连接，只打印检查会在各主机上执行的完整内容，以及所需的权限',
  "what 'check --save' kept of these hosts: round 2 is then printed, too":
    "'check --save' 为这些主机保存的内容：这样也能打印第 2 轮",
  'as for check, 1 to 50': '同 check，1 到 50',
  'print a SHA-256 a round in place of the bytes': '不打印内容，只打印每轮的 SHA-256',
  'print the hashes as JSON': '以 JSON 打印摘要',
  'print the narrowest lines of sudoers': '打印权限最小的 sudoers 配置行',
  'print the narrowest lines of doas.conf': '打印权限最小的 doas.conf 配置行',
  'print how to set up a key that can do nothing but a check; with --doas for a host without sudo':
    '打印如何配置一把只能做检查的密钥；没有 sudo 的主机加 --doas',
  'its public key, for --forced-command': '该密钥的公钥，配合 --forced-command',
  [`
Examples:
  fleetdx plan web1                    the script of round 1, to the byte
  fleetdx plan web1 --after monday     and that of round 2, as it follows from what web1 answered:
                                       fleetdx check web1 --save monday
  fleetdx plan --hash                  a line a host, to compare with what was agreed
  fleetdx plan --sudoers | visudo -cf -
  fleetdx plan --forced-command --key ~/.ssh/fleetdx-audit.pub
                                       one page: a key of its own, which runs one fixed script as root and
                                       nothing else; 'fleetdx check audit@host' then works with it
                                       (--user names another user than audit)`]: `
示例：
  fleetdx plan web1                    第 1 轮的脚本，一字不差
  fleetdx plan web1 --after monday     加上第 2 轮的脚本，它取决于 web1 先前的回答：
                                       fleetdx check web1 --save monday
  fleetdx plan --hash                  每台主机一行，用来与审定的版本核对
  fleetdx plan --sudoers | visudo -cf -
  fleetdx plan --forced-command --key ~/.ssh/fleetdx-audit.pub
                                       一页说明：专用密钥，只能以 root 执行一个固定脚本；
                                       之后即可 'fleetdx check audit@host'
                                       （--user 换用 audit 以外的用户）`,

  // replay
  "folders of 'check --save', files of one host, saved outputs of the script, or - for stdin; after them targets, as for check":
    "'check --save' 的目录、单台主机的文件、脚本输出的存档，或用 - 读标准输入；其后可写目标，同 check",
  'judge by the rules of today what was saved, without a network': '不用网络，按现在的规则重新判断已保存的内容',
  'the modules that took part in the check': '当时参与检查的模块',
  [`
Examples:
  fleetdx replay monday                  all hosts of: fleetdx check --save monday
  fleetdx replay monday web03            one of them
  fleetdx replay monday --output monday.html
  fleetdx replay seen.txt                what the script of 'fleetdx script' printed
  ssh web03 'sudo sh look.sh' | fleetdx replay -

The exit codes are those of check.`]: `
示例：
  fleetdx replay monday                  fleetdx check --save monday 的全部主机
  fleetdx replay monday web03            其中一台
  fleetdx replay monday --output monday.html
  fleetdx replay seen.txt                'fleetdx script' 的脚本输出的内容
  ssh web03 'sudo sh look.sh' | fleetdx replay -

退出码同 check。`,

  // report
  "what '--format json' printed, as it was judged then; or captures, judged by the rules of today":
    "'--format json' 的输出，沿用当时的判断；或保存的采集内容，按现在的规则判断",
  'turn a run of before into another format': '把以前的一次运行转成另一种格式',
  'the modules that took part in the check, for captures': '当时参与检查的模块，用于保存的采集内容',
  [`
Formats, and the endings of files that mean them:
  table       for a person at a terminal
  plain       .txt            for a screen reader and for grep: one statement a line
  json        .json           the record, by record.schema.json
  ndjson      .ndjson .jsonl  a line a host ({"kind":"host",…}), as soon as it is done with, and one for the
                              run ({"kind":"run",…}), by record-line.schema.json
  csv         .csv            a row a host, for spreadsheets; a text that would be a formula has a ' in front
  markdown    .md .markdown   for a pull request or a chat
  html        .html .htm      one file for the browser
  junit       .xml            for CI: a test case a host; broken and degraded fail
  prometheus  .prom           for node_exporter's textfile collector
  nagios                      a plugin's output; printed, it has a plugin's exit codes, too
  github                      annotations, printed in a step of GitHub Actions

Examples:
  fleetdx report run.json                                  the report of a run that was kept
  fleetdx report monday --output report.html --output json:run.json
  fleetdx report run.json --format markdown >>"$GITHUB_STEP_SUMMARY"
  fleetdx report run.json --output prometheus:/var/lib/prometheus/node-exporter/fleetdx.prom

The exit code is that of the check: 0 healthy, 1 degraded or broken, 3 unreachable or unknown; 2 for a mistake.
With nagios on standard output: 0 OK, 1 WARNING (degraded), 2 CRITICAL (broken), 3 UNKNOWN.`]: `
格式，以及对应的文件扩展名：
  table       终端上给人看
  plain       .txt            给屏幕阅读器和 grep：一行一句
  json        .json           完整记录，结构见 record.schema.json
  ndjson      .ndjson .jsonl  每完成一台主机一行（{"kind":"host",…}），最后一行是整次运行
                              （{"kind":"run",…}），结构见 record-line.schema.json
  csv         .csv            每台主机一行，给电子表格用；会被当成公式的文本前面加 '
  markdown    .md .markdown   贴到 pull request 或聊天里
  html        .html .htm      单个文件，用浏览器打开
  junit       .xml            给 CI：每台主机一个用例，故障和降级算失败
  prometheus  .prom           给 node_exporter 的 textfile collector
  nagios                      插件输出；打印到标准输出时退出码也按插件的来
  github                      在 GitHub Actions 的步骤里打印的标注

示例：
  fleetdx report run.json                                  保存下来的一次运行的报告
  fleetdx report monday --output report.html --output json:run.json
  fleetdx report run.json --format markdown >>"$GITHUB_STEP_SUMMARY"
  fleetdx report run.json --output prometheus:/var/lib/prometheus/node-exporter/fleetdx.prom

退出码同当时的检查：0 健康，1 降级或故障，3 无法连接或未知；2 表示用法有误。
标准输出为 nagios 时：0 OK，1 WARNING（降级），2 CRITICAL（故障），3 UNKNOWN。`,

  // script
  'print a script that gathers on a host which SSH cannot reach; replay reads its saved output':
    '打印一个脚本，在 SSH 连不上的主机上采集；其输出存下后由 replay 读取',
  'a saved output of that host: the script then asks for exactly what is there':
    '该主机先前的输出：脚本据此只查主机上确有的东西',
  'never try sudo': '不尝试 sudo',
  [`
Examples:
  fleetdx script >look.sh          then on the host: sudo sh look.sh >seen.txt
  fleetdx replay seen.txt          back here, with the file
  fleetdx script --after seen.txt  asks closer, if the verdict leaves something open
  fleetdx script | docker exec -i web sh -c 'fleetdx=$(cat); eval "$fleetdx"' |
    fleetdx replay -`]: `
示例：
  fleetdx script >look.sh          然后在主机上：sudo sh look.sh >seen.txt
  fleetdx replay seen.txt          把文件拿回来，在这里执行
  fleetdx script --after seen.txt  结论还有疑点时，查得更细
  fleetdx script | docker exec -i web sh -c 'fleetdx=$(cat); eval "$fleetdx"' |
    fleetdx replay -`,

  // causes, explain
  'list every cause that can be named': '列出所有能诊断的原因',
  [`
Examples:
  fleetdx causes                   every cause, by layer
  fleetdx causes | grep next       those about Next.js
  fleetdx causes --json | jq length`]: `
示例：
  fleetdx causes                   所有原因，按层次排列
  fleetdx causes | grep next       与 Next.js 有关的
  fleetdx causes --json | jq length`,
  'the id of a cause, as check and causes tell it': '原因的 id，见 check 和 causes 的输出',
  'tell one cause as a runbook does: how it is seen, what looks like it, how it is mended':
    '像运维手册那样讲解一个原因：有什么表现，什么与它相似，怎么修复',
  [`
Examples:
  fleetdx explain pm2-crash-loop           a cause that a check has named
  fleetdx explain gateway-down --json      for programs`]: `
示例：
  fleetdx explain pm2-crash-loop           检查时报出的某个原因
  fleetdx explain gateway-down --json      供程序读取`,

  // demo
  'check a small fleet of recorded broken hosts on this machine: no server needed':
    '在本机检查一小批录制下来的故障主机：不需要服务器',
  [`
Examples:
  fleetdx demo                          eight hosts, five of them broken
  fleetdx demo --all                    with a row for each
  fleetdx demo --output report.html     and a page for the browser`]: `
示例：
  fleetdx demo                          八台主机，五台故障
  fleetdx demo --all                    每台一行
  fleetdx demo --output report.html     另存一页，用浏览器打开`,

  // completion, man
  'print the completion of commands, options, hosts and groups for a shell':
    '打印 shell 补全脚本：命令、选项、主机和组',
  'the shell': '哪种 shell',
  [`Examples:
  bash   fleetdx completion bash >~/.local/share/bash-completion/completions/fleetdx
  zsh    fleetdx completion zsh >"\${fpath[1]}/_fleetdx"
  fish   fleetdx completion fish >~/.config/fish/completions/fleetdx.fish`]: `示例：
  bash   fleetdx completion bash >~/.local/share/bash-completion/completions/fleetdx
  zsh    fleetdx completion zsh >"\${fpath[1]}/_fleetdx"
  fish   fleetdx completion fish >~/.config/fish/completions/fleetdx.fish`,
  'print the manual page': '打印手册页',
  [`Examples:
  fleetdx man | man -l -
  fleetdx man >/usr/local/share/man/man1/fleetdx.1`]: `示例：
  fleetdx man | man -l -
  fleetdx man >/usr/local/share/man/man1/fleetdx.1`,
  '{0}.': '{0}。',
  NAME: '名称',
  'find the cause of a 502 Bad Gateway on every server you own': '在你的每台服务器上找出 502 Bad Gateway 的原因',
  SYNOPSIS: '概要',
  DESCRIPTION: '描述',
  COMMANDS: '命令',
  'GLOBAL OPTIONS': '全局选项',
  ENVIRONMENT: '环境变量',
  FILES: '文件',
  'the inventory, where -i names none': '没有用 -i 指定时的清单',
  'the language of messages; symbols beyond ASCII are used where the locale is UTF-8':
    '消息的语言；locale 为 UTF-8 时才用 ASCII 以外的符号',
  'whether colours are used': '是否使用颜色',
  'the width of what is printed where there is no terminal': '不在终端上时的输出宽度',
  'the SSH agent': 'SSH agent',
  'known problems that are accepted for a time; beside the inventory': '暂时接受的已知问题；放在清单旁',
  'checks of your own; beside the inventory': '自定义检查；放在清单旁',
  'as for ssh': '同 ssh',
}
