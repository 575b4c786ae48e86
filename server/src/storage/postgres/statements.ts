import { createHash } from 'node:crypto'

import { namedValue } from '../bind.ts'
import type { Values } from '../database.ts'

const textsMax = 1000
/** Each connection stores a plan per name, which takes tens of kilobytes. */
const namesMax = 300

interface Translated {
  /** With `$1`, `$2` for `:name`. */
  readonly text: string
  /** The names of the values, by their number. */
  readonly parameters: readonly string[]
}

function translate(text: string): Translated {
  const parameters: string[] = []
  const translated = text.replaceAll(namedValue, (found, name: string | undefined) => {
    if (name === undefined) return found
    const known = parameters.indexOf(name)
    return `$${known < 0 ? parameters.push(name) : known + 1}`
  })
  return { text: translated, parameters }
}

const translations = new Map<string, Translated>()

/** The statement with numbered parameters, and its values in their order. */
export function numbered(text: string, values: Values): { text: string; values: unknown[] } {
  let known = translations.get(text)
  if (!known) {
    if (translations.size >= textsMax) translations.clear()
    known = translate(text)
    translations.set(text, known)
  }
  return { text: known.text, values: known.parameters.map((name) => storable(values[name])) }
}

/** The value as PostgreSQL can store it: without U+0000. */
export function storable(value: unknown): unknown {
  if (typeof value === 'string')
    return value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value
  if (value === null || typeof value === 'number') return value
  throw new Error(`a ${typeof value} cannot be stored`)
}

const names = new Map<string, string>()

/**
 * The name under which a connection prepares this text; undefined once there are too many. A page of a
 * walk is planned each time, with its values: a general plan from when few keys had changed reads for
 * seconds after an import has changed thousands.
 */
export function preparedName(text: string): string | undefined {
  if (text.includes('from former_keys')) return undefined
  const known = names.get(text)
  if (known !== undefined || names.size >= namesMax) return known
  const name = `d${createHash('sha256').update(text).digest('base64url').slice(0, 16)}`
  names.set(text, name)
  return name
}
