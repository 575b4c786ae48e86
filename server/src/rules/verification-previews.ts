import type { VerificationReason, VerificationStatus } from '../domain/findings.ts'
import type { Queries } from '../domain/store.ts'
import { type Visit, resourceKind } from '../domain/visits.ts'
import { bearingOf, distanceM } from './distance.ts'
import { type Measured, readMeasured } from './evidence.ts'
import { verdictByDistance } from './verification.ts'

/** A visit as it is judged, and as it would be with another radius. */
export interface PreviewedVisit {
  readonly id: number
  readonly distanceM: number
  /** From the record to the rep, in degrees from north; null: where the rep was is deleted. */
  readonly bearing: number | null
  readonly accuracyM: number
  readonly statusNow: VerificationStatus
  readonly statusThen: VerificationStatus
}

/** Visits that are read for one preview, in steps: most of a desk's have no distance. */
const stepMax = 500
const stepsMax = 10

/** The reasons that a distance and an accuracy lead to. */
const byDistance: readonly VerificationReason[] = [
  'stale_fix',
  'inaccurate_fix',
  'within_radius',
  'outside_radius',
  'borderline',
]

/**
 * The newest visits whose distance is known, at most `limit`, as the account's radius would judge
 * them. Changes nothing. Records with a radius of their own keep it.
 */
export async function previewRadius(
  queries: Queries,
  radiusM: number,
  limit: number,
): Promise<PreviewedVisit[]> {
  const previewed: PreviewedVisit[] = []
  let beforeId = Number.MAX_SAFE_INTEGER
  for (let step = 0; step < stepsMax && previewed.length < limit; step++) {
    const visits = await queries.visits.findLogged(beforeId, stepMax)
    const owning = await findOwnRadius(queries, visits)
    for (const visit of visits) {
      const measured = readMeasured(visit)
      if (measured) previewed.push(previewOf(visit, measured, owning.has(visit) ? null : radiusM))
    }
    const last = visits.at(-1)
    if (!last || visits.length < stepMax) break
    beforeId = last.id
  }
  return previewed.slice(0, limit)
}

/** Those to records that have a radius of their own. */
async function findOwnRadius(
  { leads, contacts }: Queries,
  visits: readonly Visit[],
): Promise<Set<Visit>> {
  const idsOf = (kind: 'lead' | 'contact') => [
    ...new Set(visits.filter((each) => kindOf(each) === kind).map((each) => each.resourceId)),
  ]
  const records = {
    lead: await leads.find(idsOf('lead')),
    contact: await contacts.find(idsOf('contact')),
  }
  return new Set(
    visits.filter((visit) => {
      const record = records[kindOf(visit)].get(visit.resourceId)
      return record !== undefined && record.verificationRadiusM !== null
    }),
  )
}

const kindOf = ({ resourceType }: Visit) => resourceKind(resourceType)

/** `radiusM` null: the verdict stays. */
function previewOf(visit: Visit, measured: Measured, radiusM: number | null): PreviewedVisit {
  const { id, latitude, longitude, status } = visit
  const rep = latitude === null || longitude === null ? null : { latitude, longitude }
  const exactM = rep ? distanceM(measured.point, rep) : measured.distanceM
  const isJudged = radiusM !== null && byDistance.includes(measured.reason)
  return {
    id,
    distanceM: measured.distanceM,
    bearing: rep && (Math.round(bearingOf(measured.point, rep) * 10) / 10) % 360,
    accuracyM: measured.accuracyM,
    statusNow: status,
    statusThen: isJudged ? verdictByDistance(measured, exactM, radiusM).status : status,
  }
}
