import type { User } from '../../api/users.ts'
import type { UsersSearch, Rank } from './users-search.ts'

export interface UserRow {
  readonly user: User
  /** How far below the top of the team. */
  readonly depth: number
  /** Everybody below. */
  readonly below: number
  readonly isOpen: boolean
}

export const isInvited = ({ status, invited, confirmed }: User): boolean =>
  status === 'inactive' && invited && !confirmed

/** Who reports to whom, among those who are active. */
export class Teams {
  readonly #byId: ReadonlyMap<number, User>
  readonly #reports = new Map<number, User[]>()

  constructor(users: readonly User[]) {
    this.#byId = new Map(users.map((user) => [user.id, user]))
    for (const user of users) {
      const { reports_to: manager } = user
      if (manager === null) continue
      this.#reports.set(manager, [...(this.#reports.get(manager) ?? []), user])
    }
  }

  find(id: number | null): User | undefined {
    return id === null ? undefined : this.#byId.get(id)
  }

  reportsOf(id: number): readonly User[] {
    return this.#reports.get(id) ?? []
  }

  /** Everybody below, however far; a circle ends where it began. */
  below(id: number, seen: ReadonlySet<number> = new Set([id])): readonly User[] {
    const next = this.reportsOf(id).filter((user) => !seen.has(user.id))
    const all = new Set([...seen, ...next.map((user) => user.id)])
    return next.flatMap((user) => [user, ...this.below(user.id, all)])
  }

  /** The one with this id and those above, from below. */
  upFrom(id: number | null): readonly User[] {
    const chain: User[] = []
    for (let user = this.find(id); user && !chain.includes(user);) {
      chain.push(user)
      user = this.find(user.reports_to)
    }
    return chain
  }

  rankOf({ id, role }: User): Rank {
    if (role === 'admin') return 'admin'
    return this.reportsOf(id).length > 0 ? 'manager' : 'rep'
  }

  /** Those whom nobody active leads. A circle begins with its first. */
  tops(): readonly User[] {
    const users = [...this.#byId.values()]
    const reached = new Set<number>()
    const isTop = (user: User) => this.find(user.reports_to) === undefined
    return [...users.filter(isTop), ...users.filter((user) => !isTop(user))].filter((user) => {
      if (reached.has(user.id)) return false
      for (const each of [user, ...this.below(user.id)]) reached.add(each.id)
      return true
    })
  }
}

const plain = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()

/** Whether each word that was typed begins a word of the name, the e-mail address or a part of it. */
export function isMatch({ name, email }: User, q: string): boolean {
  const address = plain(email)
  const beginnings = [...plain(name).split(/[\s-]+/), address, ...address.split(/[^a-z0-9]+/)]
  return plain(q)
    .trim()
    .split(/\s+/)
    .every((word) => beginnings.some((each) => each.startsWith(word)))
}

/** The rows of the table: a tree of teams, or a list where something is looked for. */
export function rowsOf(
  users: readonly User[],
  teams: Teams,
  { q, role, order }: UsersSearch,
  closed: ReadonlySet<number>,
): readonly UserRow[] {
  if (q !== undefined || role !== undefined || order === 'name') {
    return users
      .filter((user) => role === undefined || teams.rankOf(user) === role)
      .filter((user) => q === undefined || isMatch(user, q))
      .map((user) => ({ user, depth: 0, below: 0, isOpen: false }))
  }
  const seen = new Set<number>()
  const under = (user: User, depth: number): readonly UserRow[] => {
    if (seen.has(user.id)) return []
    seen.add(user.id)
    const below = teams.below(user.id).length
    const isOpen = !closed.has(user.id)
    const row = { user, depth, below, isOpen }
    if (!isOpen) return [row]
    const reports = teams.reportsOf(user.id)
    // Those with a team of their own first, as on the chart of an organisation.
    const size = ({ id }: User) => (teams.reportsOf(id).length > 0 ? 0 : 1)
    const ordered = reports.toSorted((a, b) => size(a) - size(b))
    return [row, ...ordered.flatMap((each) => under(each, depth + 1))]
  }
  return teams
    .tops()
    .toSorted((a, b) => teams.below(b.id).length - teams.below(a.id).length)
    .flatMap((user) => under(user, 0))
}

/** Who would see the visits of a person and who would not any more, if they reported to somebody else. */
export function sightChange(teams: Teams, user: User, managerId: number | null) {
  const isBlind = ({ role }: User) => role !== 'admin'
  const before = teams.upFrom(user.reports_to).filter(isBlind)
  const after = teams.upFrom(managerId).filter(isBlind)
  return {
    gain: after.filter((each) => !before.includes(each)).map(({ name }) => name),
    lose: before.filter((each) => !after.includes(each)).map(({ name }) => name),
  }
}
