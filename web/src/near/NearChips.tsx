import '../parts/phone-chip.css'
import { Menu } from '@base-ui/react/menu'
import { useQuery } from '@tanstack/react-query'
import { Check, ChevronDown } from 'lucide-react'

import { outcomesQuery } from '../api/visit-outcomes.ts'
import { MenuPopup } from '../parts/MenuPopup.tsx'
import { Outcome } from '../parts/Outcome.tsx'
import { count } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import type { NearFilters, NearSearch } from './near-search.ts'
import type { Near } from './use-near.ts'

const words = texts.near

interface NearChipsProps {
  readonly search: NearSearch
  /** undefined: nothing was read yet. */
  readonly counts: Near['counts'] | undefined
  readonly onFilter: (change: NearFilters) => void
  /** Whether they lie on the map. */
  readonly isOver: boolean
}

const chips = [
  { filter: 'due', name: words.due },
  { filter: 'never', name: words.never },
  { filter: 'leads', name: words.leads },
] as const

function OutcomeChip({ search, onFilter }: Pick<NearChipsProps, 'search' | 'onFilter'>) {
  const { data: outcomes = [] } = useQuery(outcomesQuery)
  const chosen = outcomes.find(({ id }) => id === search.outcome)
  return (
    <Menu.Root>
      <Menu.Trigger className={chosen ? 'phone-chip on' : 'phone-chip'}>
        {chosen?.name ?? words.outcome}
        <ChevronDown aria-hidden="true" />
      </Menu.Trigger>
      <MenuPopup align="end">
        <Menu.RadioGroup
          value={search.outcome ?? 0}
          onValueChange={(id: number) => onFilter({ outcome: id === 0 ? undefined : id })}
        >
          <Menu.RadioItem className="item" value={0}>
            <Menu.RadioItemIndicator keepMounted className="tick">
              <Check aria-hidden="true" />
            </Menu.RadioItemIndicator>
            {words.anyOutcome}
          </Menu.RadioItem>
          {outcomes.map((outcome) => (
            <Menu.RadioItem key={outcome.id} className="item" value={outcome.id}>
              <Menu.RadioItemIndicator keepMounted className="tick">
                <Check aria-hidden="true" />
              </Menu.RadioItemIndicator>
              <Outcome outcome={outcome} />
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </MenuPopup>
    </Menu.Root>
  )
}

/** What the list and the map leave out. */
export const NearChips = ({ search, counts, onFilter, isOver }: NearChipsProps) => (
  <div
    className={isOver ? 'near-chips over' : 'near-chips'}
    role="group"
    aria-label={words.filters}
  >
    {chips.map(({ filter, name }) => (
      <button
        key={filter}
        type="button"
        className={search[filter] ? 'phone-chip on' : 'phone-chip'}
        aria-pressed={search[filter] !== undefined}
        onClick={() => onFilter({ [filter]: search[filter] ? undefined : 'yes' })}
      >
        {name}
        {filter !== 'leads' && counts && <small>{count(counts[filter])}</small>}
      </button>
    ))}
    <OutcomeChip search={search} onFilter={onFilter} />
  </div>
)
