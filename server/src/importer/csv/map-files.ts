import { readFileSync, writeFileSync } from 'node:fs'

import { isObject } from '../attributes.ts'
import { SourceError } from '../source-error.ts'
import type { HeaderMap } from './columns.ts'
import { attributesOf, isAttribute, type TableKind, tableKinds } from './table-attributes.ts'

/** Which columns of a kind of table go into which attributes. */
export interface TableMap {
  readonly kind: TableKind
  readonly map: HeaderMap
}

/** Writes `{"kind": "visit", "map": {"visited_at": ["Date", "Time"], ...}}`. */
export function writeMapFile(path: string, { kind, map }: TableMap): void {
  const text = JSON.stringify({ kind, map: Object.fromEntries(map) }, undefined, 2)
  writeFileSync(path, `${text}\n`)
}

/** Reads what `writeMapFile` wrote; a single header may stand without a list. Throws SourceError. */
export function readMapFile(path: string): TableMap {
  const refuse = (why: string): never => {
    throw new SourceError(`${path} is no map of columns: ${why}`)
  }
  const read = parse(path) ?? refuse('it is not JSON')
  const kind = tableKinds.find((known) => known === (isObject(read) ? read['kind'] : undefined))
  if (!kind) return refuse(`"kind" must be ${tableKinds.join(', ')}`)
  const given = isObject(read) ? read['map'] : undefined
  if (!isObject(given)) return refuse('"map" must be an object of attributes')
  const map = new Map<string, readonly string[]>()
  for (const [attribute, value] of Object.entries(given)) {
    const headers: unknown[] = Array.isArray(value) ? value : [value]
    const texts = headers.filter((header) => typeof header === 'string')
    if (!isAttribute(kind, attribute)) refuse(`a ${kind} has no attribute ${attribute}`)
    if (texts.length === 0 || texts.length < headers.length) refuse(`${attribute} needs a header`)
    map.set(attribute, texts)
  }
  return { kind, map }
}

function parse(path: string): unknown {
  const text = readFileSync(path, 'utf8')
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * Reads `visited_at=Date+Time,summary="Notes, internal"`. Answers a sentence for any other text. The
 * text ends a header that stands in quotes; a quote within it is doubled.
 */
export function readHeaderMap(text: string, kind: TableKind): HeaderMap | string {
  const map = new Map<string, readonly string[]>()
  const pairs = text.matchAll(/\s*([^=,"]+)=((?:"(?:[^"]|"")*"|[^",])*)(?:,|$)|(.+)/g)
  for (const [pair, attribute, headers, other] of pairs) {
    const name = attribute?.trim() ?? ''
    if (other !== undefined || headers === undefined || !isAttribute(kind, name)) {
      const known = attributesOf[kind].join(', ')
      return `--map takes attribute=Header for a ${kind}, with one of ${known}: ${pair}`
    }
    map.set(name, headersOf(headers))
  }
  return map
}

const headersOf = (text: string): string[] =>
  [...text.matchAll(/"((?:[^"]|"")*)"|[^+"]+/g)]
    .map(([plain, quoted]) => (quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"')))
    .filter((header) => header !== '')
