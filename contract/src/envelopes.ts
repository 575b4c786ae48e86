import Type, { type TSchema } from 'typebox'

/** One object: `{data, meta: {type}}` (PROTOCOL 1.3). */
export const item = <Data extends TSchema, Name extends string>(data: Data, type: Name) =>
  Type.Object({ data, meta: Type.Object({ type: Type.Literal(type) }) })

export const Links = Type.Object({
  self: Type.String(),
  first_page: Type.Optional(Type.String()),
  prev_page: Type.Optional(Type.String()),
  next_page: Type.Optional(Type.String()),
})

/** A page of objects; `count` is the number of items on this page, `total_count` of all pages. */
export const collection = <Item extends TSchema>(of: Item) =>
  Type.Object({
    items: Type.Array(of),
    meta: Type.Object({
      type: Type.Literal('collection'),
      count: Type.Integer(),
      total_count: Type.Optional(Type.Integer({ description: 'With `include_total`' })),
      links: Links,
      next_cursor: Type.Optional(
        Type.String({ description: 'With `cursor`, unless the list has ended' }),
      ),
    }),
  })
