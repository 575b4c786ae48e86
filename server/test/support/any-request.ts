import { operations } from '@doorstep/contract/api'
import type { Operation } from '@doorstep/contract/operations'
import fc from 'fast-check'

import type { AttributeSchema } from '../../src/http/request/body.ts'
import { anyPairs, anyText, escaped, fittingPairs, type Pairs, unescaped } from './any-query.ts'
import { people } from './sell-items.ts'

/** A request that a client may send, sensible or not. */
export interface AnyRequest {
  readonly method: string
  /** With the query, as it goes over the wire. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** Each character is one byte. */
  readonly body: string | undefined
  readonly sender: (typeof senders)[number]
}

export const senders = ['admin', 'manager', 'rep', 'stranger', 'otherAdmin', 'nobody'] as const

const nested = (depth: number): unknown => {
  let value: unknown = 'deep'
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { x: value }
  return value
}

/** What no schema expects, or only some do. */
const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown[]>(
    null,
    [null],
    {},
    [],
    [[]],
    [{}],
    { id: null },
    true,
    '',
    0,
    -1,
    1.5,
    1e308,
    2 ** 53,
    '\0',
    '\ud800',
    '\u202e',
    'x'.repeat(2_000),
    '9'.repeat(400),
    '__proto__',
    '0001-01-01',
    '9999-12-31T23:59:59Z',
    '+275760-09-13T00:00:00Z',
    '2026-02-30T00:00:00+25:00',
    nested(19),
    nested(200),
    Array.from({ length: 300 }, () => null),
  ),
  fc.jsonValue(),
  anyText,
)

/** Values that fit a schema, in which now and then a part does not. */
function anyValue(schema: AttributeSchema): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 12, arbitrary: fittingValue(schema) },
    { weight: 1, arbitrary: oddValue },
  )
}

const plainText = fc.oneof(
  { weight: 5, arbitrary: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 20 }) },
  { weight: 2, arbitrary: fc.emailAddress() },
  anyText,
)
const ids = fc.constantFrom(1, 2, 3, 33, people.rep, people.manager, 999_999, 2_000_000_050)
const times = fc.constantFrom('2026-11-02T09:15:00Z', '2026-11-02T09:15:00.5+0100', 'tomorrow')

function fittingValue(schema: AttributeSchema): fc.Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties, minimum = -100 } = schema
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(anyValue))
  switch (schema.type) {
    case 'string':
      return schema.format === 'date-time' ? times : plainText
    case 'integer':
      return fc.oneof(ids, fc.integer({ min: minimum, max: schema.maximum ?? 1_000 }))
    case 'number':
      return fc.double({ min: minimum, max: schema.maximum ?? 1_000, noNaN: true })
    case 'boolean':
      return fc.boolean()
    case 'array':
      return fc.array(anyValue(schema.items ?? {}), { maxLength: 3 })
    case 'object':
      if (typeof additionalProperties === 'object') {
        return fc.dictionary(plainText, fc.jsonValue(), { maxKeys: 3 })
      }
      return anyObject(properties, required)
    default:
      return schema.type === 'null' ? fc.constant(null) : fc.jsonValue()
  }
}

function anyObject(
  properties: Readonly<Record<string, AttributeSchema>>,
  required: readonly string[],
): fc.Arbitrary<object> {
  const members = Object.entries(properties).map(([name, schema]) => [name, anyValue(schema)])
  return fc.record<Record<string, unknown>>(Object.fromEntries(members), {
    requiredKeys: [...required],
  })
}

const oddBody = fc.constantFrom(
  '',
  'null',
  '[]',
  '{}',
  '{"data":null}',
  '{"data":[]}',
  '{"data":{}}',
  '{"data":',
  '\0',
  '\uFEFF{"data":{}}',
  '{"data":{"__proto__":{"x":1}}}',
  '{"data":{"constructor":1}}',
  `{"data":{"name":"${'x'.repeat(70_000)}"}}`,
  `{"data":${'['.repeat(40_000)}`,
  '{"data":{"sites":[null]}}',
  '{"data":{"tags":[[],{},null]}}',
  'a=1&b=%ff',
  '<a/>',
)

