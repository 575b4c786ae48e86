import { Menu } from '@base-ui/react/menu'
import { ChevronRight } from 'lucide-react'

import { AddFilter } from '../parts/Filter.tsx'
import { MenuPopup } from '../parts/MenuPopup.tsx'
import { ChoiceItems } from './ChoiceMenu.tsx'
import type { RareFilter } from './rare-filters.ts'

interface MoreFiltersProps {
  /** Those that are not set yet. */
  readonly filters: readonly RareFilter[]
}

/** The filters that are shown only once they are set. */
export const MoreFilters = ({ filters }: MoreFiltersProps) => (
  <Menu.Root modal={false}>
    <Menu.Trigger render={<AddFilter />} />
    <MenuPopup>
      {filters.map((filter) => (
        <Menu.SubmenuRoot key={filter.name}>
          <Menu.SubmenuTrigger className="item">
            {filter.name}
            <ChevronRight className="end" aria-hidden="true" />
          </Menu.SubmenuTrigger>
          <MenuPopup side="right">
            <ChoiceItems {...filter} />
          </MenuPopup>
        </Menu.SubmenuRoot>
      ))}
    </MenuPopup>
  </Menu.Root>
)
