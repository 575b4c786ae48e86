import { Ordinals } from './ordinals.ts'
import { RecordColumns } from './record-columns.ts'
import { VisitColumns } from './visit-columns.ts'

/** What sums of an account need of its visits, leads, contacts and users, as numbers. */
export class AccountColumns {
  readonly visits = new VisitColumns()
  readonly records = new RecordColumns()
  /** Users, and whoever created or owns something. */
  readonly users = new Ordinals()
  readonly outcomes = new Ordinals()
  /** Whom each user reports to, by ordinal; 0: nobody. */
  readonly managers: number[] = []

  get bytes(): number {
    return this.visits.bytes + this.records.bytes
  }

  setManager(user: number, manager: number | null): void {
    const ordinal = this.users.of(user)
    this.managers[ordinal] = this.users.of(manager)
  }

  managerOf(person: number): number {
    return this.managers[person] ?? 0
  }

  /** 1 for the user and everyone below them, by ordinal. */
  teamOf(user: number): Uint8Array {
    const top = this.users.of(user)
    const below = new Map<number, number[]>()
    for (const [person, manager] of this.managers.entries()) {
      if (manager === undefined || manager === 0) continue
      const reports = below.get(manager)
      if (reports) reports.push(person)
      else below.set(manager, [person])
    }
    const marks = new Uint8Array(this.users.count)
    const waiting = [top]
    for (let person = waiting.pop(); person !== undefined; person = waiting.pop()) {
      if (marks[person] === 1) continue
      marks[person] = 1
      waiting.push(...(below.get(person) ?? []))
    }
    return marks
  }
}
