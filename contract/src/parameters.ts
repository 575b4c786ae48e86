import Type from 'typebox'

import {
  cursorLengthMax,
  idMax,
  idsMax,
  pageMax,
  perPageByCursorMax,
  perPageDefault,
  perPageMax,
  positionLengthMax,
  textFilterMax,
} from './limits.ts'

export const Id = Type.Integer({ minimum: 1, maximum: idMax })
/** ISO 8601 with Z or an offset. */
export const Time = Type.String({ format: 'date-time', maxLength: 40 })
export const Text = Type.String({ minLength: 1, maxLength: textFilterMax })

/** Accepts `1,2`, `[1, 2]`, `ids[]=1`, `ids[0]=1` and repeated `ids=1` (PROTOCOL 3.6). */
export const Ids = Type.Array(Id, { minItems: 1, maxItems: idsMax })

/** `1,2`: a visit may have any of the values, of which one alone is usual. */
export const severalOf = <Value extends Type.TSchema>(value: Value, maxItems: number) =>
  Type.Array(value, { minItems: 1, maxItems, explode: false })

/** `1.5,2`: as many numbers as there are schemas, whose titles name them in errors. */
export const numbers = <Values extends readonly number[]>(
  prefixItems: readonly Type.TNumber[],
  description: string,
) =>
  Type.Unsafe<Values>({
    type: 'array',
    prefixItems,
    minItems: prefixItems.length,
    maxItems: prefixItems.length,
    explode: false,
    description,
  })

const bound = Type.Optional(Time)

/** `visited_at[gte]=2026-03-01T00:00:00Z`; all given bounds must hold. */
export const timeRange = Type.Object(
  { gte: bound, gt: bound, lte: bound, lt: bound },
  { style: 'deepObject' },
)

/** When rows were created, and when they changed last. */
export const timeRanges = {
  created_at: Type.Optional(timeRange),
  updated_at: Type.Optional(timeRange),
}

/** Filters by what another product calls an object, as it was imported (PROTOCOL 10.19). */
export const externalIdFilters = {
  external_id: Type.Optional(Text),
  source: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: textFilterMax,
      description: 'The product that `external_id` is from; default: any',
    }),
  ),
}

/** What other products call an object. */
export const ExternalIds = Type.Array(
  Type.Object({ source: Type.String(), external_id: Type.String() }),
  { description: 'By source; of imported tables' },
)

/** For reads that a replica may answer (PROTOCOL 5.9). */
export const minPosition = Type.Optional(
  Type.String({
    minLength: 1,
    maxLength: positionLengthMax,
    description:
      'The `meta.position` of a write, or a position of the stream. The answer reflects ' +
      'everything up to it',
  }),
)

/** `page` and `per_page`, which come first in the query of every list. */
export const pages = (perPage: number = perPageMax) => ({
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: pageMax, default: 1 })),
  per_page: Type.Optional(Type.Integer({ minimum: 1, maximum: perPage, default: perPageDefault })),
})

/** As `pages`, of lists that can be read by a cursor: by one, pages may be longer. */
export const pagesOrWalk = () => ({
  page: pages().page,
  per_page: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: perPageByCursorMax,
      default: perPageDefault,
      'x-maximum-without-cursor': perPageMax,
      description: `At most ${perPageMax} without \`cursor\``,
    }),
  ),
})

/** Parameters of lists that can be read by a cursor. */
export const walk = {
  cursor: Type.Optional(
    Type.String({
      maxLength: cursorLengthMax,
      'x-instead-of': ['page'],
      description:
        'Takes the place of `page` and has no last page: empty to begin, then `meta.next_cursor` ' +
        'until there is none',
    }),
  ),
  include_total: Type.Optional(
    Type.Boolean({ description: 'Adds `meta.total_count`, the number of all rows that match' }),
  ),
}

/** `<field>`, `<field>:asc` or `<field>:desc` for each of the fields. */
export const sortBy = <Field extends string>(fields: readonly Field[], byDefault: Field) =>
  Type.Optional(
    Type.Enum(
      fields.flatMap((field) => [field, `${field}:asc`, `${field}:desc`] as const),
      { description: `Default: \`${byDefault}\`` },
    ),
  )

export const nullable = <Schema extends Type.TSchema>(schema: Schema) =>
  Type.Union([schema, Type.Null()])
