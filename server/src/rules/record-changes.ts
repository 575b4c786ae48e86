import type { Viewer } from '../domain/actor.ts'
import { DomainError } from '../domain/errors.ts'
import { type Attributes, isAttributes } from '../domain/record-attributes.ts'
import {
  type AttributeProblem,
  keptAttributes,
  readAttributes,
  type RecordKind,
} from '../domain/record-kinds.ts'
import type { RecordPoint, RecordSite, SalesRecord, RecordQueries } from '../domain/records.ts'
import type { Queries, Transaction } from '../domain/store.ts'

/** How large the attributes of one record may grow, in characters of JSON. */
const attributesLengthMax = 256 * 1024

/** What a client gives; what is absent stays as it is. */
export interface RecordChange {
  /** Of the kind, and `owner_id`. */
  readonly attributes: Attributes
  readonly latitude?: number | null | undefined
  readonly longitude?: number | null | undefined
  readonly precision?: RecordPoint['precision'] | null | undefined
  readonly verificationRadiusM?: number | null | undefined
  /** Replace all that there were. */
  readonly sites?: readonly RecordSite[] | undefined
}

/** What would be written, and why it may not be. */
export interface RecordPlan {
  /** undefined: the record is to be created, and gets its id when it is. */
  readonly before: SalesRecord | undefined
  readonly after: SalesRecord
  readonly sites: readonly RecordSite[] | undefined
  readonly problems: readonly AttributeProblem[]
}

export const recordsOf = <Records extends RecordQueries>(
  { leads, contacts }: { readonly leads: Records; readonly contacts: Records },
  { name }: RecordKind,
): Records => (name === 'lead' ? leads : contacts)

/**
 * What comes of a change. Parts of addresses and custom fields that are not given stay, tags are
 * replaced. A new address drops the point that belonged to the old one, unless somebody set it.
 */
export async function planRecord(
  tx: Queries,
  kind: RecordKind,
  actor: Viewer,
  before: SalesRecord | undefined,
  change: RecordChange,
  now: number,
): Promise<RecordPlan> {
  const { owner_id: owner, ...given } = change.attributes
  const kept: Attributes = before ? keptAttributes(before) : { creator_id: actor.userId }
  const merged = merge(kept, given)
  const ownerId = readOwner(owner, before ? before.ownerId : actor.userId, before !== undefined)
  const known = before && readAttributes(kind, kept)
  const after = readAttributes(kind, merged)
  const isMoved = JSON.stringify(known?.['address']) !== JSON.stringify(after['address'])
  const record: SalesRecord = {
    id: before?.id ?? 0,
    ownerId,
    attributes: JSON.stringify(merged),
    point: pointAfter(before?.point ?? null, change, isMoved),
    verificationRadiusM:
      change.verificationRadiusM === undefined
        ? (before?.verificationRadiusM ?? null)
        : change.verificationRadiusM,
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
  }
  const attempt = { before: known, given, after }
  const problems = [
    ...kind.findProblems(attempt),
    ...findSizeProblems(record),
    ...findPointProblems(change),
    ...(await findPinProblems(tx, kind, actor, before, record, change)),
    ...(await findOwnerProblems(tx, ownerId, before)),
    ...(await findContactProblems(tx, kind, before?.id, known, after)),
  ]
  return { before, after: record, sites: change.sites, problems }
}

/** Saves a plan without problems. A plan that changes nothing leaves the record as it was. */
export async function saveRecord(
  tx: Transaction,
  kind: RecordKind,
  { before, after, sites }: RecordPlan,
): Promise<SalesRecord> {
  const records = recordsOf(tx, kind)
  if (before) {
    const sitesBefore = sites && (await records.findSites(before.id))
    const isSame =
      JSON.stringify({ ...after, updatedAt: before.updatedAt }) === JSON.stringify(before) &&
      JSON.stringify(sites) === JSON.stringify(sitesBefore)
    if (isSame) return before
  }
  const record = before ? after : { ...after, id: await records.nextId() }
  await records.save([record])
  if (sites) await records.saveSites(record.id, sites)
  return record
}

/** Takes a record out for good. Visits to it stay. */
export async function removeRecord(
  tx: Transaction,
  kind: RecordKind,
  actor: Viewer,
  id: number,
): Promise<void> {
  await findWritable(tx, kind, actor, id)
  await recordsOf(tx, kind).remove(id)
}

/** The record, for who may write it: its owner, those above them, and admins. */
export async function findWritable(
  tx: Queries,
  kind: RecordKind,
  actor: Viewer,
  id: number,
): Promise<SalesRecord> {
  const record = (await recordsOf(tx, kind).find([id])).get(id)
  if (!record) throw new DomainError('not_found', `There is no ${kind.name} ${id}.`)
  if (actor.isAdmin) return record
  const team = await tx.users.findTeam(actor.userId)
  if (record.ownerId !== null && team.has(record.ownerId)) return record
  throw new DomainError(
    'forbidden',
    `The ${kind.name} ${id} may be changed by its owner, by their managers and by admins.`,
  )
}

