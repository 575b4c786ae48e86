import type { ReportKey, ReportRequest } from '../../domain/visit-reports.ts'
import type { AccountColumns } from './account-columns.ts'
import { recordConditionsOf } from './filters.ts'

/** The leads and contacts that some users own. */
export interface Assigned {
  readonly count: number
  /** Whether this record is one of them; by ordinal. */
  readonly holds: (record: number) => boolean
}

/** Who owns what, for the rows of a report. */
export class Assignments {
  readonly #columns: AccountColumns
  readonly #request: ReportRequest
  /** Records that the filter allows, by kind and owner. */
  readonly #counts: readonly [Uint32Array, Uint32Array]
  readonly #known = new Map<string, Assigned>()

  constructor(columns: AccountColumns, request: ReportRequest) {
    this.#columns = columns
    this.#request = request
    const { records, users } = columns
    const conditions = recordConditionsOf(columns, request.filter)
    this.#counts = [new Uint32Array(users.count), new Uint32Array(users.count)]
    for (let record = 0; record < records.count; record++) {
      if (records.stored[record] !== 1 || !conditions.every((accepts) => accepts(record))) continue
      const counts = this.#counts[records.kinds[record] === 0 ? 0 : 1]
      const owner = records.owners[record] ?? 0
      counts[owner] = (counts[owner] ?? 0) + 1
    }
  }

  /** What the users of a row own; undefined: its keys name nobody. */
  ofRow(keys: readonly ReportKey[], codes: readonly number[]): Assigned | undefined {
    const codeOf = (key: ReportKey) => codes[keys.indexOf(key)]
    const [creator, team, kind] = [codeOf('creator'), codeOf('team'), codeOf('resource_type')]
    if (creator === undefined && team === undefined) return undefined
    const name = `${creator} ${team} ${kind}`
    const known = this.#known.get(name)
    if (known) return known
    const owns = (owner: number) =>
      (creator === undefined || owner === creator) &&
      (team === undefined || this.#columns.managerOf(owner) === team)
    const found = this.#of(owns, kind)
    this.#known.set(name, found)
    return found
  }

  /** What all users that the viewer sees and the filter allows own. */
  ofTotals(): Assigned {
    const { viewer, filter } = this.#request
    const { users } = this.#columns
    const allowed = [
      ...(viewer.isAdmin ? [] : [this.#columns.teamOf(viewer.userId)]),
      ...(filter.below === undefined ? [] : [this.#columns.teamOf(filter.below)]),
      ...(filter.creatorIds ? [users.marks(filter.creatorIds)] : []),
    ]
    return this.#of((owner) => allowed.every((marks) => marks[owner] === 1))
  }

  #of(owns: (owner: number) => boolean, ofKind?: number): Assigned {
    const { records, users } = this.#columns
    let count = 0
    for (let owner = 1; owner < users.count; owner++) {
      if (!owns(owner)) continue
      for (const [kind, counts] of this.#counts.entries()) {
        if (ofKind === undefined || ofKind === kind) count += counts[owner] ?? 0
      }
    }
    return {
      count,
      holds: (record) => {
        const owner = records.owners[record] ?? 0
        return owner !== 0 && owns(owner)
      },
    }
  }
}
