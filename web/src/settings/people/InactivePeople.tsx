import type { User } from '../../api/people.ts'
import { Avatar } from '../../parts/Avatar.tsx'
import { Button } from '../../parts/Button.tsx'
import { date } from '../../texts/format.ts'
import { texts } from '../../texts/texts.ts'
import { SettingsBox } from '../SettingsBox.tsx'
import type { SavePerson } from './use-save-person.ts'

const { people: words } = texts

interface InactivePeopleProps {
  readonly users: readonly User[]
  readonly isAdmin: boolean
  readonly onSave: SavePerson
}

/** Those who cannot sign in any more; their visits stay. */
export const InactivePeople = ({ users, isAdmin, onSave }: InactivePeopleProps) => (
  <SettingsBox title={words.inactive} about={words.inactiveHelp} className="inactive-people">
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
