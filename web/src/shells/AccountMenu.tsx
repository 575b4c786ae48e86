import { Menu } from '@base-ui/react/menu'
import type { SessionItem } from '@doorstep/client/sessions'
import { BookOpen, Check, LogOut } from 'lucide-react'
import { useState } from 'react'

import { basePath } from '../base-path.ts'
import { Avatar } from '../parts/Avatar.tsx'
import { MenuPopup } from '../parts/MenuPopup.tsx'
import { chosenTheme, chooseTheme, themes } from '../parts/theme-choice.ts'
import { useSignOut } from '../session/use-sign-out.ts'
import { texts } from '../texts/texts.ts'

const { shells } = texts

interface AccountMenuProps {
  readonly user: SessionItem['data']['user']
}

function ThemeChoice() {
  const [theme, setTheme] = useState(chosenTheme)
  return (
    <Menu.RadioGroup
      value={theme}
      onValueChange={(value: (typeof themes)[number]) => {
        chooseTheme(value)
        setTheme(value)
      }}
    >
      {themes.map((each) => (
        <Menu.RadioItem key={each} className="item" value={each} closeOnClick={false}>
          <Menu.RadioItemIndicator keepMounted className="tick">
            <Check aria-hidden="true" />
          </Menu.RadioItemIndicator>
          {shells.themes[each]}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  )
}

/** Who is signed in; the theme, the documentation and the way out. */
export function AccountItems({ user }: AccountMenuProps) {
  const { signOut } = useSignOut()
  return (
    <>
      <div className="who">
        <b dir="auto" className="ellipsis">
          {user.name}
        </b>
        <span dir="auto" className="faint small ellipsis">
          {user.email}
        </span>
      </div>
      <Menu.Separator className="rule" />
      <Menu.Group>
        <Menu.GroupLabel className="eyebrow">{shells.theme}</Menu.GroupLabel>
        <ThemeChoice />
      </Menu.Group>
      <Menu.Separator className="rule" />
      <Menu.LinkItem className="item" href={`${basePath}/docs`}>
        <BookOpen aria-hidden="true" />
        {shells.documentation}
      </Menu.LinkItem>
      <Menu.Item className="item" onClick={signOut}>
        <LogOut aria-hidden="true" />
        {shells.signOut}
      </Menu.Item>
    </>
  )
}

/** The desk's, at the foot of the rail. */
export const AccountMenu = ({ user }: AccountMenuProps) => (
  <Menu.Root>
    <Menu.Trigger className="account" aria-label={shells.account(user.name)}>
      <Avatar id={user.id} name={user.name} />
    </Menu.Trigger>
    <MenuPopup side="right" align="end">
      <AccountItems user={user} />
    </MenuPopup>
  </Menu.Root>
)
