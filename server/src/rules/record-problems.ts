import type { Viewer } from '../domain/actor.ts'
import type { Attributes } from '../domain/record-attributes.ts'
import { type AttributeProblem, storedAttributes, type RecordKind } from '../domain/record-kinds.ts'
import type { RecordPoint, RecordSite, RecordQueries, SalesRecord } from '../domain/records.ts'
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

/**
 * The customer's location decides what is verified. So an owner who is not an admin may place a
 * record without a point, but only their managers may move it, or change its radius or sites.
 */
export async function findPinProblems(
  records: Pick<RecordQueries, 'findSites'>,
  actor: Viewer,
  before: SalesRecord | undefined,
  after: SalesRecord,
  sites: readonly RecordSite[] | undefined,
): Promise<AttributeProblem[]> {
  if (!before?.point || actor.isAdmin || before.ownerId !== actor.userId) return []
  const why = 'can only be changed by your manager: propose a place with POST /v2/pin_changes'
  const problem = (field: string): AttributeProblem => ({ field, code: 'incorrect_value', why })
  const isMoved = after.point !== null && print([after.point]) !== print([before.point])
  const isWidened = after.verificationRadiusM !== before.verificationRadiusM
  const stored = sites && (await records.findSites(before.id))
  return [
    ...(isMoved ? [problem('/latitude')] : []),
    ...(isWidened ? [problem('/verification_radius_m')] : []),
    ...(print(sites) === print(stored) ? [] : [problem('/sites')]),
  ]
}

/** Equal for equal places, whatever the order of their fields. */
const print = (places: readonly (RecordPoint & Partial<RecordSite>)[] = []): string =>
  JSON.stringify(
    places.map(({ name = null, latitude, longitude, precision }) => [
      name,
      latitude,
      longitude,
      precision,
    ]),
  )
