import type { Catalog } from '../language.js'

export const causesOthers: Catalog = {}
