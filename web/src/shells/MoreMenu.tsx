import { Menu } from '@base-ui/react/menu'
import type { SessionItem } from '@doorstep/client/sessions'
import { Link } from '@tanstack/react-router'
import { ChartColumn, Download, Ellipsis, MapPin, Search, Settings, Store } from 'lucide-react'

import { palette } from '../commands/palette.ts'
import { MenuPopup } from '../parts/MenuPopup.tsx'
import { texts } from '../texts/texts.ts'
import { AccountItems } from './AccountMenu.tsx'

const { shells } = texts

interface MoreMenuProps {
  readonly user: SessionItem['data']['user']
}

const screens = [
  { to: '/customers', name: shells.customers, Icon: Store },
  { to: '/reports', name: shells.reports, Icon: ChartColumn },
  { to: '/addresses', name: shells.addresses, Icon: MapPin },
  { to: '/settings', name: shells.settings, Icon: Settings },
] as const
const bringIn = { to: '/import', name: shells.import, Icon: Download } as const

/** What does not fit into the tab bar. */
export const MoreMenu = ({ user }: MoreMenuProps) => (
  <Menu.Root>
    <Menu.Trigger className="tab">
      <Ellipsis aria-hidden="true" />
      {shells.more}
    </Menu.Trigger>
    <MenuPopup side="top" align="end">
      <Menu.Item className="item" onClick={palette.search}>
        <Search aria-hidden="true" />
        {shells.search}
      </Menu.Item>
      {(user.role === 'admin' ? [...screens, bringIn] : screens).map(({ to, name, Icon }) => (
        <Menu.LinkItem key={to} className="item" closeOnClick render={<Link to={to} />}>
          <Icon aria-hidden="true" />
          {name}
        </Menu.LinkItem>
      ))}
      <Menu.Separator className="rule" />
      <AccountItems user={user} />
    </MenuPopup>
  </Menu.Root>
)
