import Type from 'typebox'

import { item } from './envelopes.ts'
import { LeftOutItems } from './imported-files.ts'
import { Import } from './imports.ts'
import {
  headerLengthMax,
  headerRowMax,
  joinedColumnsMax,
  mappedAttributesMax,
  namedChoicesMax,
  optionLengthMax,
  timeFormatsMax,
} from './limits.ts'
import type { Operation } from './operations.ts'
import { Id, nullable } from './parameters.ts'

/** Products whose exports are recognised by their columns. */
export const presetNames = ['hubspot', 'pipedrive', 'salesforce'] as const
export const tableRowKinds = ['visit', 'lead', 'contact'] as const

const Count = Type.Integer({ minimum: 0 })
const Option = Type.String({ minLength: 1, maxLength: optionLengthMax })

/** By names as the file has them. */
const byName = <Choice extends string | number>(choice: object, description: string) =>
  Type.Optional(
    Type.Unsafe<Record<string, Choice>>({
      type: 'object',
      maxProperties: namedChoicesMax,
      additionalProperties: choice,
      description,
    }),
  )

/** The same as the options of `import csv`. */
export const TableOptions = Type.Object({
  kind: Type.Optional(
    Type.Enum([...tableRowKinds], { description: 'Default: what the name of each file says' }),
  ),
  map: Type.Optional(
    Type.Unsafe<Record<string, string[]>>({
      type: 'object',
      maxProperties: mappedAttributesMax,
      additionalProperties: {
        type: 'array',
        minItems: 1,
        maxItems: joinedColumnsMax,
        items: { type: 'string', minLength: 1, maxLength: headerLengthMax },
      },
      description: 'The headers of each attribute; the cells of several are joined',
    }),
  ),
  only_mapped: Type.Optional(
    Type.Boolean({ description: 'Columns that `map` does not name are left out' }),
  ),
  encoding: Type.Optional(Option),
  separator: Type.Optional(Type.String({ minLength: 0, maxLength: 3 })),
  header_row: Type.Optional(Type.Integer({ minimum: 1, maximum: headerRowMax })),
  sheet: Type.Optional(Option),
  time_zone: Type.Optional(Option),
  date_formats: Type.Optional(Type.Array(Option, { maxItems: timeFormatsMax })),
  excel_dates: Type.Optional(Type.Boolean()),
  unknown_user: Type.Optional(Type.Enum(['reject', 'inactive'])),
  unknown_outcome: Type.Optional(Type.Enum(['reject', 'create', 'none'])),
  users: byName<number>(
    { type: 'integer', minimum: 1 },
    'Who is meant by a name that is not the name of one user',
  ),
  outcomes: byName<number>({ type: 'integer', minimum: 1 }, 'The same of outcomes'),
  unknown_users: byName<'reject' | 'inactive'>(
    { type: 'string', enum: ['reject', 'inactive'] },
    'For some of these names, in place of `unknown_user`',
  ),
  unknown_outcomes: byName<'reject' | 'create' | 'none'>(
    { type: 'string', enum: ['reject', 'create', 'none'] },
    'The same of outcomes',
  ),
  source: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: optionLengthMax,
      description: 'The product whose ids `external_id` holds; default `files`',
    }),
  ),
  preset: Type.Optional(
    Type.Enum([...presetNames], {
      description:
        'The product that exported the files, in place of `kind`, `only_mapped` and `source`. A `map` ' +
        'beside it says instead what the columns become',
    }),
  ),
  dry_run: Type.Optional(Type.Boolean({ description: 'Says what would be done, stores nothing' })),
})

const UnknownName = Type.Object({ name: Type.String(), count: Count })

