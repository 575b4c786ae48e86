import Type from 'typebox'

import { nullable } from './parameters.ts'

const Count = Type.Integer({ minimum: 0 })

const LeftOut = Type.Object({ line: Count, text: Type.String() })

export const LeftOutItems = Type.Object({ what: Type.String(), count: Count })

/** What only an import of files has. */
export const ImportedFiles = Type.Object({
  dry_run: Type.Boolean(),
  bytes: Count,
  bytes_read: Count,
  files: Type.Array(
    Type.Object({
      name: Type.String(),
      rejected: Count,
      header_row: nullable(Count),
      left_out: Type.Array(LeftOut, {
        description: 'Lines before the header, and totals behind the rows',
      }),
      columns_not_imported: Type.Array(
        Type.Object({
          header: Type.String(),
          cells: Type.Integer({ minimum: 0, description: 'With a value' }),
        }),
      ),
      items_not_imported: Type.Array(LeftOutItems, {
        description: 'Messages of connectors, and records of other streams',
      }),
    }),
  ),
  not_taken: Type.Array(Type.String(), { description: 'Files that hold nothing that is imported' }),
  unclear_names: Type.Array(
    Type.Object({
      name: Type.String(),
      problem: Type.String(),
      count: Count,
      ids: Type.Array(Type.Integer()),
    }),
    { description: 'Owners of leads and contacts that are not the name of one user' },
  ),
  created: Type.Object({ users: Type.Array(Type.String()), outcomes: Type.Array(Type.String()) }),
  first: Type.Array(Type.Object({ file: Type.String(), line: Count, item: Type.Unknown() }), {
    description: 'Of a dry run: the first items as they would be stored',
  }),
})
