import { notFound } from '../domain/errors.ts'
import type { Queries, Transaction } from '../domain/store.ts'
import { isSameName, plainOutcome, type VisitOutcome } from '../domain/visit-outcomes.ts'

/**
 * A change of an outcome. Attributes that are absent stay as they are. `position` counts from 1;
 * other outcomes move to make room.
 */
export interface OutcomeChange {
  readonly name?: string | undefined
  readonly color?: string | null | undefined
  readonly icon?: string | null | undefined
  readonly position?: number | undefined
  readonly isActive?: boolean | undefined
}

/** A fault of a change. `field`: JSON pointer into `data`; `why`: the rest of a sentence. */
export interface OutcomeProblem {
  readonly field: '/name' | '/active' | '/into_id'
  readonly code: 'already_exists' | 'incorrect_value'
  readonly why: string
}

/** What is wrong with a new outcome, or with this change of the outcome with the id. */
export async function findOutcomeProblems(
  tx: Pick<Queries, 'visitOutcomes'>,
  id: number | undefined,
  change: OutcomeChange,
): Promise<OutcomeProblem[]> {
  const all = await tx.visitOutcomes.all()
  const before = all.find((outcome) => outcome.id === id)
  const name = change.name ?? before?.name
  const isActive = change.isActive ?? before?.isActive ?? true
  // NOTE: imports may create outcomes with equal names; other changes of those stay possible.
  const isTouched = change.name !== undefined || (isActive && !before?.isActive)
  const namesake =
    isActive && isTouched && name !== undefined
      ? all.find((other) => other.isActive && other.id !== id && isSameName(other.name, name))
      : undefined
  const problems: OutcomeProblem[] = []
  if (namesake) {
    const why = `is already the name of the active outcome ${namesake.id}: ${namesake.name}`
    problems.push({ field: '/name', code: 'already_exists', why })
  }
  if (change.isActive === true && id !== undefined && (await tx.visitOutcomes.isMerging(id))) {
    const why = 'cannot be true while the visits of this outcome move to the one it was merged into'
    problems.push({ field: '/active', code: 'incorrect_value', why })
  }
  return problems
}

/** Adds an outcome. The draft must have no problems. `now`: in ms. */
export async function addOutcome(
  tx: Transaction,
  draft: OutcomeChange & { readonly name: string },
  now: number,
): Promise<VisitOutcome> {
  const added: VisitOutcome = {
    ...plainOutcome,
    id: await tx.visitOutcomes.nextId(),
    name: draft.name.trim(),
    color: draft.color ?? null,
    icon: draft.icon ?? null,
    isActive: draft.isActive ?? true,
    createdAt: now,
    updatedAt: now,
  }
  return place(tx, added, draft.position ?? Infinity, false)
}

/** Changes an outcome; a background job updates the visits of a renamed one. Throws `not_found`. */
export async function changeOutcome(
  tx: Transaction,
  id: number,
  change: OutcomeChange,
  now: number,
): Promise<VisitOutcome> {
  const before = await findOutcome(tx, id)
  const name = change.name?.trim() ?? before.name
  const isRenamed = name !== before.name
  const isActive = change.isActive ?? before.isActive
  const after: VisitOutcome = {
    ...before,
    name,
    hasOriginalName: before.hasOriginalName && !isRenamed,
    isDerived: false,
    color: change.color === undefined ? before.color : change.color,
    icon: change.icon === undefined ? before.icon : change.icon,
    isActive,
    mergedIntoId: isActive ? null : before.mergedIntoId,
    updatedAt: now,
  }
  return place(tx, after, change.position, isRenamed)
}

/** Saves the outcome at this position, and the outcomes that have to move. */
async function place(
  tx: Transaction,
  outcome: VisitOutcome,
  position: number | undefined,
  isRenamed: boolean,
): Promise<VisitOutcome> {
  const renamed = new Set(isRenamed ? [outcome.id] : [])
  if (position === undefined) {
    await tx.visitOutcomes.save([outcome], renamed)
    return outcome
  }
  const others = (await tx.visitOutcomes.all()).filter(({ id }) => id !== outcome.id)
  const at = Math.min(position - 1, others.length)
  const order = others.toSpliced(at, 0, outcome)
  const moved = order.flatMap((each, index) =>
    each.id === outcome.id || each.position !== index + 1 ? { ...each, position: index + 1 } : [],
  )
  await tx.visitOutcomes.save(moved, renamed)
  return { ...outcome, position: at + 1 }
}

/** What is wrong with merging one outcome into the other. */
export async function findMergeProblems(
  tx: Pick<Queries, 'visitOutcomes'>,
  id: number,
  intoId: number,
): Promise<OutcomeProblem[]> {
  const into = (await tx.visitOutcomes.find([intoId])).get(intoId)
  const why = (text: string): OutcomeProblem[] => [
    { field: '/into_id', code: 'incorrect_value', why: `${text}, given: ${intoId}` },
  ]
  if (id === intoId) return why('must name another outcome')
  if (!into) return why('must name an existing outcome')
  return into.isActive ? [] : why('must name an active outcome')
}

/**
 * Deactivates an outcome; a background job gives its visits the other one. Outcomes that were
 * merged into it before follow. Throws `not_found`.
 */
export async function mergeOutcome(
  tx: Transaction,
  id: number,
  intoId: number,
  now: number,
): Promise<VisitOutcome> {
  const merged = await findOutcome(tx, id)
  const earlier = (await tx.visitOutcomes.all()).filter(({ mergedIntoId }) => mergedIntoId === id)
  const after = { ...merged, isActive: false, mergedIntoId: intoId, updatedAt: now }
  const redirected = earlier.map((each) => ({ ...each, mergedIntoId: intoId }))
  await tx.visitOutcomes.save([after, ...redirected], new Set())
  await tx.visitOutcomes.setMerging(id, 0)
  return after
}

/** The outcome. Throws `not_found`. */
export async function findOutcome(
  tx: Pick<Queries, 'visitOutcomes'>,
  id: number,
): Promise<VisitOutcome> {
  const outcome = (await tx.visitOutcomes.find([id])).get(id)
  if (!outcome) throw notFound(`visit outcome ${id}`)
  return outcome
}
