import type { Logged } from '../../api/user-activity.ts'
import type { User } from '../../api/users.ts'
import { texts } from '../../texts/texts.ts'
import { sightChange, type Teams } from './teams.ts'
import type { SaveUser } from './use-save-user.ts'
import { UserPicker } from './UserPicker.tsx'

const { users: words } = texts

interface ReportsToProps {
  readonly user: User
  readonly users: readonly User[]
  readonly teams: Teams
  readonly logged: Logged | undefined
  readonly onSave: SaveUser
}

/** Whom somebody reports to, and who would see what if it were somebody else. */
export function ReportsTo({ user, users, teams, logged, onSave }: ReportsToProps) {
  const manager = teams.find(user.reports_to)
  const below = new Set(teams.below(user.id).map(({ id }) => id))
  const rank = (each: User) =>
    each.id === manager?.id ? -1 : 1 / (1 + teams.reportsOf(each.id).length)
  const candidates = users
    .filter(({ id }) => id !== user.id && !below.has(id))
    .toSorted((a, b) => rank(a) - rank(b))
  const consequence = (chosen: User | undefined) => {
    if (chosen?.id === manager?.id) return words.asItIs
    const { gain, lose } = sightChange(teams, user, chosen?.id ?? null)
    return words.sight({
      name: user.name,
      visits: logged?.visits ?? 0,
      below: below.size,
      gain,
      lose,
    })
  }
  return (
    <UserPicker
      name={words.reportsToOf(user.name)}
      value={manager}
      users={candidates}
      hasNobody
      isQuiet
      aside={({ id }) => {
        const count = teams.below(id).length
        return count > 0 ? words.people(count) : undefined
      }}
      consequence={consequence}
      onUser={(chosen) => {
        if (chosen?.id === manager?.id) return
        onSave(
          user,
          { reports_to: chosen?.id ?? null },
          words.reportsNow(user.name, chosen?.name),
          { reports_to: user.reports_to },
        )
      }}
    />
  )
}
