import { printSeconds } from '../domain/clock.ts'
import type { VisitedRecord } from '../domain/records.ts'
import type { Queries } from '../domain/store.ts'
import { outcomeEmbed } from '../domain/visit-outcomes.ts'
import type { ResourceKind, VisitOutcomeEmbed } from '../domain/visits.ts'
import { recordsOf } from './records.ts'

/** An attribute that names a lead, contact or outcome that cannot be used. */
export interface ReferenceProblem {
  /** JSON pointer into `data`. */
  readonly field: '/resource_id' | '/outcome_id'
  /** The rest of a sentence that begins with the attribute. */
  readonly why: string
}

/** The lead or contact and the outcome that a draft names, if the account has them. */
export interface References {
  readonly record: VisitedRecord | undefined
  readonly outcome: VisitOutcomeEmbed | null
  readonly problems: readonly ReferenceProblem[]
}

/** Looks up the references of a draft. Attributes that are absent are not checked. */
export async function findReferences(
  queries: Pick<Queries, 'leads' | 'contacts' | 'visitOutcomes' | 'users'>,
  draft: {
    readonly resourceKind?: ResourceKind
    readonly resourceId?: number
    readonly outcomeId?: number | null
  },
): Promise<References> {
  const problems: ReferenceProblem[] = []
  const { resourceKind: kind, resourceId, outcomeId } = draft
  const isNamed = kind !== undefined && resourceId !== undefined
  const [record, outcomes] = await Promise.all([
    isNamed ? recordsOf(queries, kind).findVisited(resourceId) : undefined,
    typeof outcomeId === 'number' ? queries.visitOutcomes.find([outcomeId]) : undefined,
  ])
  if (isNamed && !record) {
    problems.push({
      field: '/resource_id',
      why:
        `must name an existing ${kind}, given: ${resourceId}` +
        (await describeDeletion(queries, kind, resourceId)),
    })
  }
  if (typeof outcomeId !== 'number') return { record, outcome: null, problems }
  const outcome = outcomes?.get(outcomeId)
  if (!outcome?.isActive) {
    const why = `must name an ${outcome ? 'active' : 'existing'} outcome, given: ${outcomeId}`
    problems.push({ field: '/outcome_id', why })
  }
  return { record, outcome: outcome ? outcomeEmbed(outcome) : null, problems }
}

/** The end of a sentence that says who deleted a record and when; empty: nobody did. */
export async function describeDeletion(
  queries: Pick<Queries, 'leads' | 'contacts' | 'users'>,
  kind: ResourceKind,
  id: number,
): Promise<string> {
  const deletion = await recordsOf(queries, kind).findDeletion(id)
  if (!deletion) return ''
  const { by, at } = deletion
  const name = by === null ? undefined : (await queries.users.find([by])).get(by)?.name
  const who = by === null ? '' : ` by user ${by}${name === undefined ? '' : ` (${name})`}`
  return `, which was deleted${who}${at === null ? '' : ` at ${printSeconds(at)}`}`
}