const toBytes = (text: string): string => Buffer.from(text).toString('latin1')

const anyBody = ({ body, method }: Operation): fc.Arbitrary<string | undefined> => {
  if (!body)
    return method === 'GET' ? fc.constant(undefined) : fc.option(oddBody, { nil: undefined })
  // NOTE: typebox's schemas are JSON Schema, which its types do not say.
  const fitting = fittingValue(body as AttributeSchema).map((data) =>
    toBytes(JSON.stringify({ data })),
  )
  const bytes = fc
    .uint8Array({ maxLength: 40 })
    .map((given) => Buffer.from(given).toString('latin1'))
  return fc.oneof({ weight: 20, arbitrary: fitting }, oddBody, bytes)
}

const boundary = 'of-a-form'

const fileName = fc.oneof(
  fc.constantFrom(
    'visits.csv',
    'leads.csv.gz',
    'a.xlsx',
    'b.zip',
    'c.json',
    '..',
    '',
    'visits.tsv',
  ),
  fc.string({ unit: 'grapheme-ascii', maxLength: 20 }),
)

const fileContent = fc.oneof(
  fc.constantFrom(
    'visited_at,creator,lead_id\n2026-05-01,rep@acme.example,1\n',
    'id,first_name\n1,"Ann\n2,Bo\n',
    '\xff\xfea\0,\0b\0',
    '\x1f\x8b\x08\0',
    'PK\x03\x04',
    'sep=;\n',
    '',
    '"'.repeat(5_000),
  ),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
)

/** A form with options and files, of which now and then a part is odd. */
function anyForm(schema: AttributeSchema): fc.Arbitrary<string> {
  const options = fc.oneof(
    { weight: 3, arbitrary: fittingValue(schema).map((given) => JSON.stringify(given)) },
    oddBody,
    fc.constantFrom('{}', '{"kind":"lead","dry_run":true}', '{"kind":"visit","header_row":2}'),
  )
  const field = fc.record({
    name: fc.constantFrom('options', 'options', 'options', 'file', 'photo', '__proto__'),
    content: options.map(toBytes),
  })
  const file = fc.record({
    name: fc.constantFrom('file', 'file', 'file', 'options', 'photo'),
    fileName,
    content: fileContent,
  })
  const parts = fc.tuple(field, fc.array(file, { maxLength: 3 }), fc.array(field, { maxLength: 1 }))
  const end = fc.constantFrom(`--${boundary}--\r\n`, `--${boundary}--\r\n`, '', '--')
  return fc.tuple(parts, end).map(([[first, files, others], ending]) => {
    const printed = [first, ...files, ...others].map((part) => {
      const named = 'fileName' in part ? `; filename="${toBytes(String(part.fileName))}"` : ''
      const head = `Content-Disposition: form-data; name="${part.name}"${named}`
      return `--${boundary}\r\n${head}\r\n\r\n${part.content}\r\n`
    })
    return printed.join('') + ending
  })
}

const segment = fc.oneof(
  { weight: 5, arbitrary: ids.map(String) },
  { weight: 2, arbitrary: fc.constantFrom('2026-11-02', '2026-02-30', '0000-01-01', '9999-12-31') },
  fc.constantFrom('0', '-1', '1e3', 'self', '%ff', '%00', '%zz', '%2e%2e', '..', '%E0%A4%A', '%2f'),
  fc.constantFrom('99999999999999999999', 'x'.repeat(500), '1;2', "1'--", '%F0%9F%9A%AA'),
)

const otherPaths = fc.constantFrom(
  '/',
  '/docs',
  '/docs/',
  '/docs/json',
  '/docs/yaml',
  '/openapi.json',
  '/healthz',
  '/readyz',
  '/docs/static/%2e%2e/x',
  '/docs/static/..%2f..%2fpackage.json',
  '/docs/static/%00',
  '/docs/static/swagger-ui.css',
  '/%ff',
  '/v2',
  '/v2/',
  '/v2/%ff',
  '/v3/%ff',
  '//v2/visits',
  '/v2//visits',
  '/v2/visits/1/2/3',
  '/oauth2/authorize',
  '/oauth2/token',
  '/oauth2/revoke',
  '/oauth2/token/info',
  '/oauth2/%ff',
)

