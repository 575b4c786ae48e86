import { parseTime } from '../../domain/clock.ts'
import { fieldProblem, type FieldCode, Problems } from '../errors.ts'

/** The parts of JSON Schema that describe bodies. */
export interface AttributeSchema {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly AttributeSchema[]
  readonly properties?: Readonly<Record<string, AttributeSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: AttributeSchema | boolean
  readonly items?: AttributeSchema
  readonly format?: string
  readonly minimum?: number
  readonly exclusiveMinimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly pattern?: string
}

export interface BodyResult {
  /** The valid attributes; complete if there are no problems. */
  readonly value: Readonly<Record<string, unknown>>
  readonly problems: Problems
}

/** Reads the attributes of a body's `data` by their schema, and reports every problem. */
export function readBody(schema: AttributeSchema, data: object, resource: string): BodyResult {
  const problems = new Problems()
  const report: Report = (field, code, why) =>
    problems.add(() => fieldProblem(resource, field, code, why))
  return { value: readObject(schema, data, '', report), problems }
}

type Report = (field: string, code: FieldCode, why: string) => void

/** The result for a refused value; JSON itself has no undefined. */
const unread = undefined

function readObject(
  { properties = {}, required = [], additionalProperties }: AttributeSchema,
  given: object,
  pointer: string,
  report: Report,
): Record<string, unknown> {
  const value: Record<string, unknown> = {}
  const free = typeof additionalProperties === 'object' ? additionalProperties : undefined
  let known = `; known attributes: ${Object.keys(properties).join(', ')}`
  for (const [name, each] of Object.entries(given)) {
    const schema = Object.hasOwn(properties, name) ? properties[name] : free
    const field = `${pointer}/${escaped(name)}`
    if (free && schema === free && unprintable.test(name)) {
      report(field, 'incorrect_value', 'must have no control characters in its name')
      continue
    }
    if (!schema) {
      report(field, 'unknown', `is unknown${known}`)
      known = ''
      continue
    }
    const read = readValue(schema, each, field, report)
    if (read !== unread) value[name] = read
  }
  for (const name of required) {
    if (!Object.hasOwn(given, name)) report(`${pointer}/${name}`, 'missing', 'must be given')
  }
  return value
}

/** Escaped for a JSON pointer (RFC 6901), and cut to 100 characters. */
const escaped = (name: string): string =>
  /^\w{1,100}$/.test(name) ? name : name.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1')

function readValue(
  schema: AttributeSchema,
  given: unknown,
  field: string,
  report: Report,
): unknown {
  const variant = schema.anyOf?.find(({ type }) => type !== 'null') ?? schema
  if (given === null) {
    if (schema.anyOf?.some(({ type }) => type === 'null')) return null
    report(field, 'blank', 'must not be null')
    return unread
  }
  if (variant.enum) return readWord(variant.enum, given, field, report)
  switch (variant.type) {
    case 'string':
      return readText(variant, given, field, report)
    case 'integer':
    case 'number':
      return readNumber(variant, given, field, report)
    case 'boolean':
      if (typeof given === 'boolean') return given
      break
    case 'object':
      if (isPlainObject(given)) return readObject(variant, given, field, report)
      break
    case 'array':
      if (Array.isArray(given)) return readList(variant, given, field, report)
      break
    default:
      return readAny(given, field, report)
  }
  report(field, 'invalid_type', `must be of type ${variant.type}, given: ${printed(given)}`)
  return unread
}

export const isPlainObject = (given: unknown): given is object =>
  typeof given === 'object' && given !== null && !Array.isArray(given)

function readWord(words: readonly unknown[], given: unknown, field: string, report: Report) {
  if (words.includes(given)) return given
  const isOfType = words.some((word) => typeof word === typeof given)
  const code = isOfType ? 'incorrect_value' : 'invalid_type'
  report(field, code, `must be one of: ${words.join(', ')}; given: ${printed(given)}`)
  return unread
}

/** Control characters other than tab and line ends, and unpaired surrogates. */
// oxlint-disable-next-line no-control-regex
const unprintable = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]|\p{Surrogate}/u

function readText(schema: AttributeSchema, given: unknown, field: string, report: Report) {
  const { minLength = 0, maxLength = Infinity, format, pattern } = schema
  if (typeof given !== 'string') {
    report(field, 'invalid_type', `must be a string, given: ${printed(given)}`)
  } else if (given.trim() === '' && minLength > 0) {
    report(field, 'blank', 'must not be empty')
  } else if (given.length < minLength) {
    report(field, 'incorrect_value', `must be at least ${minLength} characters long`)
  } else if (isLonger(given, maxLength)) {
    report(field, 'incorrect_value', `must be at most ${maxLength} characters long`)
  } else if (unprintable.test(given)) {
    report(field, 'incorrect_value', 'must not contain control characters')
  } else if (format === 'date-time' && parseTime(given) === undefined) {
    const why = 'must be an ISO 8601 time in the years 0001 to 9999, given:'
    report(field, 'incorrect_value', `${why} ${printed(given)}`)
  } else if (pattern !== undefined && !new RegExp(pattern, 'u').test(given)) {
    report(field, 'incorrect_value', `must match ${pattern}, given: ${printed(given)}`)
  } else {
    return given
  }
  return unread
}

/** Whether the text has more characters, which JSON Schema counts by code points. */
const isLonger = (text: string, max: number): boolean => text.length > max && [...text].length > max

function readNumber(schema: AttributeSchema, given: unknown, field: string, report: Report) {
  const { minimum = -Infinity, exclusiveMinimum = -Infinity, maximum = Infinity } = schema
  const isInteger = schema.type === 'integer'
  if (typeof given !== 'number' || (isInteger && !Number.isInteger(given))) {
    const kind = isInteger ? 'a whole number' : 'a number'
    report(field, 'invalid_type', `must be ${kind}, given: ${printed(given)}`)
  } else if (given < minimum || given <= exclusiveMinimum || given > maximum) {
    const least = Number.isFinite(minimum) ? `at least ${minimum}` : `more than ${exclusiveMinimum}`
    const most = Number.isFinite(maximum) ? ` and at most ${maximum}` : ''
    report(field, 'incorrect_value', `must be ${least}${most}, given: ${given}`)
  } else {
    return given
  }
  return unread
}

function readList(
  { items = {}, minItems = 0, maxItems = Infinity }: AttributeSchema,
  given: readonly unknown[],
  field: string,
  report: Report,
) {
  if (given.length > maxItems) {
    report(field, 'incorrect_value', `must have at most ${maxItems} entries`)
    return unread
  }
  if (given.length < minItems) {
    report(field, 'blank', 'must not be empty')
    return unread
  }
  let isWhole = true
  const reportEntry: Report = (...problem) => {
    isWhole = false
    report(...problem)
  }
  const entries = given.map((each, at) => readValue(items, each, `${field}/${at}`, reportEntry))
  return isWhole ? entries : unread
}

/** A value of any type, whose texts can be stored. */
function readAny(given: unknown, field: string, report: Report): unknown {
  if (isStorable(given)) return given
  report(field, 'incorrect_value', 'must not contain control characters')
  return unread
}

function isStorable(given: unknown): boolean {
  if (typeof given === 'string') return !unprintable.test(given)
  if (typeof given !== 'object' || given === null) return true
  return Object.entries(given).every(([name, each]) => !unprintable.test(name) && isStorable(each))
}

const printed = (given: unknown): string => JSON.stringify(given)?.slice(0, 100) ?? 'nothing'
