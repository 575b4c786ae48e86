import { parseTime } from '../../domain/clock.ts'
import { type ApiError, invalidParameter, Problems } from '../errors.ts'

/** The parts of JSON Schema that describe queries. */
export interface ParameterSchema {
  readonly type?: string
  readonly title?: string
  readonly format?: string
  readonly enum?: readonly unknown[]
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly maxItems?: number
  readonly maxProperties?: number
  readonly default?: unknown
  readonly items?: ParameterSchema
  /** Instead of `items`: a list of just these values, in this order. */
  readonly prefixItems?: readonly ParameterSchema[]
  /** false: the values of a list are in one text, separated by commas. */
  readonly explode?: boolean
  /** The members of an object; each is a parameter of its own, such as `address[city]`. */
  readonly properties?: Readonly<Record<string, ParameterSchema>>
  readonly additionalProperties?: ParameterSchema
  /** A lower maximum unless `cursor` is given. */
  readonly 'x-maximum-without-cursor'?: number
  /** Parameters that cannot be given as well. */
  readonly 'x-instead-of'?: readonly string[]
}

export interface QuerySchema {
  readonly properties: Readonly<Record<string, ParameterSchema>>
  readonly required?: readonly string[]
  /** Parameters that require others. */
  readonly dependentRequired?: Readonly<Record<string, readonly string[]>>
}

export const isQuerySchema = (schema: unknown): schema is QuerySchema =>
  typeof schema === 'object' && schema !== null && 'properties' in schema

export type QueryResult = { readonly value: Record<string, unknown> } | { readonly error: ApiError }

const givenLengthMax = 100

/**
 * Reads a query by its schema, strictly: every unknown, repeated, missing or unacceptable parameter
 * is a problem of its own (PROTOCOL 3.5). Lists are read in every form that clients send (3.6).
 */
export const readQuery = (
  schema: QuerySchema,
  raw: Readonly<Record<string, unknown>>,
): QueryResult => queryReader(schema)(raw)

/** As `readQuery`, for a schema by which many queries are read. */
export function queryReader(
  schema: QuerySchema,
): (raw: Readonly<Record<string, unknown>>) => QueryResult {
  const defaults = Object.entries(schema.properties).flatMap(([name, parameter]) =>
    parameter.default === undefined ? [] : [[name, parameter.default] as const],
  )
  return (raw) => {
    const problems = new Problems()
    const texts = givenTexts(schema, raw)
    const value = readGiven(schema, texts, problems)
    for (const [name, preset] of defaults) if (!texts.has(name)) value[name] = preset
    for (const name of schema.required ?? []) {
      if (!texts.has(name)) problems.add(() => invalidParameter(name, 'is required'))
    }
    const error = problems.toError()
    return error ? { error } : { value }
  }
}

/** The values of the parameters that are given. */
function readGiven(
  schema: QuerySchema,
  texts: ReadonlyMap<string, string[]>,
  problems: Problems,
): Record<string, unknown> {
  const value: Record<string, unknown> = {}
  const objects = new Map<string, [member: string, value: unknown][]>()
  const report = (name: string, why: string) => {
    const values = given(texts.get(name) ?? [])
    problems.add(() => invalidParameter(cut(name), `${why}, given: ${values}`))
  }
  let isListed = false
  for (const [name, values] of texts) {
    const { parameter, parent, member } = findParameter(schema, name)
    if (!parameter) {
      const names = isListed ? '' : `; accepted here: ${parameterNames(schema)}`
      report(name, `is unknown${names}`)
      isListed = true
      continue
    }
    const lower = texts.has('cursor') ? undefined : parameter['x-maximum-without-cursor']
    const bounded = lower === undefined ? parameter : { ...parameter, maximum: lower }
    const read = readParameter(bounded, values)
    if ('why' in read) report(name, read.why)
    else if (parent === undefined) value[name] = read.value
    else addTo(objects, parent, [member, read.value])
    const lacking = schema.dependentRequired?.[name]?.filter((other) => !texts.has(other)) ?? []
    const replaced = parameter['x-instead-of']?.filter((other) => texts.has(other)) ?? []
    if (replaced.length > 0) report(name, `takes the place of ${replaced.join(' and ')}`)
    if (lacking.length > 0) report(name, `requires ${lacking.join(' and ')} as well`)
  }
  for (const [name, members] of objects) {
    const { maxProperties = Infinity } = schema.properties[name] ?? {}
    if (members.length <= maxProperties) value[name] = Object.fromEntries(members)
    else {
      const why = `may have at most ${maxProperties} members, given: ${members.length}`
      problems.add(() => invalidParameter(name, why))
    }
  }
  return value
}

function addTo<Value>(lists: Map<string, Value[]>, key: string, ...added: Value[]): void {
  const list = lists.get(key)
  if (list) list.push(...added)
  else lists.set(key, added)
}

function parameterNames({ properties }: QuerySchema): string {
  const names = Object.entries(properties).flatMap(([name, { type, properties: members = {} }]) => {
    if (type !== 'object') return [name]
    const known = Object.keys(members)
    return (known.length > 0 ? known : ['...']).map((member) => `${name}[${member}]`)
  })
  return names.join(', ') || 'none'
}

