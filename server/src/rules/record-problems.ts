import type { Viewer } from '../domain/actor.ts'
import type { Attributes } from '../domain/record-attributes.ts'
import { type AttributeProblem, storedAttributes, type RecordKind } from '../domain/record-kinds.ts'
import type { RecordPoint, RecordSite, SalesRecord } from '../domain/records.ts'
import type { Queries } from '../domain/store.ts'

/** How large the attributes of one record may grow, in characters of JSON. */
const attributesLengthMax = 256 * 1024

/** Attributes that make the record too large. */
export const findSizeProblems = ({ attributes }: SalesRecord): AttributeProblem[] =>
  attributes.length > attributesLengthMax
    ? [{ field: '/custom_fields', code: 'incorrect_value', why: 'makes the record too large' }]
    : []

/** What a client gives of a point. Attributes that are absent stay as they are. */
export interface PointChange {
  /** Degrees, WGS 84. */
  readonly latitude?: number | null | undefined
  readonly longitude?: number | null | undefined
  readonly precision?: RecordPoint['precision'] | null | undefined
}

/** Coordinates or a precision that lack the rest of a point. */
export function findPointProblems({
  latitude,
  longitude,
  precision,
}: PointChange): AttributeProblem[] {
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
    const needed = 'must be given with location_precision'
    return [{ field: '/latitude', code: 'missing', why: needed }]
  }
  return []
}

/** A new owner who is not a user. */
export async function findOwnerProblems(
  tx: Queries,
  ownerId: number | null,
  before: SalesRecord | undefined,
): Promise<AttributeProblem[]> {
  if (ownerId === null || ownerId === before?.ownerId) return []
  if ((await tx.users.find([ownerId])).has(ownerId)) return []
  const why = `must name an existing user, given: ${ownerId}`
  return [{ field: '/owner_id', code: 'incorrect_value', why }]
}

/** References to organizations that are new and do not name another one. */
export async function findContactProblems(
  tx: Queries,
  kind: RecordKind,
  id: number | undefined,
  before: Attributes | undefined,
  after: Attributes,
): Promise<AttributeProblem[]> {
  const problems: AttributeProblem[] = []
  for (const name of kind.contactReferences) {
    const namedId = after[name]
    if (typeof namedId !== 'number' || namedId === before?.[name]) continue
    const contact = (await tx.contacts.find([namedId])).get(namedId)
    const isOrganization = contact && storedAttributes(contact)['is_organization'] === true
    if (isOrganization && namedId !== id) continue
    const why = `must name another contact that is an organization, given: ${namedId}`
    problems.push({ field: `/${name}`, code: 'incorrect_value', why })
  }
  return problems
}

/** What a change does to the places that decide what is verified. */
export interface PlaceChange {
  /** The owner before the change, or of a new record. */
  readonly ownerId: number | null
  readonly isPointReplaced: boolean
  readonly isRadiusChanged: boolean
  readonly areSitesChanged: boolean
}

/**
 * The customer's location decides what is verified. So only admins and managers above the owner may
 * move or remove a point and set radius and sites. An owner may place a record that has no point.
 */
export async function findPinProblems(
  tx: Queries,
  actor: Viewer,
  { ownerId, isPointReplaced, isRadiusChanged, areSitesChanged }: PlaceChange,
): Promise<AttributeProblem[]> {
  const fields = [
    ...(isPointReplaced ? ['/latitude'] : []),
    ...(isRadiusChanged ? ['/verification_radius_m'] : []),
    ...(areSitesChanged ? ['/sites'] : []),
  ]
  if (fields.length === 0 || actor.isAdmin) return []
  const team = await tx.users.findTeam(actor.userId)
  if (ownerId !== null && ownerId !== actor.userId && team.has(ownerId)) return []
  const why =
    'can only be set by an admin or a manager above the owner: ' +
    'propose a place with POST /v2/pin_changes'
  return fields.map((field) => ({ field, code: 'incorrect_value', why }))
}

/** Whether the places are equal, whoever set them and whatever the order of their fields. */
export const areSame = (
  one: readonly (RecordPoint & Partial<RecordSite>)[],
  other: readonly (RecordPoint & Partial<RecordSite>)[],
): boolean => print(one) === print(other)

const print = (places: readonly (RecordPoint & Partial<RecordSite>)[]): string =>
  JSON.stringify(
    places.map(({ name = null, latitude, longitude, precision }) => [
      name,
      latitude,
      longitude,
      precision,
    ]),
  )
