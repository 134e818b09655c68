import type { Catalog } from '../language.js'

/** Reports for machines and chats, and where they are written. */
export const formats: Catalog = {
  '--output {0} names no file': '--output {0} 没有给出文件名',
  'the ending of {0} says no format': '从 {0} 的扩展名看不出格式',
  'name the format before the file, as in markdown:{0}: {1}': '在文件名前写明格式，例如 markdown:{0}；可用格式：{1}',
  'no SSH session': '没有建立 SSH 会话',
  '1 host': '1 台主机',
  '{0} hosts': '{0} 台主机',
  '{0} of them waived': '其中 {0} 台已豁免',
  '{0},… ({1} hosts)': '{0},…（共 {1} 台主机）',
  '{0}, waived': '{0}，已豁免',
  ' (risk: {0})': '（风险：{0}）',
  '{0} of {1} hosts {2}: {3}': '{1} 台主机中有 {0} 台{2}：{3}',
  '{0} more problems': '另有 {0} 个问题',
  'waived until {0} by {1}: {2}': '已豁免至 {0}（负责人 {1}）：{2}',
  '({0}, interrupted)': '（{0}，已中断）',
  Hosts: '主机',
  Status: '状态',
  Cause: '原因',
  '{0} more': '另有 {0} 个',
  '{0} more problems are left out: see another format': '另有 {0} 个问题未列出：请改用其他格式查看',
  'a report cannot be written here: this is a folder': '报告无法写入此处：这是一个目录',
  'a report cannot be written here: there is no folder {0}': '报告无法写入此处：目录 {0} 不存在',
  'a report cannot be written here: {0}': '报告无法写入此处：{0}',
  'standard output takes one report: {0} or {1}': '标准输出只能有一份报告：{0} 或 {1}',
  'the report could not be written: {0}': '报告未能写入：{0}',
}
