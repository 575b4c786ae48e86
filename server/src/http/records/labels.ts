import * as contract from '@doorstep/contract/labels'
import type { Operation } from '@doorstep/contract/operations'

import { printSeconds } from '../../domain/clock.ts'
import type { Label, LabelFilter, LabelList } from '../../domain/labels.ts'
import type { Queries } from '../../domain/store.ts'
import {
  addLabel,
  changeLabel,
  findLabel,
  findLabelProblems,
  type WrittenList,
} from '../../rules/labels.ts'
import { fieldProblem, type Problem, throwProblems } from '../errors.ts'
import type { Call, Handler } from '../request/call.ts'
import { writeOnce } from '../request/idempotency.ts'
import { idOf, orNotFound, writeCheckedObject } from '../request/ids.ts'
import type { Present } from '../request/if-match.ts'
import { answerPage, printItem, type SortedPageQuery } from '../request/pages.ts'

type AnyCall = Omit<Call<Operation>, 'query' | 'body'>

/** A list, and how its labels are answered. */
interface Shown {
  readonly list: LabelList
  readonly type: string
  readonly toAnswer: (label: Label) => object
}

const times = ({ createdAt, updatedAt }: Label) => ({
  created_at: printSeconds(createdAt),
  updated_at: printSeconds(updatedAt),
})

const tags: Shown = {
  list: 'tags',
  type: 'tag',
  toAnswer: (label): contract.Tag => ({
    id: label.id,
    name: label.name,
    resource_type: label.resourceKind,
    creator_id: label.creatorId,
    ...times(label),
  }),
}

const statuses = {
  list: 'lead_statuses',
  type: 'lead_status',
  toAnswer: (label): contract.LeadStatus => ({ id: label.id, name: label.name, ...times(label) }),
} satisfies Shown

const sources = {
  list: 'lead_sources',
  type: 'lead_source',
  toAnswer: (label): contract.LeadSource => ({
    id: label.id,
    name: label.name,
    resource_type: 'lead',
    creator_id: label.creatorId,
    ...times(label),
  }),
} satisfies Shown

export const listTags: Handler<typeof contract.listTags> = (call) => {
  const { resource_type: resourceKind, creator_id: creatorId, ...query } = call.query
  return listLabels(tags, call, { ...query, resourceKind, creatorId })
}

export const getTag: Handler<typeof contract.getTag> = (call) => getLabel(tags, call)

export const listLeadStatuses: Handler<typeof contract.listLeadStatuses> = (call) =>
  listLabels(statuses, call, call.query)

export const getLeadStatus: Handler<typeof contract.getLeadStatus> = (call) =>
  getLabel(statuses, call)

export const createLeadStatus: Handler<typeof contract.createLeadStatus> = (call) =>
  createLabel(statuses, call, call.body.name)

export const updateLeadStatus: Handler<typeof contract.updateLeadStatus> = (call) =>
  updateLabel(statuses, call, call.body.name)

export const listLeadSources: Handler<typeof contract.listLeadSources> = (call) =>
  listLabels(sources, call, { ...call.query, creatorId: call.query.creator_id })

export const getLeadSource: Handler<typeof contract.getLeadSource> = (call) =>
  getLabel(sources, call)

export const createLeadSource: Handler<typeof contract.createLeadSource> = (call) =>
  createLabel(sources, call, call.body.name)

export const updateLeadSource: Handler<typeof contract.updateLeadSource> = (call) =>
  updateLabel(sources, call, call.body.name)

const presentOf =
  ({ list, type, toAnswer }: Written): Present =>
  async ({ labels }, { params }) =>
    [...(await labels.find(list, [idOf(params)])).values()].map((label) =>
      printItem(type, toAnswer(label)),
    )

export const presentLeadStatus = presentOf(statuses)
export const presentLeadSource = presentOf(sources)

const checksOf = ({ list, type }: Pick<Written, 'list' | 'type'>) => ({
  checkMoreOnRefusal: ({ store, actor, params }: AnyCall, { name }: { readonly name?: string }) =>
    store.read(actor.accountKey, (queries) =>
      problemsOf({ list, type }, queries, 'id' in params ? idOf(params) : undefined, name),
    ),
})

/** Problems that only the store can find. */
export const statusChecks = checksOf(statuses)
export const sourceChecks = checksOf(sources)

function listLabels(
  { list, type, toAnswer }: Shown,
  call: AnyCall & { readonly query: SortedPageQuery },
  { ids, name, resourceKind, creatorId }: LabelFilter,
): Promise<string> {
  const { store, actor } = call
  const filter = { ids, name, resourceKind, creatorId }
  return answerPage(
    call,
    type,
    contract.labelSorts,
    (page) => store.labels.list(actor.accountKey, list, filter, page),
    toAnswer,
  )
}

async function getLabel({ list, type, toAnswer }: Shown, call: AnyCall): Promise<string> {
  const { store, actor, params } = call
  const label = await orNotFound(type, params, () =>
    store.read(actor.accountKey, (queries) => findLabel(queries, list, idOf(params))),
  )
  return printItem(type, toAnswer(label))
}

type Written = Shown & { readonly list: WrittenList }

const createLabel = (
  { list, type, toAnswer }: Written,
  call: AnyCall,
  name: string,
): Promise<string> =>
  writeOnce(
    call,
    async (queries) => throwProblems(await problemsOf({ list, type }, queries, undefined, name)),
    async (tx) => {
      const label = await addLabel(tx, list, name, call.actor.userId, call.clock())
      return printItem(type, toAnswer(label))
    },
  )

const updateLabel = (
  { list, type, toAnswer }: Written,
  call: AnyCall,
  name: string | undefined,
): Promise<string> =>
  writeCheckedObject(
    call,
    type,
    async (queries, id) => {
      await findLabel(queries, list, id)
      throwProblems(await problemsOf({ list, type }, queries, id, name))
    },
    async (tx, id) =>
      printItem(type, toAnswer(await changeLabel(tx, list, id, name, call.clock()))),
  )

const problemsOf = async (
  { list, type }: Pick<Written, 'list' | 'type'>,
  queries: Queries,
  id: number | undefined,
  name: string | undefined,
): Promise<Problem[]> =>
  (await findLabelProblems(queries, list, id, name)).map(({ field, code, why }) =>
    fieldProblem(type, field, code, why),
  )
