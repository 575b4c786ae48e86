import { Menu } from '@base-ui/react/menu'
import { Ellipsis, FileText } from 'lucide-react'

import { MenuPopup } from '../parts/MenuPopup.tsx'
import { texts } from '../texts/texts.ts'

const words = texts.near.customer

interface CustomerMenuProps {
  /** Shows all of it, where the pin can be moved or proposed. */
  readonly onAll: () => void
}

/** What is done more rarely. */
export const CustomerMenu = ({ onAll }: CustomerMenuProps) => (
  <Menu.Root>
    <Menu.Trigger className="near-button more" aria-label={words.more}>
      <Ellipsis aria-hidden="true" />
    </Menu.Trigger>
    <MenuPopup align="end">
      <Menu.Item className="item" onClick={onAll}>
        <FileText aria-hidden="true" />
        {words.all}
      </Menu.Item>
    </MenuPopup>
  </Menu.Root>
)
