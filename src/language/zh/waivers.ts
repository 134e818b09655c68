import type { Catalog } from '../language.js'

export const waivers: Catalog = {
  'the file': '该文件',
  "there is no cause '{0}'": '没有名为 {0} 的原因',
  "'{0}' has a bracket without its other half": '{0} 的方括号不成对',
  'these waivers cannot be read: {0}': '无法读取豁免文件：{0}',
  "the id of a cause, as 'fleetdx causes' lists them, or unreachable, unknown, broken":
    "原因的 id（见 'fleetdx causes'），或 unreachable、unknown、broken",
  'a date such as 2027-01-31': '日期，如 2027-01-31',
  "a target such as web or 'web[01-20]', or a list of them": "目标，如 web 或 'web[01-20]'，或其列表",
  'a target': '目标',
  '{0}, or a list of them': '{0}，或其列表',
  'what the cause is about, such as the name of an app': '原因所指的对象，如应用名',
  'a reason': '理由',
  'who answers for it': '负责人',
  'a mapping with hosts, causes, reason, owner and until': '含 hosts、causes、reason、owner、until 的映射',
  'a list of waivers': '豁免列表',
  "a mapping with the key 'waivers'": "含键 'waivers' 的映射",
  'the waiver of {0} has expired: it held until {1} ({2}: {3})': '{0} 的豁免已过期：有效期至 {1}（{2}：{3}）',
  '{0} is waived until {1} ({2}: {3})': '{0} 已豁免至 {1}（{2}：{3}）',
  'Waiver: {0}': '豁免：{0}',
  '{0} of them waived': '其中 {0} 台已豁免',
  'waived: {0}': '已豁免：{0}',
  'known problems that are accepted (default: waivers.yaml beside the inventory)':
    '已知且接受的问题（默认：清单旁的 waivers.yaml）',
  'known problems that are accepted': '已知且接受的问题',
}
