import type { Catalog } from '../language.js'

export const diff: Catalog = {
  'two hosts are compared, and {0} are named': '需要两台主机才能比较，而给出的是 {0} 台',
  'name one host each: fleetdx diff web1 web2': '每个目标只写一台主机：fleetdx diff web1 web2',
  "'{0}' selects no host": "'{0}' 没有选中任何主机",
  "'{0}' selects {1} hosts: {2}": "'{0}' 选中了 {1} 台主机：{2}",
  'both are the same host, {0}': '两个目标是同一台主机：{0}',
  '{0} could not be looked at: {1}': '无法查看 {0}：{1}',
  'facts: {0} different, {1} the same': '事实：{0} 项不同，{1} 项相同',
  'apps on {0} alone: {1}': '仅 {0} 上有的应用：{1}',
  'the environment of {0}': '{0} 的环境变量',
  'not seen on both: {0}': '未能在两台主机上都看到：{0}',
  'environment of {0}: {1} different, {2} the same': '{0} 的环境变量：{1} 个不同，{2} 个相同',
  'on {0} alone: {1}': '仅 {0} 上有：{1}',
  'another value: {0}': '值不同：{0}',
  'whether the value is the same is not known: {0}': '值是否相同未知：{0}',
  "The gateway configuration was not kept: only 'fleetdx check --save' keeps it.":
    "网关配置没有保留：只有 'fleetdx check --save' 会保留它。",
  'files of the gateway configuration: {0} different, {1} the same': '网关配置文件：{0} 个不同，{1} 个相同',
  'alike but for secrets, which could not be compared: {0}': '除无法比较的敏感信息外均相同：{0}',
  '*** stands for a secret: two that stand side by side may differ': '*** 代表敏感信息：两边的 *** 仍可能不同',
  '{0} differs only in what is not shown, such as a secret': '{0} 只在未显示的内容（如敏感信息）上不同',
  '{0} could not be seen on both': '{0} 未能在两台主机上都看到',
  '{0} is on {1} alone': '{0} 仅在 {1} 上',
  'on {0} {1} is not enabled': '{0} 上的 {1} 未启用',
  '{0} differs in too much to show it': '{0} 差异过多，不再显示',
  'only the first 256 KiB of {0} were compared': '只比较了 {0} 的前 256 KiB',
}
