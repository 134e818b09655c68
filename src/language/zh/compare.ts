import type { Catalog } from '../language.js'

export const compare: Catalog = {
  gateway: '网关',
  'gateway configuration': '网关配置',
  apps: '应用',
  system: '系统',
  'time zone': '时区',
  processors: '处理器',
  memory: '内存',
  kernel: '内核',
  environment: '环境变量',
  port: '端口',
  'run by': '管理者',
  'exec mode': '执行模式',
  instances: '实例数',
  user: '用户',
  folder: '目录',
  command: '命令',
  'package manager': '包管理器',
  'build kind': '构建类型',
  host: '主机',
  most: '多数',
  HOSTS: '主机',
  MOST: '多数',
  none: '无',
  '{0} variables': '{0} 个变量',
  '{0} ({1} of {2})': '{0}（{1}/{2}）',
  'no majority: {0} values': '无多数：{0} 种值',
  '{0} hosts ({1})': '{0} 台主机（{1}）',
  'no room for {0} (--columns chooses)': '放不下：{0}（用 --columns 选择）',
  "there is no column '{0}'": "没有名为 '{0}' 的列",
  '{0} (the columns are {1})': '{0}（可用的列：{1}）',
  'left out, because nothing could be seen there: {0}': '已略去，因为看不到其中的任何信息：{0}',
  'there is no difference in what was asked for': '所查内容没有差异',
  'no host could be looked at': '没有一台主机可以查看',
  'this is too large for a run': '文件过大，不是一次运行的记录',
  'read it with that version or a later one': '请用该版本或更新的版本读取',
  'this run was recorded by a newer fleetdx': '这次运行由更新版本的 fleetdx 记录',
  'this run is damaged at {0}: {1}': '这次运行的记录在 {0} 处损坏：{1}',
  'stopping: printing what has arrived (Ctrl-C again to stop at once)':
    '正在停止：将输出已收到的结果（再按一次 Ctrl-C 立即停止）',
  Outliers: '异常主机',
  'cause unknown': '原因未知',
  'another value': '值不同',
  '{0}, others {1}': '{0}，其他为 {1}',
  '{0}, healthy {1}': '{0}，健康主机为 {1}',
  'lacks {0}': '缺少 {0}',
  'has {0} besides': '多出 {0}',
  ' and {0} more': '，另有 {0} 个',
  'the other {0}': '其他 {0} 台',
  'most of the {0}': ' {0} 台中的多数',
  'the other {0} of {1}': ' {1} 组的其他 {0} 台',
  'most of the {0} of {1}': ' {1} 组 {0} 台中的多数',
  '{0} differs from {1} in: {2}': '{0} 与{1}不同：{2}',
  '{0} differ from {1} in: {2}': '{0} 与{1}不同：{2}',
  '{0} on {1}': '{1} 上的 {0}',
  '{0}: {1} differ from the {2} healthy hosts in: {3}': '{0}：{1} 与 {2} 台健康主机不同：{3}',
  '{0}: {1} differ from {2} of the healthy hosts ({3}) in: {4}': '{0}：{1} 与 {2} 台健康主机（{3}）不同：{4}',
  '{0}: no majority in: {1}': '{0}：以下各项无多数：{1}',
  '{0} ({1})': '{0}（{1}）',
  '; ': '；',
  '{0} ({1} values)': '{0}（{1} 种值）',
  '{0} more': '另有 {0} 个',
  'and {0} more: fleetdx compare': '另有 {0} 条：fleetdx compare',
  'all hosts': '所有主机',
  'side by side: {0}': '并排对比：{0}',
  Hosts: '主机',
  'lay the facts of hosts side by side: versions, builds, settings; who differs is marked':
    '并排对比各主机的事实：版本、构建、设置；有差异的会标出',
  "a run of before: a folder of 'check --save', or what '--format json' printed":
    "以前的一次运行：'check --save' 的目录，或 '--format json' 的输出",
  'only these facts: node,build,env:DATABASE_URL,…': '只看这些事实：node,build,env:DATABASE_URL,…',
  'only the facts that are not the same everywhere': '只看不完全相同的事实',
  'a row a host, a column a fact': '每台主机一行，每个事实一列',
  'every fact, whatever the width': '显示所有事实，不限宽度',
  'never through $FLEETDX_PAGER, $PAGER or less': '不经过 $FLEETDX_PAGER、$PAGER 或 less',
  'how to print it': '输出格式',
  'It must be the ids of columns, with commas between them.': '必须是以逗号分隔的列 id。',
  "\nHosts that are the same in all that is shown share a column. MOST is what more than half of the hosts have on which it\nwas seen (three at least): = is that, ≠ another value, ? could not be seen. Of environment variables the names are known,\nand whether their values differ: # and a digest that is made anew for each run.\n\nExamples:\n  fleetdx compare web                          the group web\n  fleetdx compare web --only-differences       in what they are not the same\n  fleetdx compare --from monday web03 web04    as they were\n  fleetdx compare --columns node,next,build    these facts\n  fleetdx compare --columns 'env:*'            every environment variable\n\nExit codes:\n  0    compared, whatever came of it\n  2    a mistake in the command line, the inventory or a key, or a fault here": `
所示各项完全相同的主机共用一列。“多数”是看得到该项的主机（至少三台）中超过半数的值：= 即多数值，≠ 为其他值，? 表示无法看到。
环境变量只知道名称，以及值是否不同：# 加摘要，摘要每次运行都会重新生成。

示例：
  fleetdx compare web                          web 组
  fleetdx compare web --only-differences       只看它们的差异
  fleetdx compare --from monday web03 web04    当时的状态
  fleetdx compare --columns node,next,build    只看这些事实
  fleetdx compare --columns 'env:*'            所有环境变量

退出码：
  0    已对比，无论结果如何
  2    命令行、清单或密钥有误，或 fleetdx 自身出错`,
}
