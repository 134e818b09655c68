import type { Catalog } from '../language.js'

export const causesPm2: Catalog = {}
