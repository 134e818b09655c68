import type { Catalog } from '../language.js'

export const commands: Catalog = {
  // errors
  'a fault of fleetdx itself, please report it: {0}': 'fleetdx 自身出错，请反馈：{0}',
  'the result could not be written: {0}': '结果无法写出：{0}',
  'something cannot be used': '有内容不可用',
  '{0} (and {1} more)': '{0}（另有 {1} 处）',
  'the inventory cannot be used': '清单不可用',

  // questions
  'Passphrase for {0}:': '{0} 的口令：',
  'That was not it. Passphrase for {0}:': '口令不对。{0} 的口令：',
  'Password for {0} ({1} wants it):': '{0} 的密码（{1} 要求）：',
  'Sudo password for {0} ({1} wants it; empty: as for the login):':
    '{0} 的 sudo 密码（{1} 要求；留空表示与登录密码相同）：',
  '{0} asks:\n{1}': '{0} 询问：\n{1}',

  // passwords
  '{0} do not go together': '{0} 不能同时使用',
  'name one': '只留一个',
  '{0} asks on a terminal, and there is none': '{0} 要在终端上询问，而现在没有终端',
  'use {0} or {1}': '改用 {0} 或 {1}',
  '{0} {1}: nothing can be read there ({2})': '{0} {1}：那里读不出内容（{2}）',
  'open it: fleetdx … {0} {1} {2}<file': '把它打开：fleetdx … {0} {1} {2}<file',
  '{0} {1}: its first line is empty': '{0} {1}：首行是空的',
  'write the password there, as a line': '把密码写在那里，单独一行',

  // check, ping
  'accepted the {0} key {1} of {2}: it is now in {3}': '已接受 {2} 的 {0} 密钥 {1}，并写入 {3}',
  'stopping (Ctrl-C again to stop at once)': '正在停止（再按一次 Ctrl-C 立即停止）',
  'there is no way to this machine to measure': '到本机没有路程可测',
  'leave out --local': '去掉 --local',

  // demo
  'Demo: real hosts with real faults, recorded, and played back by SSH servers on this machine.\nFor a host of your own: fleetdx check user@host\n\n':
    '演示：真实主机的真实故障，录制下来，由本机的 SSH 服务回放。\n检查自己的主机：fleetdx check user@host\n\n',

  // explain
  "no cause has the id '{0}'": "没有 id 为 '{0}' 的原因",
  "'fleetdx causes' lists all": "全部原因见 'fleetdx causes'",
  "did you mean {0}? 'fleetdx causes' lists all": "是不是想写 {0}？全部原因见 'fleetdx causes'",

  // hosts, completion
  ADDRESS: '地址',
  USER: '用户',
  JUMP: '跳板机',
  GROUPS: '组',
  APPS: '应用',
  '{0} of {1}': '{0}，来自 {1}',
  '{0} of {1} ({2})': '{0}，来自 {1}（{2}）',
  'cannot be reached: {0}; {1}': '无法连接：{0}；{1}',
  default: '默认',
  'auto: openssh, for {0}': 'auto：openssh，因为 {0}',
  'auto: openssh, for {0} of {1}': 'auto：openssh，因为 {1} 的 {0}',
  'group of {0}': '组，共 {0} 台',

  // replay, script
  'standard input': '标准输入',
  "'-' stands alone: what standard input brings is not joined with files": "'-' 只能单独使用：标准输入不与文件合并",
  '1 capture, taken {0} UTC': '1 份采集，时间 {0} UTC',
  '{0} captures, taken {1} UTC': '{0} 份采集，时间 {1} UTC',
  '--after is about one host, and {0} are here': '--after 只针对一台主机，这里有 {0} 台',
  'name the file of one host that answered': '指定一台有回答的主机的文件',

  // captures
  'this is too large for a capture': '这么大，不会是采集文件',
  'there is no capture in this folder': '此目录里没有采集文件',
  'this was saved by a newer fleetdx': '这是更新版本的 fleetdx 保存的',
  'replay it with that version or a later one': '用那个版本或更新的版本回放',
  'replay it with the version that saved it': '用保存它的版本回放',
  'this was saved in an older form ({0}) that is no longer read': '这是旧格式（{0}）的文件，已不再支持',
  'this capture is damaged at {0}: {1}': '此采集文件在 {0} 处损坏：{1}',
  'there is nothing here': '这里什么也没有',
  'this cannot be read: {0}': '无法读取：{0}',
  "name what 'fleetdx check --save' wrote, or the saved output of the script that 'fleetdx script' prints":
    "指定 'fleetdx check --save' 写出的内容，或 'fleetdx script' 所打印脚本的输出存档",
  'this is no capture of fleetdx': '这不是 fleetdx 的采集文件',
  'the saved output is not whole: its end is missing': '存档的输出不完整：缺了结尾',
  'name a new folder, or an empty one: --save runs/2026-01-31': '指定新目录或空目录：--save runs/2026-01-31',
  'captures cannot be saved here: this folder already holds {0}': '采集内容不能存在这里：目录里已有 {0}',
  'captures cannot be saved here: {0}': '采集内容不能存在这里：{0}',
  'not all captures could be saved: {0}': '采集内容没有全部存下：{0}',
  'captures are there of {0}': '有采集内容的主机：{0}',
  'there is no host or group {0} among the captures': '采集内容里没有主机或组 {0}',

  // modules of checks
  'its code failed: {0}': '其代码出错：{0}',
  'its script could not be made: {0}': '无法生成其脚本：{0}',
  'this module has no default export': '此模块没有默认导出',
  'mend it, or take the file out of the folder (a name that starts with _ is passed over)':
    '改正它，或把文件移出目录（以 _ 开头的文件会被略过）',
  'this module cannot be loaded: {0}': '无法加载此模块：{0}',
  'export default defineProbe(…), defineCause(…), or a list of them; both come from fleetdx':
    '用 export default 导出 defineProbe(…)、defineCause(…) 或其列表；两者都来自 fleetdx',
  'its default export': '它的默认导出',
  'item {0} of its default export': '它的默认导出的第 {0} 项',
  '{0} is neither a probe nor a cause': '{0}既不是探针也不是原因',
  '{0} is in {1} too': '{0} 在 {1} 里也有',
  "probe '{0}'": "探针 '{0}'",
  "cause '{0}'": "原因 '{0}'",
  "must be lower-case words joined by '-'": "应为用 '-' 连接的小写单词",
  'must be a text': '应为文本',
  'must not be empty': '不能为空',
  'must be a function': '应为函数',
  'must be a whole number from 1 to {0}': '应为 1 到 {0} 的整数',
  'is the name of a built-in probe': '与内置探针重名',
  "must not start with 'check-', as the checks of an inventory do": "不能以 'check-' 开头，那是清单里的检查所用",
  'may hold built-in probes of the first round only, each under its own name': '只能含第一轮的内置探针，各用本名作键',
  'must be true or false: define it with defineProbe': '应为 true 或 false：请用 defineProbe 定义',
  'are missing: define it with defineProbe': '缺失：请用 defineProbe 定义',
  'is for built-in probes: define functions in the script': '只用于内置探针：函数请写在脚本里',
  'must be a schema of zod': '应为 zod 的 schema',
  'is the id of a built-in cause': '与内置原因的 id 相同',
  'must be one of {0}': '应为其中之一：{0}',
  'must be a list of ids': '应为 id 列表',

  // plan
  '--key is for --forced-command': '--key 要与 --forced-command 同用',
  'name both, or neither': '两个都写，或都不写',
  'name only hosts that answered, or the file of one: fleetdx plan {0} --after FILE':
    '只写有回答的主机，或某一台的文件：fleetdx plan {0} --after FILE',
  'no answer of {0} is here': '这里没有 {0} 的回答',
  '--forced-command is about a new key, for any host': '--forced-command 说的是一把新密钥，与具体主机无关',
  'leave out the targets': '去掉目标',
  'use small letters, digits, - and _, as useradd does': '用小写字母、数字、- 和 _，同 useradd',
  "'{0}' is no name for a new user": "'{0}' 不能作新用户的名称",
  'the public key cannot be read: {0}': '无法读取公钥：{0}',
  'this is a private key': '这是私钥',
  'name its public half: {0}.pub': '请指定公钥：{0}.pub',
  'this is not a public key of OpenSSH': '这不是 OpenSSH 公钥',
  'name the .pub file that ssh-keygen wrote': '指定 ssh-keygen 写出的 .pub 文件',
  "'root' is no new user": "'root' 不是新用户",
  'name one that no host has yet, such as --user audit': '指定主机上还没有的用户，如 --user audit',
  '{0} (as {1})': '{0}（用户 {1}）',
  '# {0}: nothing, since it cannot be reached: {1}': '# {0}：无，因为无法连接：{1}',
  '# {0}; sudo: {1}': '# {0}；sudo：{1}',
  [`#
# Round {0}. The login shell is given this command:
#   {1}
# and on standard input the {2} bytes between the next two lines with -----. It stays open until the round is
# done; where sudo wants a password, and there is one to give, that is all that follows. Each run makes new words in
# the place of {3} and of fx_key={4}. What the host receives can be
# compared:
#   {5} | sha256sum
#   {6}`]: `#
# 第 {0} 轮。登录 shell 执行这条命令：
#   {1}
# 标准输入收到下面两行 ----- 之间的 {2} 字节。标准输入在本轮结束前保持打开；
# 若 sudo 要密码而 fleetdx 有密码可给，其后只会再送密码。每次运行都会换掉
# {3} 和 fx_key={4}。
# 主机收到的内容可以这样核对：
#   {5} | sha256sum
#   {6}`,
  [`#
# Round 2 is written from what round 1 finds (folders, ports, logs), so its bytes cannot be known before. It asks for
# no more than your own checks and
#   {0}
# An answer gives it exactly:
#   fleetdx check {1} --save FOLDER && fleetdx plan {2} --after FOLDER`]: `#
# 第 2 轮取决于第 1 轮的发现（目录、端口、日志），所以事先无法知道其内容。除了你的自定义检查，它只查：
#   {0}
# 有了主机的回答就能得到确切内容：
#   fleetdx check {1} --save FOLDER && fleetdx plan {2} --after FOLDER`,
  '# Without NOPASSWD: where fleetdx gives the password (--ask-sudo-pass, sudoPasswordCommand).':
    '# 由 fleetdx 提供密码时（--ask-sudo-pass、sudoPasswordCommand）可以去掉 NOPASSWD。',
  '# {0}: root needs no line.': '# {0}：root 不需要配置。',
  '# {0}: sudo is never tried for {1}, so no line is needed.': '# {0}：用户 {1} 从不使用 sudo，不需要配置。',
  [`# {0}: what fleetdx runs as root for {1}, and nothing else. The line equals root all the same, for whoever
# holds {2}'s key: the script comes on standard input. A key that can do one fixed thing instead:
#   fleetdx plan --forced-command`]: `# {0}：只允许 fleetdx 以 root 执行的命令，用户 {1}。但脚本来自标准输入，
# 所以谁拿到 {2} 的密钥，谁就等于 root。想要只能做一件固定事情的密钥：
#   fleetdx plan --forced-command`,

  // plan --forced-command
  [`A key that can do one thing on a host: have the script of fleetdx {0} look at it as root, and print what it saw.
It chooses nothing: no arguments, no input, no terminal, no forwarding. What is printed are configuration and the last
lines of logs, so keep the key as you keep these. fleetdx changes nothing on a host: the steps are for you to type.`]: `一把在主机上只能做一件事的密钥：以 root 执行 fleetdx {0} 的脚本查看主机，并打印所见。
它没有任何选择：不带参数、不读输入、没有终端、不能转发。打印的是配置和日志的末尾，请像保管这些内容一样
保管密钥。fleetdx 不改动主机：以下步骤由你执行。`,
  '1. Here: a key of its own, and the script, which goes to the host.':
    '1. 在本机：生成专用密钥和脚本，把脚本传到主机。',
  '1. Here: the script, which goes to the host.': '1. 在本机：生成脚本，传到主机。',
  '2. On the host: the script, for nobody but root to change. Its SHA-256 is {0}':
    '2. 在主机上：安装脚本，只有 root 能改。其 SHA-256 为 {0}',
  [`3. A new user without a password, whose home is root's: so it cannot change what the key may do. The steps 3 to 5 are one
command: nothing runs after what fails, such as useradd where {0} is there already (--user names another). On Alpine,
which has no useradd, it begins with: {1} adduser -S -D -H -h {2} -s /bin/sh {3} &&`]: `3. 新建一个没有密码的用户，其主目录归 root 所有：这样它改不了密钥的权限。第 3 至 5 步是一条命令：
前面失败，后面就不执行，例如 {0} 已存在时 useradd 会失败（用 --user 换一个名称）。Alpine 没有 useradd，
开头换成：{1} adduser -S -D -H -h {2} -s /bin/sh {3} &&`,
  '4. What the key may do: run the script, whatever it asks for.': '4. 密钥的权限：无论请求什么，都只执行该脚本。',
  '{0} (--key FILE.pub writes your key in the place of AAAA…)': '{0}（用 --key FILE.pub 把 AAAA… 换成你的公钥）',
  '5. What the user may do as root: {0}': '5. 该用户能以 root 做的事：{0}',
  'run that file, with no arguments, and only as long as it is the same to the byte.':
    '执行该文件，不带参数，且文件内容须一字不差。',
  'run that file, with no arguments. doas knows no digests: its owner alone keeps it.':
    '执行该文件，不带参数。doas 不支持摘要：全靠文件属主来保证。',
  '6. Here: it is used like any other.': '6. 在本机：与其他主机一样使用。',
  'Where sshd_config has AllowUsers or AllowGroups, {0} must be among them. With SELinux, at last:':
    'sshd_config 若设了 AllowUsers 或 AllowGroups，须包含 {0}。有 SELinux 时，最后执行：',
  [`Where sudo wants a terminal (requiretty), this line before the other in step 5: Defaults:{0} !requiretty
Where sudo is sudo-rs, which knows no digests, without sha256:…: that nobody but root may change the file is then all.`]: `sudo 要求终端（requiretty）时，在第 5 步那一行之前加：Defaults:{0} !requiretty
sudo 为 sudo-rs 时不支持摘要，请去掉 sha256:…：这时只靠“仅 root 能改该文件”来保证。`,
  [`A later fleetdx has another script: repeat {0}. Until then the old one answers, and the report says so.
The script knows nothing of your inventory: checks of your own, samples and what it says of apps are not part of it.
To undo it, where step 3 made {1} (Alpine: deluser for userdel):`]: `fleetdx 升级后脚本会变：请重做{0}。在此之前由旧脚本回答，报告会注明。
脚本不知道你的清单：自定义检查、samples 和清单里的应用设置都不在其中。
要撤销（第 3 步新建了 {1} 时；Alpine 用 deluser 代替 userdel）：`,
  'the steps 1, 2 and 5': '第 1、2、5 步',
  'the steps 1 and 2': '第 1、2 步',
  'and take its line out of /etc/doas.conf.': '再从 /etc/doas.conf 里去掉它那一行。',
}
