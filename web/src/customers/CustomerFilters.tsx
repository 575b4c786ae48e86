import '../filters/filter-bar.css'
import { useQuery } from '@tanstack/react-query'
import { User } from 'lucide-react'

import { managersIn, usersQuery } from '../api/users.ts'
import { outcomesQuery } from '../api/visit-outcomes.ts'
import { ChoiceFilter } from '../filters/ChoiceFilter.tsx'
import { MoreFilters } from '../filters/MoreFilters.tsx'
import type { RareFilter } from '../filters/rare-filters.ts'
import { Button } from '../parts/Button.tsx'
import { idOf, oneOf, severalOf } from '../search.ts'
import { texts } from '../texts/texts.ts'
import type { CustomersProps } from './customers-props.ts'
import { isFiltered, noFilters, placedStates, visitedStates } from './customers-search.ts'

const words = texts.customers.filters

/** Days after which somebody has not been visited for long. */
const unvisitedDays = [30, 60, 90, 180, 365]

type FilterProps = Pick<CustomersProps, 'search' | 'onChange'>

interface Named {
  readonly id: number
  readonly name: string
}

/** Filters that are set seldom; each is a chip of its own once it is set. */
function rareFilters(
  { search, onChange }: FilterProps,
  outcomes: readonly Named[],
  managers: readonly Named[],
): readonly RareFilter[] {
  return [
    {
      name: words.place,
      several: String,
      isSingle: true,
      choices: placedStates.map((value) => ({ value, name: words.places[value] })),
      chosen: search.placed === undefined ? [] : [search.placed],
      onChosen: ([state]) => onChange({ placed: oneOf(placedStates, state) }),
    },
    {
      name: words.lastOutcome,
      several: (count) => texts.filters.outcomes(count, outcomes.length),
      choices: outcomes.map(({ id, name }) => ({ value: String(id), name })),
      chosen: (search.outcome ?? []).map(String),
      onChosen: (ids) => onChange({ outcome: severalOf(idOf, ids) }),
    },
    {
      name: texts.filters.team,
      several: String,
      isSingle: true,
      choices: managers.map(({ id, name }) => ({
        value: String(id),
        name: texts.filters.teamOf(name),
      })),
      chosen: search.below === undefined ? [] : [String(search.below)],
      onChosen: ([id]) => onChange({ below: idOf(id) }),
    },
  ]
}

/** Owner, kind, and when they were visited; the rest under More. */
export function CustomerFilters({ search, onChange }: FilterProps) {
  const { data: users = [] } = useQuery(usersQuery)
  const { data: outcomes = [] } = useQuery(outcomesQuery)
  const rare = rareFilters({ search, onChange }, outcomes, managersIn(users))
  return (
    <div className="filter-bar">
      <ChoiceFilter
        name={words.owner}
        icon={<User aria-hidden="true" />}
        none={users.length > 0 ? texts.filters.all(users.length) : undefined}
        several={words.owners}
        choices={users.map(({ id, name }) => ({ value: id, name }))}
        chosen={search.owner ?? []}
        onChosen={(owner) => onChange({ owner: owner.length > 0 ? owner : undefined })}
      />
      <ChoiceFilter
        name={texts.filters.type}
        several={String}
        isSingle
        choices={(['lead', 'contact'] as const).map((value) => ({
          value,
          name: texts.filters.types[value],
        }))}
        chosen={search.type === undefined ? [] : [search.type]}
        onChosen={([type]) => onChange({ type })}
      />
      <ChoiceFilter
        name={words.visited}
        several={String}
        isSingle
        choices={visitedStates.map((value) => ({ value, name: words.visitedStates[value] }))}
        chosen={search.visited === undefined ? [] : [search.visited]}
        onChosen={([visited]) => onChange({ visited })}
      />
      <ChoiceFilter
        name={words.unvisited}
        several={String}
        isSingle
        choices={[...new Set([...unvisitedDays, search.unvisited ?? 90])].map((days) => ({
          value: days,
          name: words.unvisitedFor(days),
        }))}
        chosen={search.unvisited === undefined ? [] : [search.unvisited]}
        onChosen={([unvisited]) => onChange({ unvisited })}
      />
      {rare
        .filter(({ chosen }) => chosen.length > 0)
        .map((filter) => (
          <ChoiceFilter key={filter.name} {...filter} />
        ))}
      <MoreFilters filters={rare.filter(({ chosen }) => chosen.length === 0)} />
      {isFiltered(search) && (
        <Button kind="ghost" size="small" onClick={() => onChange(noFilters)}>
          {texts.filters.clear}
        </Button>
      )}
    </div>
  )
}
