import type { NewestVisit, Visit } from '../../domain/visits.ts'
import type { SqlTransaction } from '../database.ts'

interface Newest {
  readonly limit: number
  readonly hasEvidence: boolean
  readonly visits: readonly NewestVisit[]
}

/** Newest visits by creator: read once in a transaction, however many visits it adds. */
export class NewestVisits {
  readonly #tx: SqlTransaction
  readonly #account: number
  readonly #cached = new Map<number, Newest>()

  constructor(tx: SqlTransaction, account: number) {
    this.#tx = tx
    this.#account = account
  }

  async find(creatorId: number, limit: number, withEvidence: boolean): Promise<NewestVisit[]> {
    const cached = this.#cached.get(creatorId)
    if (cached?.limit === limit && (cached.hasEvidence || !withEvidence)) return [...cached.visits]
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
    this.#cached.set(creatorId, { limit, hasEvidence: withEvidence, visits })
    return visits
  }

  /** Adds a new visit to the cached ones of its creator. */
  add({ creatorId, visitedAt, latitude, longitude, evidence }: Visit): void {
    const cached = this.#cached.get(creatorId)
    if (!cached) return
    const { visits } = cached
    const visit = { visitedAt, latitude, longitude, evidence }
    const place = visits.findIndex((each) => each.visitedAt <= visitedAt)
    const before = place < 0 ? visits.length : place
    this.#cached.set(creatorId, {
      ...cached,
      visits: [...visits.slice(0, before), visit, ...visits.slice(before)].slice(0, cached.limit),
    })
  }

  /** To be called when visits were changed. */
  clear(): void {
    this.#cached.clear()
  }
}
