import { Menu } from '@base-ui/react/menu'
import { useRouter } from '@tanstack/react-router'
import { Ellipsis, KeyRound, List, Pencil, ShieldCheck, ShieldOff, UserX } from 'lucide-react'

import type { User } from '../../api/users.ts'
import { buttonClass } from '../../parts/Button.tsx'
import { MenuPopup } from '../../parts/MenuPopup.tsx'
import { texts } from '../../texts/texts.ts'
import type { SaveUser } from './use-save-user.ts'

const { users: words } = texts

export type Dialog = 'edit' | 'password' | 'deactivate'

interface UserMenuProps {
  readonly user: User
  readonly isSelf: boolean
  readonly onSave: SaveUser
  readonly onDialog: (dialog: Dialog) => void
}

/** What an admin can do with a person. */
export function UserMenu({ user, isSelf, onSave, onDialog }: UserMenuProps) {
  const router = useRouter()
  const isAdmin = user.role === 'admin'
  const Shield = isAdmin ? ShieldOff : ShieldCheck
  const role = isAdmin ? 'user' : 'admin'
  const changeRole = () =>
    onSave(user, { role }, words.roleNow(user.name, role), { role: user.role })
  const seeVisits = () => void router.navigate({ to: '/visits', search: { rep: [user.id] } })
  return (
    <Menu.Root>
      <Menu.Trigger
        className={buttonClass({ kind: 'ghost', size: 'small', isIcon: true })}
        aria-label={words.more(user.name)}
      >
        <Ellipsis />
      </Menu.Trigger>
      <MenuPopup align="end">
        <Menu.Item className="item" onClick={seeVisits}>
          <List aria-hidden="true" />
          {words.seeVisits}
        </Menu.Item>
        <Menu.Item className="item" onClick={() => onDialog('edit')}>
          <Pencil aria-hidden="true" />
          {words.edit}
        </Menu.Item>
        {!isSelf && (
          <>
            <Menu.Item className="item" onClick={changeRole}>
              <Shield aria-hidden="true" />
              {isAdmin ? words.makeUser : words.makeAdmin}
            </Menu.Item>
            <Menu.Item className="item" onClick={() => onDialog('password')}>
              <KeyRound aria-hidden="true" />
              {words.newPassword}
            </Menu.Item>
            <Menu.Separator className="rule" />
            <Menu.Item className="item danger" onClick={() => onDialog('deactivate')}>
              <UserX aria-hidden="true" />
              {words.deactivate}
            </Menu.Item>
          </>
        )}
      </MenuPopup>
    </Menu.Root>
  )
}
