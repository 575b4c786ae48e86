import type { Viewer } from '../domain/actor.ts'
import { DomainError, notFound } from '../domain/errors.ts'
import type { SavedView } from '../domain/saved-views.ts'
import type { Queries, Transaction } from '../domain/store.ts'

/** A change of a view. Attributes that are absent stay as they are. */
export type SavedViewChange = {
  readonly [Name in 'name' | 'query' | 'columns' | 'isShared']?: SavedView[Name] | undefined
}

/** Saves a new view. `now`: in ms. */
export async function addSavedView(
  tx: Transaction,
  actor: Viewer,
  draft: Pick<SavedView, 'name' | 'query' | 'columns' | 'isShared'>,
  now: number,
): Promise<SavedView> {
  const id = await tx.savedViews.nextId()
  const view = { ...draft, id, creatorId: actor.userId, createdAt: now, updatedAt: now }
  await tx.savedViews.save(view)
  return view
}

/** Changes a view. `now`: in ms. Throws as `findOwnView` does. */
export async function changeSavedView(
  tx: Transaction,
  actor: Viewer,
  id: number,
  change: SavedViewChange,
  now: number,
): Promise<SavedView> {
  const before = await findOwnView(tx, actor, id)
  const after = {
    ...before,
    name: change.name ?? before.name,
    query: change.query ?? before.query,
    columns: change.columns ?? before.columns,
    isShared: change.isShared ?? before.isShared,
    updatedAt: now,
  }
  await tx.savedViews.save(after)
  return after
}

/** Deletes a view. Throws as `findOwnView` does. */
export async function removeSavedView(tx: Transaction, actor: Viewer, id: number): Promise<void> {
  await findOwnView(tx, actor, id)
  await tx.savedViews.remove(id)
}

/**
 * The view, for its creator and, if it is shared, for admins. Throws `forbidden` for others who see
 * it, and `not_found` for everyone else.
 */
async function findOwnView(
  { savedViews }: Pick<Queries, 'savedViews'>,
  { userId, isAdmin }: Viewer,
  id: number,
): Promise<SavedView> {
  const view = await savedViews.find(id)
  if (view?.creatorId === userId) return view
  if (!view?.isShared) throw notFound(`saved view ${id}`)
  if (isAdmin) return view
  throw new DomainError(
    'forbidden',
    `Only the user who saved view ${id} and admins may change it. Save one of your own.`,
  )
}
