import Type from 'typebox'

import { collection, item } from './envelopes.ts'
import {
  savedViewColumnsMax,
  savedViewNameLengthMax,
  savedViewQueryLengthMax,
  savedViewsMax,
} from './limits.ts'
import type { Operation } from './operations.ts'
import { Id, pages, sortBy } from './parameters.ts'

const Moment = Type.String({ format: 'date-time' })

const given = {
  name: Type.String({ minLength: 1, maxLength: savedViewNameLengthMax }),
  query: Type.String({
    maxLength: savedViewQueryLengthMax,
    pattern: '^(?![?])',
    description: 'The query of `GET /v2/visits`, without `?`; empty: all visits',
  }),
  columns: Type.Array(Type.String({ pattern: '^[a-z][a-z0-9_.]{0,63}$' }), {
    maxItems: savedViewColumnsMax,
    description: 'What to show, in this order; the server gives the names no meaning',
  }),
  is_shared: Type.Boolean({ description: 'Whether everyone in the account sees it' }),
}

/** A query of the list of visits that a user keeps, with the columns to show. */
export const SavedView = Type.Object({
  id: Id,
  creator_id: Id,
  ...given,
  created_at: Moment,
  updated_at: Moment,
})

const shared = { tag: 'Saved views', resource: 'saved_view' } as const
const one = { ...shared, answer: item(SavedView, 'saved_view') } as const
const params = Type.Object({ id: Id })

export const listSavedViews = {
  ...shared,
  id: 'listSavedViews',
  method: 'GET',
  path: '/v2/saved_views',
  summary: 'List saved views of the list of visits: your own and those that others share',
  scopes: ['read'],
  query: Type.Object({ ...pages(), sort_by: sortBy(['id', 'name'], 'id') }),
  answer: collection(item(SavedView, 'saved_view')),
} as const satisfies Operation

export const createSavedView = {
  ...one,
  id: 'createSavedView',
  method: 'POST',
  path: '/v2/saved_views',
  summary: 'Save a view',
  description: `A user has at most ${savedViewsMax}.`,
  scopes: ['write'],
  query: Type.Object({}),
  body: Type.Object({
    name: given.name,
    query: given.query,
    columns: Type.Optional(given.columns),
    is_shared: Type.Optional(given.is_shared),
  }),
} as const satisfies Operation

export const updateSavedView = {
  ...one,
  id: 'updateSavedView',
  method: 'PUT',
  path: '/v2/saved_views/:id',
  summary: 'Change a saved view',
  description: 'For its creator; admins also change what others share.',
  scopes: ['write'],
  params,
  query: Type.Object({}),
  body: Type.Partial(createSavedView.body),
} as const satisfies Operation

export const deleteSavedView = {
  ...shared,
  id: 'deleteSavedView',
  method: 'DELETE',
  path: '/v2/saved_views/:id',
  summary: 'Delete a saved view',
  description: 'For its creator; admins also delete what others share.',
  scopes: ['write'],
  params,
  query: Type.Object({}),
} as const satisfies Operation

export type SavedView = Type.Static<typeof SavedView>
export type SavedViewDraft = Type.Static<typeof createSavedView.body>
export type SavedViewChange = Type.Static<typeof updateSavedView.body>
