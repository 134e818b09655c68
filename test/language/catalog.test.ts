import { describe, expect, it } from 'vitest'
import { parts, zh } from '../../src/language/zh/index.js'
import { findEarlyMessages, findMessages } from './messages.js'

const messages = findMessages()

describe('the Chinese catalogue', () => {
  it('has every message of the program', () => {
    const missing = messages.filter(({ key }) => zh[key] === undefined)
    expect(missing.map(({ key, place }) => `${place}: ${key}`)).toEqual([])
  })

  it('has no message that the program has not', () => {
    const known = new Set(messages.map(({ key }) => key))
    expect(Object.keys(zh).filter((key) => !known.has(key))).toEqual([])
  })

  it('keeps the values of every message', () => {
    const placeholders = (text: string) => (text.match(/\{\d+\}/g) ?? []).toSorted()
    const different = Object.entries(zh).filter(
      ([key, text]) =>
        JSON.stringify([...new Set(placeholders(key))]) !== JSON.stringify([...new Set(placeholders(text))]),
    )
    expect(different).toEqual([])
  })

  it('says the same thing the same way in all parts', () => {
    const all = Object.values(parts).flatMap((part) => Object.entries(part))
    expect(all.filter(([key, text]) => zh[key] !== text)).toEqual([])
  })
})

describe('a message', () => {
  it('is made when it is needed, not while a module is loaded', () => {
    expect(findEarlyMessages()).toEqual([])
  })
})