interface Found {
  readonly parameter: ParameterSchema | undefined
  /** The object parameter that it belongs to, and its name there. */
  readonly parent?: string
  readonly member: string
}

function findParameter({ properties }: QuerySchema, name: string): Found {
  const own = (of: Readonly<Record<string, ParameterSchema>> = {}, key = '') =>
    Object.hasOwn(of, key) ? of[key] : undefined
  if (!name.endsWith(']')) return { parameter: own(properties, name), member: '' }
  const [, parent = '', member = ''] = /^(\w+)\[(.+)\]$/s.exec(name) ?? []
  const object = own(properties, parent)
  if (object?.type !== 'object') return { parameter: own(properties, name), member }
  const parameter = own(object.properties, member) ?? object.additionalProperties
  return { parameter, parent, member }
}

/** The values of each given parameter; `ids[]` and `ids[0]` count as `ids` if that may be repeated. */
function givenTexts(schema: QuerySchema, raw: Readonly<Record<string, unknown>>) {
  const texts = new Map<string, string[]>()
  for (const [key, value] of Object.entries(raw)) {
    const base = key.endsWith(']') ? /^(\w+)\[\d*\]$/.exec(key)?.[1] : undefined
    const name = base && isRepeatable(schema.properties[base]) ? base : key
    const added = Array.isArray(value) ? value.map(String) : [String(value)]
    addTo(texts, name, ...added)
  }
  return texts
}

const isRepeatable = ({ type, explode }: ParameterSchema = {}): boolean =>
  type === 'array' && explode !== false

type Read = { readonly value: unknown } | { readonly why: string }

function readParameter(parameter: ParameterSchema, texts: readonly string[]): Read {
  if (isRepeatable(parameter)) return readList(parameter, bracketed(texts))
  if (parameter.type === 'object')
    return { why: 'must be given by its members, as in name[member]=value' }
  const [text, ...others] = texts
  if (text === undefined || others.length > 0) return { why: 'may be given only once' }
  const { type, prefixItems } = parameter
  if (prefixItems) return readNumbers(prefixItems, text.split(','))
  return type === 'array' ? readList(parameter, text.split(',')) : readValue(parameter, text)
}

/** `1,2`, `[1, 2]`, or one of the values of a repeated parameter. */
const bracketed = (texts: readonly string[]): string[] =>
  texts
    .flatMap((text) =>
      text
        .trim()
        .replace(/^\[(.*)\]$/s, '$1')
        .split(','),
    )
    .map((part) => part.trim())

function readList(
  { items = {}, maxItems = Infinity }: ParameterSchema,
  parts: readonly string[],
): Read {
  if (parts.length > maxItems) return { why: `must have at most ${maxItems} values` }
  return allOf(parts.map((part) => readValue(items, part)))
}

function readNumbers(schemas: readonly ParameterSchema[], parts: readonly string[]): Read {
  const names = schemas.map(({ title = 'number' }) => title)
  if (parts.length !== schemas.length) return { why: `must be ${names.join(',')}` }
  return allOf(schemas.map((schema, at) => readNumber(schema, parts[at] ?? '')))
}

function allOf(reads: readonly Read[]): Read {
  const bad = reads.find((read) => 'why' in read)
  return bad ?? { value: reads.flatMap((read) => ('value' in read ? [read.value] : [])) }
}

function readValue(parameter: ParameterSchema, text: string): Read {
  if (parameter.enum) {
    return parameter.enum.includes(text)
      ? { value: text }
      : { why: `must be one of: ${parameter.enum.join(', ')}` }
  }
  if (parameter.type === 'integer') return readInteger(parameter, text)
  if (parameter.type === 'boolean') {
    if (/^(true|false)$/i.test(text)) return { value: text.toLowerCase() === 'true' }
    return { why: 'must be true or false' }
  }
  const { minLength = 0, maxLength = Infinity, format } = parameter
  if (format === 'date-time' && parseTime(text) === undefined) {
    return { why: 'must be an ISO 8601 time in the years 0001 to 9999' }
  }
  return text.length >= minLength && text.length <= maxLength
    ? { value: text }
    : { why: `must be ${minLength} to ${maxLength} characters long` }
}

function readInteger(parameter: ParameterSchema, text: string): Read {
  const { minimum = 0, maximum = Number.MAX_SAFE_INTEGER } = parameter
  const number = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN
  if (number >= minimum && number <= maximum) return { value: number }
  return maximum === Number.MAX_SAFE_INTEGER
    ? { why: 'must be a positive integer' }
    : { why: `must be between ${minimum} and ${maximum}` }
}

/** NOTE: with an exponent too, in which links print small numbers. */
function readNumber({ title, minimum = 0, maximum = 0 }: ParameterSchema, text: string): Read {
  const isNumber = /^-?\d{1,20}(\.\d{1,20})?(e-\d{1,3})?$/.test(text)
  const number = isNumber ? Number(text) : Number.NaN
  if (number >= minimum && number <= maximum) return { value: number }
  return { why: `must have a ${title} between ${minimum} and ${maximum}` }
}

const given = (texts: readonly string[]): string => cut(texts.join(' and '))

const cut = (text: string): string =>
  text.length > givenLengthMax ? `${text.slice(0, givenLengthMax)}...` : text