const TablePreview = Type.Object({
  name: Type.String(),
  size: Type.Integer({ minimum: 0, description: 'Bytes' }),
  problem: nullable(Type.String({ description: 'Why it cannot be read' })),
  option: nullable(
    Type.Enum(['encoding', 'map'], { description: 'The option that may help with `problem`' }),
  ),
  format: Type.Enum(['table', 'items'], {
    description: '`items`: of JSON. They have no columns, and `cells` of their rows are empty',
  }),
  kind: Type.Enum([...tableRowKinds]),
  preset: nullable(
    Type.Object(
      {
        name: Type.Enum([...presetNames]),
        product: Type.String(),
        table: Type.String({ description: 'As the product calls what it holds' }),
        is_used: Type.Boolean({ description: 'Whether the options name it' }),
      },
      { description: 'The product that exports such columns' },
    ),
  ),
  encoding: nullable(Type.String()),
  separator: nullable(Type.String()),
  sheets: Type.Array(Type.String()),
  header_row: Count,
  left_out: Type.Array(Type.Object({ line: Count, text: Type.String() })),
  columns: Type.Array(
    Type.Object({
      header: Type.String(),
      attribute: nullable(
        Type.String({ description: 'What it becomes: by `map`, or a guess without one' }),
      ),
      fills: nullable(
        Type.String({ description: 'By a preset, what it becomes where other columns are empty' }),
      ),
      samples: Type.Array(Type.String()),
      cells: Type.Integer({ minimum: 0, description: 'With a value, of the rows looked at' }),
    }),
  ),
  rows: Type.Array(
    Type.Object({
      line: Count,
      cells: Type.Array(Type.String()),
      item: nullable(
        Type.Record(Type.String(), Type.Unknown(), { description: 'As it would be stored' }),
      ),
      problem: nullable(
        Type.Object({
          attribute: Type.String(),
          column: nullable(Type.String()),
          reason: Type.String(),
          option: nullable(
            Type.Enum(['date_formats', 'excel_dates', 'unknown_user', 'unknown_outcome'], {
              description: 'The option that takes the row',
            }),
          ),
        }),
      ),
    }),
  ),
  looked_at: Count,
  items_not_imported: Type.Array(LeftOutItems),
  is_whole: Type.Boolean({ description: 'Whether the file has no more rows' }),
  unclear_times: nullable(
    Type.Object({
      example: Type.String(),
      day_first: Count,
      month_first: Count,
      either: Count,
      day_first_formats: Type.Array(Type.String()),
      month_first_formats: Type.Array(Type.String()),
    }),
  ),
  unknown_users: Type.Array(UnknownName),
  unknown_outcomes: Type.Array(UnknownName),
})

export type TablePreview = Type.Static<typeof TablePreview>
export type TableOptions = Type.Static<typeof TableOptions>

const FilePreview = Type.Object({
  files: Type.Array(TablePreview),
  attributes: Type.Object(
    {
      visit: Type.Array(Type.String()),
      lead: Type.Array(Type.String()),
      contact: Type.Array(Type.String()),
    },
    { description: 'What columns can become, besides `custom:NAME` of leads and contacts' },
  ),
})

export type FilePreview = Type.Static<typeof FilePreview>

const shared = {
  tag: 'Imports',
  resource: 'import',
  isForAdmins: true,
  scopes: ['profile', 'write'],
  query: Type.Object({}),
  form: TableOptions,
} as const

export const createFileImport = {
  ...shared,
  id: 'createFileImport',
  method: 'POST',
  path: '/v2/imports/files',
  summary: 'Import files of tables, or of JSON',
  description:
    'For admins. CSV and JSON, packed or not, and .xlsx. The import runs in the background: ' +
    '`GET /v2/imports/:id` follows it. One runs at a time for each account. The files are deleted ' +
    'when it ends; importing the same files again changes nothing.',
  answer: item(Import, 'import'),
} as const satisfies Operation

export const previewFileImport = {
  ...shared,
  id: 'previewFileImport',
  method: 'POST',
  path: '/v2/imports/files/preview',
  summary: 'What the first rows of files would become',
  description:
    'For admins. Stores nothing. The beginning of a file of CSV or JSON is enough; a packed file or a workbook ' +
    'has to be whole.',
  answer: item(FilePreview, 'file_preview'),
} as const satisfies Operation

export const exportRejectedRows = {
  id: 'exportRejectedRows',
  method: 'GET',
  path: '/v2/imports/:id/rejected/export',
  tag: 'Imports',
  isForAdmins: true,
  scopes: ['read'],
  summary: 'The rejected rows of a file',
  description:
    'For admins. The rows as they stood, behind the header of their file: mend them, and import this ' +
    'file with the same options. Of JSON, one item per line.',
  params: Type.Object({ id: Id }),
  query: Type.Object({
    file: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 10_000,
        default: 1,
        description: 'Its place in `files`',
      }),
    ),
  }),
  files: ['text/csv; charset=utf-8', 'application/x-ndjson; charset=utf-8'],
} as const satisfies Operation
