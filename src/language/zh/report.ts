import type { Catalog } from '../language.js'

export const report: Catalog = {}
