import type { Viewer } from '../domain/actor.ts'
import type { AuditUser } from '../domain/audit.ts'
import { DomainError, notFound } from '../domain/errors.ts'
import { type Attributes, isAttributes } from '../domain/record-attributes.ts'
import {
  type AttributeProblem,
  storedAttributes,
  readAttributes,
  type RecordKind,
} from '../domain/record-kinds.ts'
import type { RecordPoint, RecordSite, SalesRecord, RecordQueries } from '../domain/records.ts'
import type { Queries, Transaction } from '../domain/store.ts'
import type { ResourceKind } from '../domain/visits.ts'
import { notePin } from './audited.ts'
import { learnNames } from './record-names.ts'
import {
  areSame,
  findContactProblems,
  findOwnerProblems,
  findPinProblems,
  findPointProblems,
  findSizeProblems,
  type PointChange,
} from './record-problems.ts'

/** A change of a lead or contact, or a new one. Attributes that are absent stay as they are. */
export interface RecordChange extends PointChange {
  /** Attributes of the kind, and `owner_id`. */
  readonly attributes: Attributes
  readonly verificationRadiusM?: number | null | undefined
  /** How often to visit; null: as the account says. */
  readonly visitEveryDays?: number | null | undefined
  /** Replaces all sites. */
  readonly sites?: readonly RecordSite[] | undefined
}

/** A record as a change would leave it, and what is wrong with that. */
export interface RecordPlan {
  /** undefined: the record is new, and `saveRecord` gives it its id. */
  readonly before: SalesRecord | undefined
  readonly after: SalesRecord
  readonly sites: readonly RecordSite[] | undefined
  readonly problems: readonly AttributeProblem[]
}

/** The leads or the contacts among the queries of an account, or in a transaction. */
export const recordsOf = <Records extends RecordQueries>(
  { leads, contacts }: { readonly leads: Records; readonly contacts: Records },
  kind: ResourceKind,
): Records => (kind === 'lead' ? leads : contacts)

/** All places of a record, its own first. */
export async function findPoints(
  records: Pick<RecordQueries, 'findSites'>,
  record: Pick<SalesRecord, 'id' | 'point'>,
): Promise<RecordPoint[]> {
  const sites = await records.findSites(record.id)
  return record.point ? [record.point, ...sites] : sites
}

/**
 * Works out a change without saving it. Parts of addresses and custom fields that are absent stay;
 * tags are replaced. A new address drops the point of the old one, unless a user set that point.
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
  const stored: Attributes = before ? storedAttributes(before) : { creator_id: actor.userId }
  const merged = merge(stored, given)
  const ownerId = readOwner(owner, before ? before.ownerId : actor.userId, before !== undefined)
  const old = before && readAttributes(kind, stored)
  const after = readAttributes(kind, merged)
  const isMoved = JSON.stringify(old?.['address']) !== JSON.stringify(after['address'])
  const record: SalesRecord = {
    id: before?.id ?? 0,
    ownerId,
    attributes: JSON.stringify(merged),
    point: pointAfter(before?.point ?? null, change, isMoved, actor),
    ...radiusAfter(before, change, actor),
    ...visitEveryAfter(before, change),
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
  }
  const records = recordsOf(tx, kind.name)
  const storedSites = before && change.sites ? await records.findSites(before.id) : []
  const sites = change.sites && sitesAfter(storedSites, change.sites, actor)
  const problems = [
    ...kind.findProblems({ before: old, given, after }),
    ...findSizeProblems(record),
    ...findPointProblems(change),
    ...(await findPinProblems(tx, actor, {
      ownerId: before ? before.ownerId : ownerId,
      isPointReplaced: isPointReplaced(before?.point ?? null, change, record.point),
      isRadiusChanged: record.verificationRadiusM !== (before?.verificationRadiusM ?? null),
      areSitesChanged: sites !== undefined && !areSame(sites, storedSites),
    })),
    ...(await findOwnerProblems(tx, ownerId, before)),
    ...(await findContactProblems(tx, kind, before?.id, old, after)),
  ]
  return { before, after: record, sites, problems }
}

/** Saves a plan without problems. If it changes nothing, the record keeps its `updatedAt`. */
export async function saveRecord(
  tx: Transaction,
  kind: RecordKind,
  actor: AuditUser,
  { before, after, sites }: RecordPlan,
): Promise<SalesRecord> {
  const records = recordsOf(tx, kind.name)
  if (before) {
    const sitesBefore = sites && (await records.findSites(before.id))
    const hasSameSites = JSON.stringify(sites) === JSON.stringify(sitesBefore)
    const isSame =
      JSON.stringify({ ...after, updatedAt: before.updatedAt }) === JSON.stringify(before) &&
      hasSameSites
    if (isSame) return before
    await notePin(tx, actor, kind.name, { before, after, hasSameSites })
  }
  const record = before ? after : { ...after, id: await records.nextId() }
  await records.save([record])
  await learnNames(tx, kind.name, [record])
  if (sites) await records.saveSites(record.id, sites)
  return record
}

