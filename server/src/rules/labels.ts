import { notFound } from '../domain/errors.ts'
import type { Label, LabelList } from '../domain/labels.ts'
import type { Queries, Transaction } from '../domain/store.ts'

/** The lists that admins write; each is of leads. */
export type WrittenList = Exclude<LabelList, 'tags'>

/** What is wrong with a name. `why`: the rest of a sentence. */
export interface NameProblem {
  readonly field: '/name'
  readonly code: 'already_exists'
  readonly why: string
}

const defaults = ['New', 'Working', 'Unqualified'] as const

/** Adds the lead statuses of a new account. `now`: in ms. */
export async function addDefaultStatuses(tx: Transaction, now: number): Promise<void> {
  const statuses: Label[] = []
  for (const name of defaults)
    statuses.push({ ...(await newLabel(tx, name, now)), isDefault: true })
  await tx.labels.save('lead_statuses', statuses)
}

const newLabel = async (
  { labels }: Pick<Transaction, 'labels'>,
  name: string,
  now: number,
): Promise<Label> => ({
  id: await labels.nextId(),
  resourceKind: 'lead',
  name: name.trim(),
  creatorId: null,
  isDefault: false,
  createdAt: now,
  updatedAt: now,
})

/** What is wrong with this name for a new label, or for the one with the id. */
export async function findLabelProblems(
  { labels }: Pick<Queries, 'labels'>,
  list: WrittenList,
  id: number | undefined,
  name: string | undefined,
): Promise<NameProblem[]> {
  if (name === undefined) return []
  const namesake = (await labels.findByName(list, 'lead', [name])).find((each) => each.id !== id)
  if (!namesake) return []
  const why = `is already the name of ${namesake.id}: ${namesake.name}`
  return [{ field: '/name', code: 'already_exists', why }]
}

/** Adds a label. The name must have no problems. `now`: in ms. */
export async function addLabel(
  tx: Transaction,
  list: WrittenList,
  name: string,
  creatorId: number,
  now: number,
): Promise<Label> {
  const label = { ...(await newLabel(tx, name, now)), creatorId }
  await tx.labels.save(list, [label])
  return label
}

/** Renames a label; leads keep the status that they have. Throws `not_found`. */
export async function changeLabel(
  tx: Transaction,
  list: WrittenList,
  id: number,
  name: string | undefined,
  now: number,
): Promise<Label> {
  const before = await findLabel(tx, list, id)
  if (name === undefined || name.trim() === before.name) return before
  const after = { ...before, name: name.trim(), isDefault: false, updatedAt: now }
  await tx.labels.save(list, [after])
  return after
}

/** The label. Throws `not_found`. */
export async function findLabel(
  { labels }: Pick<Queries, 'labels'>,
  list: LabelList,
  id: number,
): Promise<Label> {
  const label = (await labels.find(list, [id])).get(id)
  if (!label) throw notFound(`${id} in ${list}`)
  return label
}
