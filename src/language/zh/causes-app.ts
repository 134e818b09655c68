import type { Catalog } from '../language.js'

export const causesApp: Catalog = {}
