import type { RecordKind } from '../../domain/record-kinds.ts'
import type { RecordFilter, SalesRecord } from '../../domain/records.ts'
import type { Queries } from '../../domain/store.ts'
import { findWritable, recordsOf } from '../../rules/records.ts'
import { ApiError, apiError } from '../errors.ts'
import { writeOnce } from '../request/idempotency.ts'
import type { RecordBody } from './body.ts'
import { type AnyCall, findProblems, type Included, plan, save } from './saving.ts'

/** Updates the one record that the filters find; creates one if they find none. */
export async function upsertRecord(
  kind: RecordKind,
  call: AnyCall,
  { include }: Included,
  filter: RecordFilter,
  body: RecordBody,
): Promise<string> {
  return writeOnce(
    call,
    async (queries) =>
      plan(queries, kind, call, await findMatch(queries, kind, call, filter), body),
    (tx, planned) => save(tx, kind, call, planned, include),
  )
}

/** Problems that only the store can find. */
export const problemsOfUpsert = (
  kind: RecordKind,
  call: AnyCall,
  filter: RecordFilter,
  body: RecordBody,
) =>
  call.store.read(call.actor.accountKey, async (queries) =>
    findProblems(queries, kind, call, await findMatch(queries, kind, call, filter), body),
  )

async function findMatch(
  queries: Queries,
  kind: RecordKind,
  { actor }: AnyCall,
  filter: RecordFilter,
): Promise<SalesRecord | undefined> {
  if (Object.values(filter).every((value) => value === undefined)) throw noFilter()
  const [match, ...others] = await recordsOf(queries, kind.name).match(filter, 2)
  if (others.length > 0) throw ambiguous(kind)
  return match && findWritable(queries, kind, actor, match.id)
}

const noFilter = (): ApiError =>
  apiError(
    'invalid_param',
    'invalid request query parameter',
    'Give at least one filter in the query, for example ?email=ann@example.com.',
  )

const ambiguous = ({ name }: RecordKind): ApiError =>
  new ApiError([
    {
      resource: name,
      code: 'incorrect_value',
      message: 'attribute value is incorrect',
      details: `The filters match several ${name}s; none was changed. Add more filters.`,
    },
  ])
