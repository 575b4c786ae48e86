import type { AccountKey } from '../domain/accounts.ts'
import {
  type CustomField,
  type FieldChoice,
  type FieldType,
  hasChoices,
} from '../domain/custom-fields.ts'
import { isAttributes } from '../domain/record-attributes.ts'
import { storedAttributes } from '../domain/record-kinds.ts'
import type { SalesRecord } from '../domain/records.ts'
import type { Store, Transaction } from '../domain/store.ts'
import type { ResourceKind } from '../domain/visits.ts'
import { commonType, typeOfValue } from './field-types.ts'

/** As many as the pages of a list can show; further names stay with their records only. */
const tagsMax = 10_000
const fieldsMax = 1_000
const choicesMax = 500
const choiceIdMax = 2_000_000_000
/** Longer names stay with their records only, too. */
const nameLengthMax = 255
const namesPerQuery = 500

type Names = Pick<Transaction, 'labels' | 'customFields'>

/**
 * Adds to the lists of tags and custom fields what these records show first. A field that only
 * records have shown gets the type that fits all values seen.
 */
export async function learnNames(
  tx: Names,
  kind: ResourceKind,
  records: readonly SalesRecord[],
): Promise<void> {
  const tags = new Map<string, number>()
  const fields = new Map<string, SeenField>()
  for (const record of records) {
    const { tags: borne, custom_fields: values, is_organization } = storedAttributes(record)
    const at = record.updatedAt
    for (const tag of Array.isArray(borne) ? borne : []) {
      if (isName(tag) && !tags.has(tag)) tags.set(tag, at)
    }
    if (!isAttributes(values)) continue
    for (const [name, value] of Object.entries(values)) {
      const type = isName(name) ? typeOfValue(value) : undefined
      if (type === undefined) continue
      const isOfCompany = kind === 'contact' && is_organization === true
      fields.set(name, merge(fields.get(name), { type, value, at, isOfCompany }))
    }
  }
  await learnTags(tx, kind, tags)
  await learnFields(tx, kind, fields)
}

const isName = (name: unknown): name is string =>
  typeof name === 'string' &&
  name.trim() !== '' &&
  name.length <= nameLengthMax &&
  !unstorable.test(name)

/** NOTE: imported JSON may hold U+0000 and lone surrogates. Databases reject both. */
// oxlint-disable-next-line no-control-regex
const unstorable = /[\u0000\p{Surrogate}]/u

async function learnTags(
  { labels }: Names,
  kind: ResourceKind,
  seen: ReadonlyMap<string, number>,
): Promise<void> {
  const known = new Set<string>()
  for (const names of chunked([...seen.keys()])) {
    for (const { name } of await labels.findByName('tags', kind, names)) known.add(name)
  }
  const fresh = [...seen].filter(([name]) => !known.has(name))
  if (fresh.length === 0) return
  const room = tagsMax - (await labels.count('tags', kind))
  const added = []
  for (const [name, at] of fresh.slice(0, Math.max(0, room))) {
    const id = await labels.nextId()
    const times = { createdAt: at, updatedAt: at }
    added.push({ id, resourceKind: kind, name, creatorId: null, isDefault: false, ...times })
  }
  await labels.save('tags', added)
}

/** What the values of one field show together. */
interface SeenField {
  readonly type: FieldType
  readonly choices: ReadonlyMap<string, number | undefined>
  readonly forCompany: boolean
  readonly forContact: boolean
  readonly at: number
}

interface SeenValue {
  readonly type: FieldType
  readonly value: unknown
  readonly at: number
  readonly isOfCompany: boolean
}

function merge(before: SeenField | undefined, seen: SeenValue): SeenField {
  const { type, value, at, isOfCompany } = seen
  return {
    type: before ? commonType(before.type, type) : type,
    choices: hasChoices(type)
      ? new Map([...(before?.choices ?? []), ...choicesIn(value)])
      : (before?.choices ?? new Map()),
    forCompany: before?.forCompany === true || isOfCompany,
    forContact: before?.forContact === true || !isOfCompany,
    at: before?.at ?? at,
  }
}

/** Names with their ids, where the value has them. */
function choicesIn(value: unknown): [string, number | undefined][] {
  return (Array.isArray(value) ? value : [value]).flatMap(
    (each): [string, number | undefined][] => {
      const { id, name } = isAttributes(each) ? each : { id: undefined, name: each }
      if (!isName(name)) return []
      const isId = Number.isInteger(id) && Number(id) > 0 && Number(id) <= choiceIdMax
      return [[name, isId ? Number(id) : undefined]]
    },
  )
}

async function learnFields(
  { labels, customFields }: Names,
  kind: ResourceKind,
  seen: ReadonlyMap<string, SeenField>,
): Promise<void> {
  const known = new Map<string, CustomField>()
  for (const names of chunked([...seen.keys()])) {
    for (const field of await customFields.findByName(kind, names)) known.set(field.name, field)
  }
  const saved: CustomField[] = []
  let room: number | undefined
  for (const [name, shown] of seen) {
    const before = known.get(name)
    if (before && !before.isDerived) continue
    if (before) {
      const after = widen(before, shown)
      if (JSON.stringify(after) !== JSON.stringify(before)) {
        saved.push({ ...after, updatedAt: Math.max(before.updatedAt, shown.at) })
      }
      continue
    }
    room ??= fieldsMax - (await customFields.count(kind))
    if (room-- <= 0) break
    const { type, forCompany, forContact, at } = shown
    const base = { id: await labels.nextId(), resourceKind: kind, name, type, choices: null }
    const field = { ...base, forCompany, forContact, isDerived: true, createdAt: at, updatedAt: at }
    saved.push(widen(field, shown))
  }
  await customFields.save(saved)
}

/** The field with what further values show. */
function widen(field: CustomField, shown: SeenField): CustomField {
  const type = commonType(field.type, shown.type)
  return {
    ...field,
    type,
    choices: hasChoices(type) ? withChoices(field.choices ?? [], shown.choices) : null,
    forCompany: field.forCompany || shown.forCompany,
    forContact: field.forContact || shown.forContact,
  }
}

function withChoices(
  before: readonly FieldChoice[],
  shown: ReadonlyMap<string, number | undefined>,
): FieldChoice[] {
  const choices = [...before]
  for (const [name, given] of shown) {
    if (choices.length >= choicesMax || choices.some((each) => each.name === name)) continue
    const isFree = given !== undefined && choices.every(({ id }) => id !== given)
    const next = choices.reduce((most, { id }) => Math.max(most, id), 0) + 1
    choices.push({ id: isFree ? given : next, name })
  }
  return choices
}

const chunked = (names: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(names.length / namesPerQuery) }, (_, at) =>
    names.slice(at * namesPerQuery, (at + 1) * namesPerQuery),
  )

/**
 * Learns the names of records that were saved before the lists existed, `limit` of them. False: all
 * have been searched.
 */
export async function learnStoredNames(
  store: Store,
  account: AccountKey,
  kind: ResourceKind,
  limit: number,
): Promise<boolean> {
  const afterId = await store.customFields.findSearched(account, kind)
  if (afterId === undefined) return false
  const page = await store[`${kind}s`].listReferences(account, afterId, limit)
  const last = page.length < limit ? undefined : page.at(-1)?.id
  await store.write(account, async (tx) => {
    const records = await tx[`${kind}s`].find(page.map(({ id }) => id))
    await learnNames(tx, kind, [...records.values()])
    await tx.customFields.setSearched(kind, last)
  })
  return last !== undefined
}