/**
 * Where a customer is decides what is verified: an owner who is no admin may place a record that
 * has no point, but not move one, nor change its radius or sites. That is for those above them.
 */
async function findPinProblems(
  tx: Queries,
  kind: RecordKind,
  actor: Viewer,
  before: SalesRecord | undefined,
  after: SalesRecord,
  { sites }: RecordChange,
): Promise<AttributeProblem[]> {
  if (!before?.point || actor.isAdmin || before.ownerId !== actor.userId) return []
  const why = 'is changed by those above you: propose a place with POST /v2/pin_changes'
  const problem = (field: string): AttributeProblem => ({ field, code: 'incorrect_value', why })
  const isMoved = after.point !== null && told([after.point]) !== told([before.point])
  const isWidened = after.verificationRadiusM !== before.verificationRadiusM
  const known = sites && (await recordsOf(tx, kind).findSites(before.id))
  return [
    ...(isMoved ? [problem('/latitude')] : []),
    ...(isWidened ? [problem('/verification_radius_m')] : []),
    ...(told(sites) === told(known) ? [] : [problem('/sites')]),
  ]
}

/** The same for the same places, in whatever order their fields were written. */
const told = (places: readonly (RecordPoint & Partial<RecordSite>)[] = []): string =>
  JSON.stringify(
    places.map(({ name = null, latitude, longitude, precision }) => [
      name,
      latitude,
      longitude,
      precision,
    ]),
  )

const findSizeProblems = ({ attributes }: SalesRecord): AttributeProblem[] =>
  attributes.length > attributesLengthMax
    ? [{ field: '/custom_fields', code: 'incorrect_value', why: 'makes the record too large' }]
    : []

function merge(kept: Attributes, given: Attributes): Attributes {
  const changes = Object.entries(given).map(([name, value]) => {
    const old = kept[name]
    if (isAttributes(value)) return [name, isAttributes(old) ? { ...old, ...value } : value]
    return [name, Array.isArray(value) ? [...new Set<unknown>(value)] : value]
  })
  return { ...kept, ...Object.fromEntries(changes) }
}

/** null: nobody's; of a record that is created, its creator's. */
function readOwner(given: unknown, byDefault: number | null, mayBeNobody: boolean): number | null {
  if (typeof given === 'number') return given
  return given === null && mayBeNobody ? null : byDefault
}

function pointAfter(
  before: RecordPoint | null,
  { latitude, longitude, precision }: RecordChange,
  isMoved: boolean,
): RecordPoint | null {
  if (typeof latitude === 'number' && typeof longitude === 'number') {
    return { latitude, longitude, precision: precision ?? 'pin' }
  }
  if (latitude === null || longitude === null) return null
  return isMoved && before?.precision !== 'pin' ? null : before
}

function findPointProblems({ latitude, longitude, precision }: RecordChange): AttributeProblem[] {
  const why = 'must be given together with the other coordinate'
  if (latitude === undefined && longitude !== undefined) {
    return [{ field: '/latitude', code: 'missing', why }]
  }
  if (longitude === undefined && latitude !== undefined) {
    return [{ field: '/longitude', code: 'missing', why }]
  }
  if (latitude === null && longitude !== null) {
    return [{ field: '/latitude', code: 'blank', why: 'must be a number, as longitude is' }]
  }
  if (longitude === null && latitude !== null) {
    return [{ field: '/longitude', code: 'blank', why: 'must be a number, as latitude is' }]
  }
  if (typeof precision === 'string' && typeof latitude !== 'number') {
    const needed = 'must be given where location_precision is'
    return [{ field: '/latitude', code: 'missing', why: needed }]
  }
  return []
}

async function findOwnerProblems(
  tx: Queries,
  ownerId: number | null,
  before: SalesRecord | undefined,
): Promise<AttributeProblem[]> {
  if (ownerId === null || ownerId === before?.ownerId) return []
  if ((await tx.users.find([ownerId])).has(ownerId)) return []
  const why = `names no user here, given: ${ownerId}`
  return [{ field: '/owner_id', code: 'incorrect_value', why }]
}

async function findContactProblems(
  tx: Queries,
  kind: RecordKind,
  id: number | undefined,
  before: Attributes | undefined,
  after: Attributes,
): Promise<AttributeProblem[]> {
  const problems: AttributeProblem[] = []
  for (const name of kind.contactReferences) {
    const named = after[name]
    if (typeof named !== 'number' || named === before?.[name]) continue
    const organization = (await tx.contacts.find([named])).get(named)
    const isOrganization =
      organization !== undefined && keptAttributes(organization)['is_organization'] === true
    if (isOrganization && named !== id) continue
    const why = `must name another contact that is an organization, given: ${named}`
    problems.push({ field: `/${name}`, code: 'incorrect_value', why })
  }
  return problems
}
