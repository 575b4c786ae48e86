import { Menu } from '@base-ui/react/menu'
import { Link } from '@tanstack/react-router'
import { Ellipsis, FileText, MapPinX } from 'lucide-react'

import type { CustomerKey } from '../api/customers.ts'
import { MenuPopup } from '../parts/MenuPopup.tsx'
import { texts } from '../texts/texts.ts'

const words = texts.near.customer

interface CustomerMenuProps {
  readonly customerKey: CustomerKey
  /** Shows all of it. */
  readonly onAll: () => void
}

/** What is done more rarely. */
export const CustomerMenu = ({ customerKey: { type, id }, onAll }: CustomerMenuProps) => (
  <Menu.Root>
    <Menu.Trigger className="near-button more" aria-label={words.more}>
      <Ellipsis aria-hidden="true" />
    </Menu.Trigger>
    <MenuPopup align="end">
      <Menu.LinkItem
        className="item"
        closeOnClick
        render={<Link to="/customers/$type/$id/pin" params={{ type, id: String(id) }} />}
      >
        <MapPinX aria-hidden="true" />
        {words.proposePin}
      </Menu.LinkItem>
      <Menu.Item className="item" onClick={onAll}>
        <FileText aria-hidden="true" />
        {words.all}
      </Menu.Item>
    </MenuPopup>
  </Menu.Root>
)
