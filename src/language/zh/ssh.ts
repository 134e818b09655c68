import type { Catalog } from '../language.js'

/** Reaching hosts and logging in, and what becomes of the script there. */
export const ssh: Catalog = {
  // src/language/join-words.ts
  '{0} and {1}': '{0} 和 {1}',
  '{0}, or {1}': '{0}；或{1}',

  // src/ssh/connect-failure.ts: {0} is what was done, {0} of others the system's own words
  'its settings were read': '读取其设置',
  'its name was looked up': '解析其名称',
  'the TCP connection was opened': '建立 TCP 连接',
  'its SSH banner was awaited': '等待其 SSH banner 到达',
  'keys were exchanged': '交换密钥',
  'its host key was checked': '核对其主机密钥',
  'logging in': '登录',
  'a channel was opened': '打开通道',
  'has no address: its name is not known': '没有地址：名称无法解析',
  'has no address: the name server does not answer': '没有地址：DNS 服务器没有应答',
  'refused the connection: nothing listens there, or a firewall rejects it':
    '拒绝了连接：该端口无人监听，或防火墙拒绝（reject）了连接',
  'cannot be reached: no route to it, or a firewall rejects it':
    '无法连接：没有到它的路由，或防火墙拒绝（reject）了连接',
  'cannot be reached: this machine has no route to its network': '无法连接：本机没有到其网络的路由',
  'does not answer: it is down, or a firewall drops the packets': '没有应答：主机已宕机，或防火墙丢弃（drop）了报文',
  'closed the connection while {0}': '在{0}时关闭了连接',
  'closed the connection while {0}: {1}': '在{0}时关闭了连接：{1}',
  'it shuts this address out for a while (PerSourcePenalties): wait, and see its log for what it minded':
    '它暂时封禁了本机地址（PerSourcePenalties）：请稍后再试，并查看其日志了解原因',
  'it may be short of login slots (MaxStartups), or refuse this address':
    '可能是登录并发数已满（MaxStartups），或它拒绝本机地址',
  'took over {0} s (--timeout-{1}): given up while {2}': '耗时超过 {0} s（--timeout-{1}），在{2}时放弃',
  'accepted the connection and sent no SSH banner in {0} s (--timeout-{1})':
    '接受了连接，但 {0} s 内没有发出 SSH banner（--timeout-{1}）',
  'see whether that port is SSH': '请确认该端口是不是 SSH',
  'was given up while {0}': '在{0}时被放弃',
  'was given up after {0} s (--timeout-{1}) while {2}': '在{2}时因超过 {0} s（--timeout-{1}）被放弃',
  '{0} is not tried: {1}': '未尝试 {0}：{1}',
  'see which service has that port': '请查看该端口上是什么服务',
  'answers, but not with SSH: {0}': '有应答，但不是 SSH：{0}',
  'ended the connection while {0}: {1}': '在{0}时结束了连接：{1}',
  'has no address: {0}': '没有地址：{0}',
  'cannot be reached: {0}': '无法连接：{0}',
  'cut the connection while {0} ({1})': '在{0}时切断了连接（{1}）',
  'broke the SSH protocol while {0}: {1}': '在{0}时违反了 SSH 协议：{1}',
  "see 'ssh -vv' for what the server offers; the system's ssh may know it: --transport openssh":
    "用 'ssh -vv' 查看服务器提供的算法；系统自带的 ssh 可能支持：--transport openssh",
  'shares no {0} with this client': '与本客户端没有共同的 {0}',

  // src/ssh/jump-hosts.ts, src/ssh/ssh2/forward.ts, src/ssh/openssh/mux-channel.ts
  'jump host (closed): {0} was lost': '跳板机（closed）：与 {0} 的连接已断开',
  'jump host ({0}): {1}': '跳板机（{0}）：{1}',
  '{0} cannot be reached from jump host {1}: {2}': '从跳板机 {1} 无法连接 {0}：{2}',
  'allow it in the sshd_config of the jump host: AllowTcpForwarding yes, and PermitOpen':
    '在跳板机的 sshd_config 中放行：AllowTcpForwarding yes 以及 PermitOpen',
  'jump host {0} does not forward to {1}:{2}: {3}': '跳板机 {0} 不转发到 {1}:{2}：{3}',
  'it does not say why': '未说明原因',

  // src/ssh/breaker.ts, src/ssh/retry.ts, src/ssh/choose-transport.ts
  '{0} refused the login. Try the same login on the other hosts?':
    '{0} 拒绝了登录。要在其他主机上继续尝试同样的登录吗？',
  'not tried: the same login was refused by {0}': '未尝试：同样的登录已被 {0} 拒绝',
  'set that login right first, or try it on every host: --no-breaker':
    '请先修正登录方式；或在每台主机上都尝试：--no-breaker',
  '{0} (tried {1} times)': '{0}（已尝试 {1} 次）',
  '{0} (jump host {1})': '{0}（跳板机 {1}）',

  // src/ssh/proxy-refusal.ts, src/ssh/ssh2/proxy-command.ts
  'cannot be reached: the login to its gateway, by its ProxyCommand, did not succeed: {0}':
    '无法连接：经其 ProxyCommand 登录跳板机失败：{0}',
  'name the gateway with ProxyJump in place of ProxyCommand, and fleetdx logs in to it; or give it a key that needs no answer':
    '改用 ProxyJump 而不是 ProxyCommand 指定跳板机，由 fleetdx 登录；或为其配置无需应答的密钥',
  'its ProxyCommand ended with {0}': '其 ProxyCommand 已结束（{0}）',
  'its ProxyCommand ended with {0}: {1}': '其 ProxyCommand 已结束（{0}）：{1}',

  // the commands of a session
  'the command did not start: {0}': '命令未能启动：{0}',
  'the server did not run the command: {0}': '服务器没有执行命令：{0}',

  // src/ssh/auth/explain-login.ts, src/ssh/openssh/explain-refusal.ts
  password: '密码',
  'ssh_config says {0}': 'ssh_config 中写有 {0}',
  'not used: {0} ({1})': '未使用：{0}（{1}）',
  'name the right key with identityFile, and it is offered first': '用 identityFile 指定正确的密钥，它会最先提供',
  '{0} closed the connection while logging in': '{0} 在登录时关闭了连接',
  'its banner: {0}': '其登录 banner：{0}',
  'hung up after too many tries (MaxAuthTries); offered: {0}': '因尝试次数过多而断开（MaxAuthTries）；已提供：{0}',
  'took {0} and {1}': '接受了 {0}，但{1}',
  'asks for more': '还要求其他认证',
  'refused every key: {0}': '拒绝了所有密钥：{0}',
  'refused every key: {0}; {1}': '拒绝了所有密钥：{0}；并{1}',
  'refused the login: no key may be offered': '拒绝了登录：设置不允许提供密钥',
  'refused the login: there is no key to offer': '拒绝了登录：没有可提供的密钥',
  'refused the login: it takes no keys': '拒绝了登录：它不接受密钥',
  'it allows: nothing': '允许的认证方式：无',
  'it allows: {0}': '允许的认证方式：{0}',
  'wants a new password for {0}, which fleetdx does not give': '要求为 {0} 设置新密码，而 fleetdx 不代设密码',
  'refused the password for {0}': '拒绝了 {0} 的密码',
  'refused what was answered ({0})': '拒绝了所给的应答（{0}）',
  'the password for {0}': '{0} 的密码',
  '{0} from {1}': '{0}（来自 {1}）',
  'set a new one by hand: {0}': '请手动设置新密码：{0}',
  'run it on a terminal, where that can be answered': '请在终端中运行，以便应答',
  'see that the user and what was answered are right: {0}': '请确认用户和所给的应答正确：{0}',
  'give the password: --ask-pass': '提供密码：--ask-pass',
  'see what it asks for: {0}': '查看它要求什么：{0}',
  'use Kerberos: --transport openssh': '使用 Kerberos：--transport openssh',
  'leave out of ssh_config: {0}': '从 ssh_config 中去掉 {0}',
  'allow public keys on that server: PubkeyAuthentication yes': '在该服务器上允许公钥认证：PubkeyAuthentication yes',
  'ssh-keygen -t ed25519, then {0}': '先 ssh-keygen -t ed25519，再 {0}',
  'see that the user is right, then {0}': '确认用户正确，然后 {0}',
  'the server takes it, but it gave no signature': '服务器接受它，但它没有给出签名',
  'the server takes it, but it gave no signature: it is encrypted, and there is no terminal to ask for its passphrase':
    '服务器接受它，但它没有给出签名：密钥已加密，而没有终端可询问口令',
  'no private key of this certificate is among the identity files or in the agent':
    '身份文件和 agent 中都没有该证书对应的私钥',
  '{0} certificate': '{0} 证书',

  // src/ssh/auth/answer-prompts.ts
  'wants a new password, which fleetdx does not give (it asks {0})':
    '要求设置新密码，而 fleetdx 不代设密码（服务器询问 {0}）',
  'asks {0}, and there is no terminal to answer at': '询问 {0}，而没有终端可供应答',
  'asks {0}, and nobody answered': '询问 {0}，无人应答',

  // src/ssh/auth/passwords.ts, src/ssh/auth/password-command.ts
  'the password for {0} was refused by {1}': '{0} 的密码已被 {1} 拒绝',
  'the sudo password for {0} was refused by {1}': '{0} 的 sudo 密码已被 {1} 拒绝',
  'the password for {0} was not given': '没有给出 {0} 的密码',
  'the sudo password for {0} was not given': '没有给出 {0} 的 sudo 密码',
  "the command '{0}' for the password": "提供密码的命令 '{0}'",
  "the command '{0}' for the sudo password": "提供 sudo 密码的命令 '{0}'",
  'took over {0} s': '耗时超过 {0} s',
  'could not be started: {0}': '无法启动：{0}',
  'ended with {0}': '以 {0} 结束',
  'ended with {0}: {1}': '以 {0} 结束：{1}',
  'printed nothing': '没有任何输出',
  'run it by hand, and see what it says': '请手动运行，查看其输出',

  // src/ssh/auth/agent.ts
  'the agent at {0} does not list its keys': '{0} 处的 agent 不列出密钥',
  'the agent refused to sign: it is locked, nobody confirmed it, or the key is for other hosts only':
    'agent 拒绝签名：它已锁定、无人确认，或该密钥仅限其他主机使用',
  'the agent signs as {0}, and the server wants {1}': 'agent 以 {0} 签名，而服务器要求 {1}',
  'the agent at {0} did not answer in {1} s': '{0} 处的 agent 在 {1} s 内没有应答',
  'the agent at {0} says more than an agent does': '{0} 处的 agent 应答过长，不像是 agent',
  'the agent at {0} hung up': '{0} 处的 agent 断开了连接',
  '{0} may not be opened': '无权打开 {0}',
  'nothing answers at {0}': '{0} 无应答',

  // src/ssh/auth/credentials.ts, src/ssh/auth/key-ring.ts, src/ssh/auth/login-steps.ts
  'it holds no key, or is locked': '没有任何密钥，或已锁定',
  'the identity file cannot be used: {0}': '身份文件无法使用：{0}',
  'name a private key that OpenSSH made; ssh-keygen -p -f FILE rewrites an old one':
    '请指定 OpenSSH 生成的私钥；旧格式可用 ssh-keygen -p -f FILE 改写',
  "it is a certificate, which only the system's ssh can use": '它是证书，只有系统自带的 ssh 能使用',
  'it is a certificate that expired on {0}': '它是已于 {0} 过期的证书',
  'have the certificate renewed': '请更新该证书',
  "its {0} is a certificate, which only the system's ssh can use": '其中的 {0} 是证书，只有系统自带的 ssh 能使用',
  "its {0} is a FIDO key, which only the system's ssh can use": '其中的 {0} 是 FIDO 密钥，只有系统自带的 ssh 能使用',
  'its {0} is of a type that is not used': '其中的 {0} 是不使用的类型',
  'it stayed locked': '未能解锁',
  '{0} is a certificate': '{0} 是证书',
  'the agent holds a certificate for {0}': 'agent 中有 {0} 的证书',
  '{0} is a FIDO key': '{0} 是 FIDO 密钥',
  'the agent holds a certificate, and there is no other key': 'agent 中只有证书，没有其他密钥',
  'the agent holds a FIDO key, and there is no other key': 'agent 中只有 FIDO 密钥，没有其他密钥',
  "let the system's ssh log in: --transport openssh": '改由系统自带的 ssh 登录：--transport openssh',
  'the server takes no {0} signature': '服务器不接受 {0} 签名',

  // src/ssh/auth/identity-file.ts, src/ssh/auth/key-file.ts, src/ssh/auth/private-key.ts
  'only its public half is here, and the agent does not hold it': '本机只有其公钥，而 agent 中没有它的私钥',
  "it is a FIDO key ({0}), which only the system's ssh can use": '它是 FIDO 密钥（{0}），只有系统自带的 ssh 能使用',
  'it is a DSA key, which SSH servers do not take any more': '它是 DSA 密钥，SSH 服务器已不再接受',
  'ssh-keygen -t ed25519 makes a new one': '可用 ssh-keygen -t ed25519 生成新密钥',
  'it is a private key that cannot be read here ({0})': '它是这里无法读取的私钥（{0}）',
  'it is encrypted, and there is no terminal to ask for its passphrase': '它已加密，而没有终端可询问口令',
  'its private half does not belong to {0}.pub': '其私钥与 {0}.pub 不匹配',
  'it is encrypted, and no passphrase was given': '它已加密，而没有给出口令',
  'it is encrypted in a way that is not read here ({0})': '其加密方式这里不支持（{0}）',
  'its passphrase was wrong {0} times': '口令已输错 {0} 次',
  'it is a public key, and the agent does not hold it': '它是公钥，而 agent 中没有对应的私钥',
  'it is a certificate, not a private key': '它是证书，不是私钥',
  'name the private key that it belongs to': '请指定与它对应的私钥',
  'it is empty': '文件为空',
  'it is not a private key that can be read here': '它不是这里能读取的私钥',
  'it does not exist': '文件不存在',
  'it cannot be read ({0})': '无法读取（{0}）',
  'see that it is yours to read': '请确认你有权读取它',
  'it may be read by others (its mode is {0}), and ssh ignores such a key':
    '其他用户也能读取它（权限为 {0}），ssh 会忽略这样的密钥',
  'name the file of a private key; ssh-keygen -t ed25519 makes one': '请指定私钥文件；可用 ssh-keygen -t ed25519 生成',
  'it is a folder': '它是目录',
  'it is too large for a key': '文件过大，不是密钥',
  'reading it was given up': '已放弃读取',
  'name a private key that OpenSSH made; ssh-keygen -t ed25519 makes one':
    '请指定 OpenSSH 生成的私钥；可用 ssh-keygen -t ed25519 生成',
  'it is a key of another or a very old SSH, which is not read here': '它是其他或很旧的 SSH 的密钥，这里不支持',
  'it is a PuTTY key ({0}, version {1}), which is not read here': '它是 PuTTY 密钥（{0}，版本 {1}），这里不支持',
  'it is not a key for SSH ({0})': '它不是 SSH 密钥（{0}）',
  'it is a key of the type {0}, which SSH servers do not take': '它是 {0} 类型的密钥，SSH 服务器不接受',

  // src/ssh/host-keys
  'shows the {0}, which is revoked in {1}': '出示了 {0}，该密钥已在 {1} 中吊销',
  'give the server a new host key, and find out who holds the old one': '为该服务器更换主机密钥，并查明旧密钥在谁手中',
  'shows the {0}, but another key of that type is known in {1}': '出示了 {0}，但 {1} 中记录的是另一个同类型密钥',
  'only if the server was set up anew: {0}': '仅当该服务器确已重装时执行：{0}',
  'shows the {0}, which is not known yet': '出示了 {0}，该密钥尚未被记录',
  'shows the {0}, which is not known yet ({1})': '出示了 {0}，该密钥尚未被记录（{1}）',
  'compare the fingerprint, then: {0} (ssh_config has no file for it: name that one with --known-hosts)':
    '核对指纹后执行：{0}（ssh_config 没有为它指定文件：请用 --known-hosts 指定该文件）',
  'compare the fingerprint, then: {0}': '核对指纹后执行：{0}',
  'a {0} key is known in {1}': '{1} 中记录有 {0} 密钥',
  'the certificate authority in {0} is not used: host certificates are not supported':
    '{0} 中的证书颁发机构（CA）未使用：不支持主机证书',
  'not read: {0}': '未读取：{0}',
  '{0} key {1}': '{0} 密钥 {1}',
  'shows a new host key, which cannot be stored: there is no file for it':
    '出示了新的主机密钥，但无法保存：没有可写入的文件',
  'shows a new host key, which cannot be stored in {0}: {1}': '出示了新的主机密钥，但无法保存到 {0}：{1}',
  'name a file that can be written to with --known-hosts': '请用 --known-hosts 指定可写的文件',

  // src/ssh/openssh
  'its host key is known by a certificate authority alone ({0})': '其主机密钥仅由证书颁发机构（CA）担保（{0}）',
  'see what this says: {0}': '请查看该命令的输出：{0}',
  "was not reached: the system's ssh ended without a word": '未能连接：系统自带的 ssh 没有任何输出就结束了',
  "was not reached: the system's ssh ended with {0}": '未能连接：系统自带的 ssh 结束时输出 {0}',
  "shares no {0} with the system's ssh": '与系统自带的 ssh 没有共同的 {0}',
  "shares no {0} with the system's ssh; it offers {1}": '与系统自带的 ssh 没有共同的 {0}；它提供 {1}',
  'allow one of them for this host in ~/.ssh/config: KexAlgorithms, Ciphers, MACs or HostKeyAlgorithms':
    '在 ~/.ssh/config 中为该主机放行其中之一：KexAlgorithms、Ciphers、MACs 或 HostKeyAlgorithms',
  'cannot be reached: its ProxyCommand ended': '无法连接：其 ProxyCommand 已结束',
  'cannot be reached: its ProxyCommand ended: {0}': '无法连接：其 ProxyCommand 已结束：{0}',
  'it ended without a word': '没有任何输出就结束了',
  '{0} (the certificate authority in {1} did not sign its certificate)': '{0}（其证书不是由 {1} 中的证书颁发机构签发）',
  '{0} (the certificate authority in {1} signed no certificate that it shows)':
    '{0}（它没有出示由 {1} 中的证书颁发机构签发的证书）',
  "shows a host key that the system's ssh refuses: {0}": '出示的主机密钥被系统自带的 ssh 拒绝：{0}',
  'shows a host certificate that is not good here: {0}': '出示的主机证书在此无效：{0}',
  'have its certificate signed anew for the name that it is reached by: ssh-keygen -s CA -h -n NAME':
    '请按连接所用的名称重新签发其证书：ssh-keygen -s CA -h -n NAME',
  "was not tried: the system's ssh does not take its configuration: {0}": '未尝试：系统自带的 ssh 不接受其配置：{0}',
  'set TMPDIR to a folder with a short path, such as /tmp': '将 TMPDIR 设为路径较短的目录，例如 /tmp',
  '"that of Windows has no ControlMaster"': 'Windows 的 ssh 没有 ControlMaster',
  'run fleetdx in WSL, or --transport ssh2': '在 WSL 中运行 fleetdx，或使用 --transport ssh2',
  '"no folder for its socket"': '没有存放其 socket 的目录',
  "was not tried: the system's ssh cannot share a connection: {0}": '未尝试：系统自带的 ssh 无法复用连接：{0}',
  "{0} is not tried: there is no program 'ssh' on the PATH": "未尝试 {0}：PATH 中没有 'ssh' 程序",
  "install OpenSSH's client (Debian: apt-get install openssh-client; RHEL: dnf install openssh-clients), or --transport ssh2":
    '安装 OpenSSH 客户端（Debian：apt-get install openssh-client；RHEL：dnf install openssh-clients），或使用 --transport ssh2',
  'a key': '密钥',

  // src/collect/collect.ts
  'the connection was lost': '连接中断',
  'it took too long': '耗时过长',
  'the host did not run the script': '主机没有执行脚本',
  'it was far too long': '输出过长',
  'no exit code': '没有退出码',
  'exit code {0}': '退出码 {0}',
  'the script did not run ({0})': '脚本没有运行（{0}）',
  'the script ended early ({0})': '脚本提前结束（{0}）',
  '{0}: {1}: {2}': '{0}：{1}：{2}',
  'no answer': '没有应答',
  'only 1 section came': '只收到 1 段输出',
  'only {0} sections came': '只收到 {0} 段输出',

  // src/collect/foreign-answer.ts
  'the host runs a command of its own for this login, and that was refused root':
    '主机对该登录执行自己的命令，而该命令未能取得 root 权限',
  "'fleetdx plan --forced-command' prints the line that it needs; another script has another digest (as root on the host, 'sudo -l -U {0}' shows what it may run)":
    "'fleetdx plan --forced-command' 会给出所需的那一行；脚本不同，摘要也不同（在主机上以 root 执行 'sudo -l -U {0}' 可查看允许运行的命令）",
  "'fleetdx plan --forced-command --doas' prints the line that it needs (as root on the host, 'grep -rw {0} /etc/doas.*' shows what it may run)":
    "'fleetdx plan --forced-command --doas' 会给出所需的那一行（在主机上以 root 执行 'grep -rw {0} /etc/doas.*' 可查看允许运行的命令）",
  "the account's login shell runs nothing": '该账户的登录 shell 不运行任何命令',
  "as root on the host, 'usermod --shell /bin/sh {0}' gives it one that does; or log in as another user":
    "在主机上以 root 执行 'usermod --shell /bin/sh {0}' 换成能运行命令的 shell；或改用其他用户登录",
  "the account's login shell is a restricted one": '该账户的登录 shell 是受限 shell',
  "as root on the host, 'usermod --shell /bin/sh {0}' gives it another; or log in as another user":
    "在主机上以 root 执行 'usermod --shell /bin/sh {0}' 更换 shell；或改用其他用户登录",
  "the account's login shell serves git alone": '该账户的登录 shell 只提供 git 服务',
  'log in as another user': '改用其他用户登录',
  'sshd lets this account use sftp alone': 'sshd 只允许该账户使用 sftp',
  'log in as another user; internal-sftp stands in ForceCommand of sshd_config, or in command= before the key':
    '改用其他用户登录；internal-sftp 写在 sshd_config 的 ForceCommand 中，或写在密钥前的 command= 中',
  'until then the host had said: {0}': '在此之前主机输出：{0}',
  'no answer: {0}: {1}': '没有应答：{0}：{1}',
  'no answer: the host ran something else in place of the script; it ended without an exit code, and said: {0}':
    '没有应答：主机执行的不是该脚本；它结束时没有退出码，输出：{0}',
  'no answer: the host ran something else in place of the script; it ended with exit code {0}, and said: {1}':
    '没有应答：主机执行的不是该脚本；它以退出码 {0} 结束，输出：{1}',
  "a command= before the key in authorized_keys, ForceCommand in sshd_config or the login shell decides what runs: let it be {0} or {1}, log in with another key or as another user, or have it run what 'fleetdx plan --forced-command' prints":
    "运行什么由 authorized_keys 中密钥前的 command=、sshd_config 中的 ForceCommand 或登录 shell 决定：请改为 {0} 或 {1}；也可改用其他密钥或其他用户登录，或让它运行 'fleetdx plan --forced-command' 给出的内容",
  'or a startup file of the shell does, such as ~/.bashrc: as its first line, {0} keeps it to terminals':
    '也可能由 shell 的启动文件（如 ~/.bashrc）决定：把 {0} 作为其第一行，即可使其仅在终端中生效',
}
