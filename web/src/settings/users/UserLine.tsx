import { Link } from '@tanstack/react-router'
import { ChevronDown, ChevronRight } from 'lucide-react'
import type { CSSProperties } from 'react'

import { lately, type Logged, type UserActivity } from '../../api/user-activity.ts'
import type { User } from '../../api/users.ts'
import { Avatar } from '../../parts/Avatar.tsx'
import { Tag } from '../../parts/Tag.tsx'
import { count } from '../../texts/format.ts'
import { texts } from '../../texts/texts.ts'
import { lastSeen } from './last-seen.ts'
import { LocationLately } from './LocationLately.tsx'
import { ReportsTo } from './ReportsTo.tsx'
import type { UserRow, Teams } from './teams.ts'
import type { SaveUser } from './use-save-user.ts'
import { type Dialog, UserMenu } from './UserMenu.tsx'

const { users: words } = texts

/** What all lines need. */
export interface UsersContext {
  readonly users: readonly User[]
  readonly teams: Teams
  readonly logged: ReadonlyMap<number, Logged> | undefined
  readonly activities: ReadonlyMap<number, UserActivity | null> | undefined
  readonly selfId: number | undefined
  readonly isAdmin: boolean
  readonly now: number
  readonly onSave: SaveUser
  readonly onDialog: (user: User, dialog: Dialog) => void
  readonly onFold: (id: number) => void
}

interface NameProps {
  readonly row: UserRow
  readonly isSelf: boolean
  readonly onFold: (id: number) => void
}

function Name({ row, isSelf, onFold }: NameProps) {
  const { user, below, isOpen } = row
  const Chevron = isOpen ? ChevronDown : ChevronRight
  return (
    <span role="cell" className="person">
      {below > 0 ? (
        <button
          type="button"
          className="fold"
          aria-expanded={isOpen}
          aria-label={words.teamOf(user.name)}
          onClick={() => onFold(user.id)}
        >
          <Chevron aria-hidden="true" />
        </button>
      ) : (
        <span className="fold" />
      )}
      <Avatar id={user.id} name={user.name} />
      <b dir="auto" className="ellipsis" title={user.name}>
        {user.name}
      </b>
      {below > 0 && <span className="faint small num">{count(below)}</span>}
      {isSelf && <Tag>{words.you}</Tag>}
      {user.identity_type === 'integration' && <Tag>{words.program}</Tag>}
    </span>
  )
}

const none = { visits: 0, off: 0 }

function Visits({ user, logged }: { readonly user: User; readonly logged: Logged }) {
  if (logged.visits === 0) return <span className="faint">{words.nothing}</span>
  return (
    <Link className="link num" to="/visits" search={{ rep: [user.id], last: lately }}>
      {count(logged.visits)}
      <span className="unit" aria-hidden="true">{` ${words.unit(logged.visits)}`}</span>
      <span className="unseen">{` ${words.visitsOf(user.name)}`}</span>
    </Link>
  )
}

interface UserLineProps extends UsersContext {
  readonly row: UserRow
  readonly index: number
  readonly style: CSSProperties
}

export function UserLine(props: UserLineProps) {
  const { row, index, style, teams, logged, activities, selfId, isAdmin, now, onSave, onDialog } =
    props
  const { user } = row
  const own = logged?.get(user.id) ?? none
  const activity = activities?.get(user.id)
  return (
    <div
      role="row"
      className="line"
      style={{ ...style, '--depth': row.depth }}
      aria-rowindex={index + 2}
    >
      <Name row={row} isSelf={user.id === selfId} onFold={props.onFold} />
      <span role="cell" dir="auto" className="email ellipsis muted" title={user.email}>
        {user.email}
      </span>
      <span role="cell" className="rank">
        {words.ranks[teams.rankOf(user)]}
      </span>
      <span role="cell" dir="auto" className="manager ellipsis">
        <span className="unit muted" aria-hidden="true">
          {words.alsoReportsTo}
        </span>
        {isAdmin ? (
          <ReportsTo {...props} user={user} logged={own} />
        ) : (
          (teams.find(user.reports_to)?.name ?? <span className="faint">{words.nobody}</span>)
        )}
      </span>
      <span role="cell" className="visits">
        {logged && <Visits user={user} logged={own} />}
      </span>
      <span role="cell" className="lately">
        {activity && logged && <LocationLately activity={activity} logged={own} />}
        {activity === null && <span className="faint">{words.nothing}</span>}
      </span>
      <span role="cell" className="seen muted num">
        <span className="unit" aria-hidden="true">
          {words.seenAt}
        </span>
        {activity && lastSeen(activity.last_seen_at, now)}
        {activity === null && <span className="faint">{words.nothing}</span>}
      </span>
      <span role="cell" className="menu-cell">
        {isAdmin && (
          <UserMenu
            user={user}
            isSelf={user.id === selfId}
            onSave={onSave}
            onDialog={(dialog) => onDialog(user, dialog)}
          />
        )}
      </span>
    </div>
  )
}
