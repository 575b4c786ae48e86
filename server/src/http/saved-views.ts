import { savedViewsMax } from '@doorstep/contract/limits'
import type * as contract from '@doorstep/contract/saved-views'
import { listVisits } from '@doorstep/contract/visits'

import { printSeconds } from '../domain/clock.ts'
import type { SavedView } from '../domain/saved-views.ts'
import { addSavedView, changeSavedView, removeSavedView } from '../rules/saved-views.ts'
import { ApiError, fieldProblem, type Problem, throwProblems } from './errors.ts'
import type { Checks, Handler } from './request/call.ts'
import { writeOnce } from './request/idempotency.ts'
import { writeObject } from './request/ids.ts'
import { answerPage, printItem } from './request/pages.ts'
import { isQuerySchema, readQuery } from './request/query.ts'
import { toBox } from './visits/filters.ts'

export const listSavedViews: Handler<typeof contract.listSavedViews> = (call) => {
  const { actor, store } = call
  return answerPage(
    call,
    'saved_view',
    ['id', 'name'],
    (page) => store.savedViews.list(actor.accountKey, actor.userId, page),
    toAnswer,
  )
}

export const createSavedView: Handler<typeof contract.createSavedView> = (call) => {
  const { actor, body, clock } = call
  const draft = {
    name: body.name,
    query: body.query,
    columns: body.columns ?? [],
    isShared: body.is_shared ?? false,
  }
  return writeOnce(
    call,
    async ({ savedViews }) => {
      if ((await savedViews.countOf(actor.userId)) < savedViewsMax) return
      const why = `cannot be saved: you have ${savedViewsMax} views already. Delete one first`
      throwProblems([fieldProblem('saved_view', '/name', 'incorrect_value', why)])
    },
    async (tx) => printView(await addSavedView(tx, actor, draft, clock())),
  )
}

export const updateSavedView: Handler<typeof contract.updateSavedView> = async (call) => {
  const { actor, body, clock } = call
  const { is_shared: isShared, ...rest } = body
  return printView(
    await writeObject(call, 'saved_view', (tx, id) =>
      changeSavedView(tx, actor, id, { ...rest, isShared }, clock()),
    ),
  )
}

export const deleteSavedView: Handler<typeof contract.deleteSavedView> = async (call) => {
  await writeObject(call, 'saved_view', (tx, id) => removeSavedView(tx, call.actor, id))
  return undefined
}

/** A view must be a query that the list of visits answers. */
export const checks: Checks<typeof contract.createSavedView | typeof contract.updateSavedView> = {
  always: (_call, { query }: contract.SavedViewChange) =>
    query === undefined ? [] : queryProblems(query),
}

const visitQuery: unknown = listVisits.query

function queryProblems(text: string): Problem[] {
  return (refusalOf(text)?.problems ?? []).map(({ details }) =>
    fieldProblem(
      'saved_view',
      '/query',
      'incorrect_value',
      `must be a query of GET /v2/visits. ${details}`,
    ),
  )
}

/** Why the list of visits would refuse the query. */
function refusalOf(text: string): ApiError | undefined {
  if (!isQuerySchema(visitQuery)) throw new Error('the list of visits has no query')
  const given = new URLSearchParams(text)
  const names = [...new Set(given.keys())]
  const raw = Object.fromEntries(names.map((name) => [name, given.getAll(name)]))
  const result = readQuery(visitQuery, raw)
  if ('error' in result) return result.error
  const { bbox } = result.value
  if (!Array.isArray(bbox)) return undefined
  const [west = 0, south = 0, east = 0, north = 0] = bbox.map(Number)
  try {
    toBox([west, south, east, north])
    return undefined
  } catch (error) {
    if (error instanceof ApiError) return error
    throw error
  }
}

const printView = (view: SavedView): string => printItem('saved_view', toAnswer(view))

const toAnswer = (view: SavedView): contract.SavedView => ({
  id: view.id,
  creator_id: view.creatorId,
  name: view.name,
  query: view.query,
  columns: [...view.columns],
  is_shared: view.isShared,
  created_at: printSeconds(view.createdAt),
  updated_at: printSeconds(view.updatedAt),
})
