import {
  type CustomField,
  type FieldChoice,
  type FieldType,
  hasChoices,
} from '../domain/custom-fields.ts'
import { notFound } from '../domain/errors.ts'
import type { Queries, Transaction } from '../domain/store.ts'
import type { ResourceKind } from '../domain/visits.ts'

/** A change of a custom field. Attributes that are absent stay as they are. */
export interface FieldChange {
  readonly type?: FieldType | undefined
  /** Replaces all. Those without an id keep the one of their name, or get a new one. */
  readonly choices?: readonly { readonly id?: number; readonly name: string }[] | null | undefined
  readonly forCompany?: boolean | undefined
  readonly forContact?: boolean | undefined
}

/** A fault of a change. `field`: JSON pointer into `data`; `why`: the rest of a sentence. */
export interface FieldProblem {
  readonly field: '/name' | '/choices'
  readonly code: 'already_exists' | 'incorrect_value' | 'missing'
  readonly why: string
}

/** What is wrong with a new field of this name, or with this change of the field with the id. */
export async function findFieldProblems(
  { customFields }: Pick<Queries, 'customFields'>,
  kind: ResourceKind,
  of: { readonly id: number } | { readonly name: string | undefined },
  { type, choices }: FieldChange,
): Promise<FieldProblem[]> {
  const before = 'id' in of ? (await customFields.find(kind, [of.id])).get(of.id) : undefined
  const problems: FieldProblem[] = []
  if ('name' in of && of.name !== undefined) {
    const [namesake] = await customFields.findByName(kind, [of.name])
    const why = `is already the name of the custom field ${namesake?.id}: ${namesake?.name}`
    if (namesake) problems.push({ field: '/name', code: 'already_exists', why })
  }
  const now = type ?? before?.type
  if (now === undefined) return problems
  if (!hasChoices(now) && choices) {
    const why = 'can be given for the types list and multi_select_list only'
    problems.push({ field: '/choices', code: 'incorrect_value', why })
  }
  if (hasChoices(now) && choices === null) {
    const why = 'must be a list for the types list and multi_select_list'
    problems.push({ field: '/choices', code: 'incorrect_value', why })
  }
  const isDouble = (values: readonly unknown[]): boolean => new Set(values).size < values.length
  const ids = (choices ?? []).flatMap(({ id }) => id ?? [])
  if (isDouble(ids) || isDouble((choices ?? []).map(({ name }) => name))) {
    const why = 'must have no id and no name twice'
    problems.push({ field: '/choices', code: 'incorrect_value', why })
  }
  return problems
}

/** Adds a field. The draft must have no problems. `now`: in ms. */
export async function addField(
  tx: Transaction,
  kind: ResourceKind,
  draft: FieldChange & { readonly name: string; readonly type: FieldType },
  now: number,
): Promise<CustomField> {
  const field: CustomField = {
    id: await tx.labels.nextId(),
    resourceKind: kind,
    name: draft.name.trim(),
    type: draft.type,
    choices: choicesAfter([], draft.type, draft.choices ?? []),
    forCompany: draft.forCompany ?? true,
    forContact: draft.forContact ?? true,
    isDerived: false,
    createdAt: now,
    updatedAt: now,
  }
  await tx.customFields.save([field])
  return field
}

/** Changes a field. The change must have no problems. Throws `not_found`. */
export async function changeField(
  tx: Transaction,
  kind: ResourceKind,
  id: number,
  change: FieldChange,
  now: number,
): Promise<CustomField> {
  const before = await findField(tx, kind, id)
  const type = change.type ?? before.type
  const after: CustomField = {
    ...before,
    type,
    choices: choicesAfter(before.choices ?? [], type, change.choices ?? before.choices ?? []),
    forCompany: change.forCompany ?? before.forCompany,
    forContact: change.forContact ?? before.forContact,
    isDerived: false,
    updatedAt: now,
  }
  await tx.customFields.save([after])
  return after
}

function choicesAfter(
  before: readonly FieldChoice[],
  type: FieldType,
  given: readonly { readonly id?: number; readonly name: string }[],
): FieldChoice[] | null {
  if (!hasChoices(type)) return null
  const taken = new Set(given.flatMap(({ id }) => id ?? []))
  let last = Math.max(0, ...before.map(({ id }) => id), ...taken)
  return given.map(({ id, name }) => {
    const known = before.find((each) => each.name === name)?.id
    const kept = known !== undefined && !taken.has(known) ? known : undefined
    return { id: id ?? kept ?? ++last, name }
  })
}

/** The field. Throws `not_found`. */
export async function findField(
  { customFields }: Pick<Queries, 'customFields'>,
  kind: ResourceKind,
  id: number,
): Promise<CustomField> {
  const field = (await customFields.find(kind, [id])).get(id)
  if (!field) throw notFound(`custom field ${id} of ${kind}s`)
  return field
}
