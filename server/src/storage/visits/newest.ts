import type { NewestVisit, Visit } from '../../domain/visits.ts'
import type { SqlTransaction } from '../database.ts'

interface Newest {
  readonly limit: number
  readonly hasEvidence: boolean
  readonly visits: readonly NewestVisit[]
}

/** People's newest visits, read once in a transaction, however many each of them logs in it. */
export class NewestVisits {
  readonly #tx: SqlTransaction
  readonly #account: number
  readonly #known = new Map<number, Newest>()

  constructor(tx: SqlTransaction, account: number) {
    this.#tx = tx
    this.#account = account
  }

  async find(creatorId: number, limit: number, withEvidence: boolean): Promise<NewestVisit[]> {
    const known = this.#known.get(creatorId)
    if (known?.limit === limit && (known.hasEvidence || !withEvidence)) return [...known.visits]
    const rows = await this.#tx.query(
      `select visited_at, latitude, longitude${withEvidence ? ', evidence' : ''} from visits
       where account_id = :account and creator_id = :creatorId
       order by visited_at desc limit ${Number(limit)}`,
      { account: this.#account, creatorId },
    )
    const visits = rows.map(({ visited_at: visitedAt, latitude, longitude, evidence }) => ({
      visitedAt: Number(visitedAt),
      latitude: typeof latitude === 'number' ? latitude : null,
      longitude: typeof longitude === 'number' ? longitude : null,
      ...(withEvidence && { evidence: typeof evidence === 'string' ? evidence : null }),
    }))
    this.#known.set(creatorId, { limit, hasEvidence: withEvidence, visits })
    return visits
  }

  /** The visit was added to the creator's. */
  add({ creatorId, visitedAt, latitude, longitude, evidence }: Visit): void {
    const known = this.#known.get(creatorId)
    if (!known) return
    const { visits } = known
    const visit = { visitedAt, latitude, longitude, evidence }
    const place = visits.findIndex((each) => each.visitedAt <= visitedAt)
    const before = place < 0 ? visits.length : place
    this.#known.set(creatorId, {
      ...known,
      visits: [...visits.slice(0, before), visit, ...visits.slice(before)].slice(0, known.limit),
    })
  }

  /** Visits were changed. */
  forget(): void {
    this.#known.clear()
  }
}
