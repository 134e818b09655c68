import type { Catalog } from '../language.js'

export const waivers: Catalog = {
  'the file': '该文件',
  "there is no cause '{0}'": '没有名为 {0} 的原因',
  'these waivers cannot be read: {0}': '无法读取豁免文件：{0}',
}
