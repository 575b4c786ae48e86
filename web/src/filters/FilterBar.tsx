import './filter-bar.css'
import { verificationStatuses } from '@doorstep/contract/findings'
import { useQuery } from '@tanstack/react-query'
import { User } from 'lucide-react'

import { managersIn, usersQuery } from '../api/users.ts'
import { outcomesQuery } from '../api/visit-outcomes.ts'
import { Button } from '../parts/Button.tsx'
import { SetFilter } from '../parts/Filter.tsx'
import { FindingIcon } from '../parts/FindingIcon.tsx'
import type { VisitFilters } from '../search.ts'
import { texts } from '../texts/texts.ts'
import { ChoiceFilter } from './ChoiceFilter.tsx'
import { DateFilter } from './DateFilter.tsx'
import { MoreFilters } from './MoreFilters.tsx'
import { rareFilters } from './rare-filters.ts'

const { filters } = texts

interface FilterBarProps {
  readonly search: VisitFilters
  readonly onChange: (change: Partial<VisitFilters>) => void
  /** Filters that the screen decides itself. */
  readonly without?: readonly ('review' | 'status' | 'reason')[] | undefined
}

/** What clearing leaves. */
export const noFilters: VisitFilters = {
  from: undefined,
  to: undefined,
  last: undefined,
  zone: undefined,
  rep: undefined,
  below: undefined,
  outcome: undefined,
  status: undefined,
  reason: undefined,
  flag: undefined,
  review: undefined,
  without: undefined,
  type: undefined,
  customer: undefined,
  bbox: undefined,
}

export const isFiltered = (search: VisitFilters): boolean =>
  Object.keys(noFilters).some((name) => Reflect.get(search, name) !== undefined)

const some = <Value,>(chosen: readonly Value[]) => (chosen.length > 0 ? chosen : undefined)

/** The filters that map, list, review and reports share. */
export function FilterBar({ search, onChange, without = [] }: FilterBarProps) {
  const { data: users = [] } = useQuery(usersQuery)
  const { data: outcomes = [] } = useQuery(outcomesQuery)
  const isOffered = (name: string) => !without.some((decided) => filters[decided] === name)
  const rare = rareFilters(search, onChange, managersIn(users)).filter(({ name }) =>
    isOffered(name),
  )
  return (
    <div className="filter-bar">
      <DateFilter dates={search} onDates={onChange} />
      <ChoiceFilter
        name={filters.rep}
        icon={<User aria-hidden="true" />}
        none={users.length > 0 ? filters.all(users.length) : filters.any}
        several={filters.reps}
        choices={users.map(({ id, name }) => ({ value: id, name }))}
        chosen={search.rep ?? []}
        onChosen={(rep) => onChange({ rep: some(rep) })}
      />
      <ChoiceFilter
        name={filters.outcome}
        several={(count) => filters.outcomes(count, outcomes.length)}
        choices={outcomes.map(({ id, name, color }) => ({
          value: id,
          name,
          icon: <i className="swatch" style={{ background: color }} />,
        }))}
        chosen={search.outcome ?? []}
        onChosen={(outcome) => onChange({ outcome: some(outcome) })}
      />
      {isOffered(filters.status) && (
        <ChoiceFilter
          name={filters.status}
          several={filters.statuses}
          choices={verificationStatuses.map((value) => ({
            value,
            name: texts.findingNames[value],
            icon: <FindingIcon kind={value} />,
          }))}
          chosen={search.status ?? []}
          onChosen={(status) => onChange({ status: some(status) })}
        />
      )}
      {rare
        .filter(({ chosen, name }) => chosen.length > 0 && !isOfCustomer(name, search))
        .map((filter) => (
          <ChoiceFilter key={filter.name} {...filter} />
        ))}
      {search.customer !== undefined && (
        <SetFilter onClear={() => onChange({ customer: undefined, type: undefined })}>
          {filters.customer}
        </SetFilter>
      )}
      {search.bbox && (
        <SetFilter onClear={() => onChange({ bbox: undefined })}>{filters.area}</SetFilter>
      )}
      <MoreFilters filters={rare.filter(({ chosen }) => chosen.length === 0)} />
      {isFiltered(search) && (
        <Button kind="ghost" size="small" onClick={() => onChange(noFilters)}>
          {filters.clear}
        </Button>
      )}
    </div>
  )
}

/** One customer has a kind, which is no filter of its own then. */
const isOfCustomer = (name: string, { customer }: VisitFilters) =>
  name === filters.type && customer !== undefined