const typical = { 'Content-Type': 'application/json' }

const anyHeaders: fc.Arbitrary<Record<string, string>> = fc.oneof(
  { weight: 10, arbitrary: fc.constant(typical) },
  fc.constantFrom<Record<string, string>[]>(
    { ...typical, Accept: 'text/html,application/xhtml+xml' },
    { ...typical, Accept: '*/*;q=0' },
    { ...typical, 'Content-Encoding': 'gzip' },
    { ...typical, 'Idempotency-Key': 'key-1' },
    { ...typical, 'Idempotency-Key': 'x'.repeat(200) },
    { ...typical, 'If-None-Match': '"1-0-0-5", *' },
    { ...typical, 'If-None-Match': '*', 'Accept-Encoding': 'br, gzip;q=x, *;q=0' },
    { ...typical, 'If-Match': '*', 'Accept-Encoding': 'gzip' },
    { ...typical, 'If-Match': 'W/"x", "y' },
    { ...typical, 'X-Forwarded-Prefix': '/../<', 'X-Forwarded-Port': '99999' },
    { ...typical, 'X-Forwarded-Host': '"><', 'X-Forwarded-Proto': 'javascript' },
    { ...typical, Cookie: 'doorstep_session=%ff; doorstep_consent=a.b; ;=;' },
    { ...typical, Authorization: 'Basic %%%' },
    { ...typical, Range: 'bytes=99999999-' },
    { 'Content-Type': 'application/json; charset=utf-16' },
    { 'Content-Type': 'application/x-www-form-urlencoded' },
    { 'Content-Type': 'multipart/form-data' },
    { 'Content-Type': ';;;' },
    {},
  ),
)

const formHeaders: fc.Arbitrary<Record<string, string>> = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.constant({ 'Content-Type': `multipart/form-data; boundary=${boundary}` }),
  },
  fc.constantFrom<Record<string, string>[]>(
    { 'Content-Type': 'multipart/form-data; boundary=another' },
    { 'Content-Type': 'multipart/form-data' },
    typical,
    {},
  ),
)

/** Without waits, since no answer should take long. */
const anyQuery = (operation: Operation): fc.Arbitrary<string> => {
  const pairs = fc.oneof(
    { weight: 4, arbitrary: fc.constant<Pairs>([]) },
    { weight: 2, arbitrary: fittingPairs(operation) },
    anyPairs(operation),
  )
  return fc.tuple(pairs, fc.boolean()).map(([given, isEscaped]) => {
    const others = given.filter(([name]) => name !== 'wait')
    const query = isEscaped ? escaped(others) : unescaped(others)
    return query === '' ? '' : `?${wirable(query)}`
  })
}

/** Escapes what Node's client sends in no path. */
const wirable = (text: string): string =>
  text.replaceAll(/[^\x21-\x7e]|#/gu, (character) =>
    [...Buffer.from(character)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  )

function anyRequestOf(operation: Operation): fc.Arbitrary<AnyRequest> {
  const path = fc.oneof(
    {
      weight: 30,
      arbitrary: segment.map((part): string => operation.path.replace(/:\w+/, part)),
    },
    { weight: 1, arbitrary: otherPaths },
  )
  return fc
    .record({
      method: fc.oneof(
        { weight: 30, arbitrary: fc.constant<string>(operation.method) },
        { weight: 1, arbitrary: fc.constantFrom('GET', 'HEAD', 'POST', 'PATCH', 'OPTIONS') },
      ),
      path,
      query: anyQuery(operation),
      headers: operation.form ? formHeaders : anyHeaders,
      // NOTE: as with bodies.
      body: operation.form ? anyForm(operation.form as AttributeSchema) : anyBody(operation),
      sender: fc.oneof(
        { weight: 6, arbitrary: fc.constant(senders[0]) },
        fc.constantFrom(...senders),
      ),
    })
    .map(({ path: before, query, ...rest }) => ({ ...rest, path: before + query }))
}

export const anyRequest: fc.Arbitrary<AnyRequest> = fc.oneof(...operations.map(anyRequestOf))
