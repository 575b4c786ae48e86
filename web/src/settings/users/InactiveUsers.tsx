import type { User } from '../../api/users.ts'
import { Avatar } from '../../parts/Avatar.tsx'
import { Button } from '../../parts/Button.tsx'
import { date } from '../../texts/format.ts'
import { texts } from '../../texts/texts.ts'
import { SettingsBox } from '../SettingsBox.tsx'
import type { SaveUser } from './use-save-user.ts'

const { users: words } = texts

interface InactiveUsersProps {
  readonly users: readonly User[]
  readonly isAdmin: boolean
  readonly onSave: SaveUser
}

/** Those who cannot sign in any more; their visits stay. */
export const InactiveUsers = ({ users, isAdmin, onSave }: InactiveUsersProps) => (
  <SettingsBox title={words.inactive} about={words.inactiveHelp} className="inactive-users">
    <ul>
      {users.map((user) => (
        <li key={user.id}>
          <Avatar id={user.id} name={user.name} />
          <b dir="auto" className="ellipsis">
            {user.name}
          </b>
          <span dir="auto" className="ellipsis muted">
            {user.email}
          </span>
          <span className="faint when">{words.changedOn(date(user.updated_at))}</span>
          {isAdmin && (
            <Button
              size="small"
              aria-label={words.reactivateName(user.name)}
              onClick={() =>
                onSave(user, { status: 'active' }, words.activeNow(user.name), {
                  status: 'inactive',
                })
              }
            >
              {words.reactivate}
            </Button>
          )}
        </li>
      ))}
    </ul>
  </SettingsBox>
)
