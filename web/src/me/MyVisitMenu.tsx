import { Menu } from '@base-ui/react/menu'
import type { Visit } from '@doorstep/contract/visits'
import { Link } from '@tanstack/react-router'
import { Ellipsis, Link2, MapPinX, Pencil, Store } from 'lucide-react'

import { copy } from '../parts/copy.ts'
import { MenuPopup } from '../parts/MenuPopup.tsx'
import { texts } from '../texts/texts.ts'
import { visitLink } from '../visits/visit-link.ts'

const { myVisits: words } = texts

const paramsOf = ({ resource_type: type, resource_id: id }: Visit) => ({ type, id: String(id) })

interface MyVisitMenuProps {
  readonly visit: Visit
  readonly onEdit: () => void
}

export const MyVisitMenu = ({ visit, onEdit }: MyVisitMenuProps) => (
  <Menu.Root>
    <Menu.Trigger className="more" aria-label={words.more}>
      <Ellipsis aria-hidden="true" />
    </Menu.Trigger>
    <MenuPopup align="end">
      <Menu.Item className="item" onClick={onEdit}>
        <Pencil aria-hidden="true" />
        {words.edit}
      </Menu.Item>
      <Menu.LinkItem
        className="item"
        closeOnClick
        render={<Link to="/customers/$type/$id" params={paramsOf(visit)} />}
      >
        <Store aria-hidden="true" />
        {words.openCustomer}
      </Menu.LinkItem>
      <Menu.LinkItem
        className="item"
        closeOnClick
        render={<Link to="/customers/$type/$id/pin" params={paramsOf(visit)} />}
      >
        <MapPinX aria-hidden="true" />
        {texts.near.customer.proposePin}
      </Menu.LinkItem>
      <Menu.Item
        className="item"
        onClick={() => void copy(visitLink(visit.id), texts.visits.linkCopied)}
      >
        <Link2 aria-hidden="true" />
        {texts.visit.copyLink}
      </Menu.Item>
    </MenuPopup>
  </Menu.Root>
)
