import { useQuery } from '@tanstack/react-query'
import { User } from 'lucide-react'

import { managersIn, usersQuery } from '../api/users.ts'
import { outcomesQuery } from '../api/visit-outcomes.ts'
import { ChoiceFilter } from '../filters/ChoiceFilter.tsx'
import { Button } from '../parts/Button.tsx'
import { type MapSearch, oneOf } from '../search.ts'
import { texts } from '../texts/texts.ts'

const { map: words, filters } = texts

export const noCustomerFilters: Partial<MapSearch> = {
  rep: undefined,
  below: undefined,
  type: undefined,
  unvisited: undefined,
  outcome: undefined,
}

export const isCustomerFiltered = (search: MapSearch): boolean =>
  Object.keys(noCustomerFilters).some((name) => Reflect.get(search, name) !== undefined)

const types = (['lead', 'contact'] as const).map((value) => ({ value, name: filters.types[value] }))
const dayChoices = [14, 30, 60, 90, 180]

interface CustomerFilterBarProps {
  readonly search: MapSearch
  readonly onChange: (change: Partial<MapSearch>) => void
}

/** The filters of customers, in the words that visits have in the URL. */
export function CustomerFilterBar({ search, onChange }: CustomerFilterBarProps) {
  const { data: users = [] } = useQuery(usersQuery)
  const { data: outcomes = [] } = useQuery(outcomesQuery)
  const first = <Value,>(values: readonly Value[] | undefined) => values?.slice(0, 1) ?? []
  const days = [...new Set([...dayChoices, ...(search.unvisited ? [search.unvisited] : [])])]
  return (
    <div className="filter-bar">
      <ChoiceFilter
        name={words.owner}
        icon={<User aria-hidden="true" />}
        isSingle
        several={String}
        choices={users.map(({ id, name }) => ({ value: id, name }))}
        chosen={first(search.rep)}
        onChosen={(rep) => onChange({ rep: rep.length > 0 ? rep : undefined })}
      />
      {search.below !== undefined && (
        <ChoiceFilter
          name={filters.team}
          isSingle
          several={filters.reps}
          choices={managersIn(users).map(({ id, name }) => ({
            value: id,
            name: filters.teamOf(name),
          }))}
          chosen={[search.below]}
          onChosen={([below]) => onChange({ below })}
        />
      )}
      <ChoiceFilter
        name={words.notVisited}
        isSingle
        several={String}
        choices={days.map((value) => ({
          value,
          name: value === search.unvisited ? words.notVisitedFor(value) : words.days(value),
        }))}
        chosen={search.unvisited === undefined ? [] : [search.unvisited]}
        onChosen={([unvisited]) => onChange({ unvisited })}
      />
      <ChoiceFilter
        name={words.lastOutcome}
        isSingle
        several={String}
        choices={outcomes.map(({ id, name, color }) => ({
          value: id,
          name,
          icon: <i className="swatch" style={{ background: color }} />,
        }))}
        chosen={first(search.outcome)}
        onChosen={(outcome) => onChange({ outcome: outcome.length > 0 ? outcome : undefined })}
      />
      <ChoiceFilter
        name={filters.type}
        isSingle
        several={String}
        choices={types}
        chosen={search.type === undefined ? [] : [search.type]}
        onChosen={([type]) => onChange({ type: oneOf(['lead', 'contact'], type) })}
      />
      {isCustomerFiltered(search) && (
        <Button kind="ghost" size="small" onClick={() => onChange(noCustomerFilters)}>
          {filters.clear}
        </Button>
      )}
    </div>
  )
}