/** Deletes a record. Visits to it stay. `now`: in ms. Throws as `findWritable` does. */
export async function removeRecord(
  tx: Transaction,
  kind: RecordKind,
  actor: Viewer,
  id: number,
  now: number,
): Promise<void> {
  await findWritable(tx, kind, actor, id)
  await recordsOf(tx, kind.name).remove(id, { by: actor.userId, at: now })
}

/** The record, for its owner, their managers and admins. Throws `not_found` or `forbidden`. */
export async function findWritable(
  tx: Queries,
  kind: RecordKind,
  actor: Viewer,
  id: number,
): Promise<SalesRecord> {
  const record = (await recordsOf(tx, kind.name).find([id])).get(id)
  if (!record) throw notFound(`${kind.name} ${id}`)
  if (actor.isAdmin) return record
  const team = await tx.users.findTeam(actor.userId)
  if (record.ownerId !== null && team.has(record.ownerId)) return record
  throw new DomainError(
    'forbidden',
    `Only the owner of ${kind.name} ${id}, their managers and admins may change it. Ask one of them.`,
  )
}

function merge(stored: Attributes, given: Attributes): Attributes {
  const changes = Object.entries(given).map(([name, value]) => {
    const old = stored[name]
    if (isAttributes(value)) return [name, isAttributes(old) ? { ...old, ...value } : value]
    return [name, Array.isArray(value) ? [...new Set<unknown>(value)] : value]
  })
  return { ...stored, ...Object.fromEntries(changes) }
}

/** null: no owner, which a new record cannot ask for. */
function readOwner(given: unknown, byDefault: number | null, mayBeNull: boolean): number | null {
  if (typeof given === 'number') return given
  return given === null && mayBeNull ? null : byDefault
}

function pointAfter(
  before: RecordPoint | null,
  { latitude, longitude, precision }: RecordChange,
  isMoved: boolean,
  { userId, isAdmin }: Viewer,
): RecordPoint | null {
  if (typeof latitude === 'number' && typeof longitude === 'number') {
    const point = { latitude, longitude, precision: precision ?? 'pin' }
    return before && areSame([before], [point]) ? before : { ...point, placedBy: userId }
  }
  if (latitude === null || longitude === null) return null
  // Whoever may not remove a point does not remove it by another address either.
  const isOfOther = before?.placedBy !== undefined && before.placedBy !== userId && !isAdmin
  return isMoved && before?.precision !== 'pin' && !isOfOther ? null : before
}

/** A new address drops a point by itself; everything else that changes one is asked for. */
const isPointReplaced = (
  before: RecordPoint | null,
  { latitude }: RecordChange,
  after: RecordPoint | null,
): boolean => before !== null && latitude !== undefined && (!after || !areSame([before], [after]))

/** Sites that stay keep the user who set them. */
const sitesAfter = (
  before: readonly RecordSite[],
  given: readonly RecordSite[],
  { userId }: Viewer,
): RecordSite[] =>
  given.map((site) => before.find((old) => areSame([old], [site])) ?? { ...site, placedBy: userId })

function visitEveryAfter(
  before: SalesRecord | undefined,
  { visitEveryDays: given = before?.visitEveryDays }: RecordChange,
): Pick<SalesRecord, 'visitEveryDays'> {
  return typeof given === 'number' ? { visitEveryDays: given } : {}
}

function radiusAfter(
  before: SalesRecord | undefined,
  { verificationRadiusM: given }: RecordChange,
  { userId }: Viewer,
): Pick<SalesRecord, 'verificationRadiusM' | 'radiusSetBy'> {
  const radiusM = before?.verificationRadiusM ?? null
  if (given === undefined || given === radiusM) {
    const setBy = before?.radiusSetBy
    return { verificationRadiusM: radiusM, ...(setBy !== undefined && { radiusSetBy: setBy }) }
  }
  return { verificationRadiusM: given, ...(given !== null && { radiusSetBy: userId }) }
}
