import type { Catalog } from '../language.js'

/** Clusters, common causes, and the hosts of a run of before. */
export const clusters: Catalog = {
  'unreachable: {0}': '无法连接：{0}',
  '{0} hosts fail to reach {1}: look there first': '{0} 台主机连不上 {1}：请先检查它',
  '{0} hosts cannot resolve {1}: look at that name, and at their name server, first':
    '{0} 台主机无法解析 {1}：请先检查该域名及这些主机所用的 DNS 服务器',
  '{0} hosts are behind {1}, which lets nothing through: look there first':
    '{0} 台主机位于 {1} 之后，而它无法通过：请先检查它',
  '{0} hosts were not tried, because {1} refused the same login: set it right first':
    '{0} 台主机未尝试登录，因为 {1} 拒绝了同样的登录：请先修正登录方式',
  '{0} hosts have the same certificate, {1}: renew it once, for all': '{0} 台主机使用同一张证书 {1}：续期一次即可',
  'none of the names of {0} hosts could be resolved here: look at the name server of this machine first':
    '{0} 台主机的名称在本机均无法解析：请先检查本机的 DNS 服务器',
  '{0} hosts broke within half an hour of the same change: {1} ({2}); see whether it was that':
    '{0} 台主机在同一变更后半小时内发生故障：{1}（{2}）；请确认是否由它引起',
  '{0} (this is host {1} of the run: {2})': '{0}（即本次运行中的主机 {1}：{2}）',
  'Common causes': '共同原因',
  'and {0} more: see --format json': '另有 {0} 项：见 --format json',
  '{0} hosts {1}': '{0} 台主机 {1}',
  '{0} hosts': '{0} 台主机',
  on: '主机',
  'e.g.': '示例',
  '{0}: what follows is of this host, and alike on the others': '{0}：以下内容取自该主机，其余主机与之类似',
  'the same on all {0} hosts:': '全部 {0} 台主机相同：',
  'of {0}; each of the others has its own, as by: fleetdx check {1}':
    '仅适用于 {0}；其余主机各不相同，可分别查看，例如：fleetdx check {1}',
  '{0}: {1} ({2})': '{0}：{1}（{2}）',
  'since {0} UTC': '自 {0} UTC 起',
  'since {0} UTC on the first, {1} on the last': '最早一台自 {0} UTC 起，最晚一台自 {1} 起',
  '{0} or before': '{0}或更早',
  '{0} ({1} of {2} hosts tell)': '{0}（{2} 台主机中有 {1} 台可知）',
  'name a file that fleetdx check --output run.json wrote': '请指定由 fleetdx check --output run.json 写出的文件',
  "this is no run, at '{0}': {1}": '这不是运行记录，位于 {0}：{1}',
  'the run of before cannot be read: {0}': '无法读取之前的运行记录：{0}',
  'this is a folder': '这是一个目录',
  'it is too large': '文件过大',
  'there is no such file': '文件不存在',
  'this is no JSON': '这不是 JSON',
  'no host that failed in this run is in the inventory now': '该次运行中未通过的主机均已不在当前清单中',
  'name their inventory with -i FILE': '请用 -i FILE 指定它们所在的清单',
  'no host that failed in this run is among the targets': '该次运行中未通过的主机均不在所选目标之内',
  'leave the targets out for all of them': '不写目标即选择全部',
  'no longer in the inventory, and left out: {0} and {1} more (of {2})':
    '已不在清单中，略过：{0} 等，另有 {1} 台（来自 {2}）',
  'no longer in the inventory, and left out: {0} (of {1})': '已不在清单中，略过：{0}（来自 {1}）',
  'all {0} hosts of {1} were healthy: there is nothing to do': '{1} 中的全部 {0} 台主机均健康：无需处理',
}
