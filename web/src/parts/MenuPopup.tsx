import './menu.css'
import { Menu } from '@base-ui/react/menu'
import type { ReactNode } from 'react'

interface MenuPopupProps {
  readonly children: ReactNode
  readonly side?: 'bottom' | 'right' | 'top' | 'left' | undefined
  readonly align?: 'start' | 'center' | 'end' | undefined
}

/** What a Menu.Trigger opens; items have the class `item`. */
export const MenuPopup = ({ children, side = 'bottom', align = 'start' }: MenuPopupProps) => (
  <Menu.Portal>
    <Menu.Positioner className="float" side={side} align={align} sideOffset={6}>
      <Menu.Popup className="menu">{children}</Menu.Popup>
    </Menu.Positioner>
  </Menu.Portal>
)
