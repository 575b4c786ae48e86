import type { Operation } from '@doorstep/contract/operations'
import type { RecordPart } from '@doorstep/contract/records'

import type { RecordKind } from '../../domain/record-kinds.ts'
import type { SalesRecord } from '../../domain/records.ts'
import type { Queries, Transaction } from '../../domain/store.ts'
import { planRecord, type RecordPlan, recordsOf, saveRecord } from '../../rules/records.ts'
import { fieldProblem, type Problem, throwProblems } from '../errors.ts'
import type { Call } from '../request/call.ts'
import { printRecord } from './answers.ts'
import { type RecordBody, toChange } from './body.ts'

export type AnyCall = Omit<Call<Operation>, 'query' | 'body'>

export interface Included {
  readonly include?: readonly RecordPart[]
}

/** What is to be saved. Throws the problems of the body. */
export async function plan(
  queries: Queries,
  kind: RecordKind,
  { actor, clock }: AnyCall,
  before: SalesRecord | undefined,
  body: RecordBody,
): Promise<RecordPlan> {
  const planned = await planRecord(queries, kind, actor, before, toChange(body), clock())
  throwProblems(toProblems(kind, planned.problems))
  return planned
}

export async function save(
  tx: Transaction,
  kind: RecordKind,
  { actor }: Pick<AnyCall, 'actor'>,
  planned: RecordPlan,
  include: readonly RecordPart[] = [],
): Promise<string> {
  const record = await saveRecord(tx, kind, actor, planned)
  const { id } = record
  return printRecord(kind, record, {
    ...(include.includes('location') && {
      sites: await recordsOf(tx, kind.name).findSites(id),
    }),
    ...(include.includes('external_ids') && {
      names: (await tx.externalIds.findNames(kind.name, [id])).get(id) ?? [],
    }),
  })
}

export async function findProblems(
  queries: Queries,
  kind: RecordKind,
  { actor, clock }: AnyCall,
  before: SalesRecord | undefined,
  body: RecordBody,
): Promise<Problem[]> {
  const { problems } = await planRecord(queries, kind, actor, before, toChange(body), clock())
  return toProblems(kind, problems)
}

const toProblems = ({ name }: RecordKind, problems: RecordPlan['problems']): Problem[] =>
  problems.map(({ field, code, why }) => fieldProblem(name, field, code, why))
