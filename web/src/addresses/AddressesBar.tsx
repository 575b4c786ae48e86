import '../filters/filter-bar.css'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { RefreshCw } from 'lucide-react'

import { reviewCountsQuery } from '../api/review-counts.ts'
import { ChoiceFilter } from '../filters/ChoiceFilter.tsx'
import { Bar } from '../parts/Bar.tsx'
import { Button } from '../parts/Button.tsx'
import { ViewTabs } from '../parts/ViewTabs.tsx'
import { addresses } from '../texts/en/addresses.ts'
import { count } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import { type AddressesSearch, type AddressReason, addressReasons } from './addresses-search.ts'
import { askGeocoder } from './ask-geocoder.ts'
import type { AddressCounts } from './use-groups.ts'
import type { Sight } from './use-owners.ts'

const words = addresses

interface AddressesBarProps {
  readonly search: AddressesSearch
  readonly sight: Sight
  readonly counts: AddressCounts | undefined
}

/** What a reason is called: without a geocoder nothing is being looked up. */
export const nameOf = (reason: AddressReason, hasGeocoder: boolean): string =>
  reason === 'waiting' && !hasGeocoder ? texts.geocoder.stuck : words.names[reason]

export const printed = (value: number, isPartial: boolean): string =>
  isPartial ? words.more(count(value)) : count(value)

/** Whose addresses, how many, and what can be done about many at once. */
export function AddressesBar({ search, sight, counts }: AddressesBarProps) {
  const navigate = useNavigate()
  const change = (next: Partial<AddressesSearch>) =>
    void navigate({ to: '/addresses', search: { ...search, ...next, record: undefined } })
  const { reason } = search
  // Those of one owner alone cannot be asked about.
  const isUnfiltered = search.owner === undefined && search.below === undefined
  const { of } = counts ?? {}
  const unplaced = counts ? counts.total - counts.of.elsewhere : 0
  const askable =
    reason === undefined ||
    reason === 'not_found' ||
    reason === 'refused' ||
    reason === 'unavailable'
      ? reason
      : null
  const failed = of ? (askable ? of[askable] : of.not_found + of.refused + of.unavailable) : 0
  return (
    <Bar title={words.title}>
      {sight.managers.length > 0 && (
        <ChoiceFilter
          name={words.team}
          isSingle
          several={() => words.team}
          choices={sight.managers.map(({ id, name }) => ({ value: id, name }))}
          chosen={search.below === undefined ? [] : [search.below]}
          onChosen={([below]) => change({ below })}
        />
      )}
      {sight.users.length > 0 && (
        <ChoiceFilter
          name={words.owner}
          isSingle
          several={() => words.owner}
          choices={sight.users.map(({ id, name }) => ({ value: id, name }))}
          chosen={search.owner === undefined ? [] : [search.owner]}
          onChosen={([owner]) => change({ owner })}
        />
      )}
      <span className="spread" />
      {counts && unplaced > 0 && (
        <span dir="auto" className="muted small summary ellipsis num">
          {words.summary(printed(unplaced, counts.isPartial), unplaced === 1)}
        </span>
      )}
      {counts?.hasGeocoder && askable !== null && failed > 0 && isUnfiltered && (
        <Button onClick={() => void askGeocoder(askable)}>
          <RefreshCw aria-hidden="true" />
          {words.askAll}
        </Button>
      )}
    </Bar>
  )
}

/** All reasons that somebody is left for. */
export function AddressTabs({ search, counts }: Omit<AddressesBarProps, 'sight'>) {
  const { data: review } = useQuery(reviewCountsQuery)
  const pins = review?.pin_changes ?? 0
  const shown = addressReasons.filter(
    (reason) => reason === search.reason || (counts?.of[reason] ?? 0) > 0,
  )
  return (
    <ViewTabs
      name={words.tabs}
      actions={
        pins > 0 && (
          <Link className="link proposed" to="/review" search={{ kind: 'pins' }}>
            {words.proposed(pins)}
          </Link>
        )
      }
    >
      {([undefined, ...shown] as const).map((reason) => (
        <Link
          key={reason ?? 'all'}
          className="view"
          to="/addresses"
          search={{ ...search, reason, record: undefined }}
          aria-current={search.reason === reason ? 'page' : undefined}
          activeOptions={{ exact: true, includeSearch: true }}
        >
          {reason ? nameOf(reason, counts?.hasGeocoder ?? true) : words.all}
          {counts && (
            <span className="num">
              {printed(reason ? counts.of[reason] : counts.total, counts.isPartial)}
            </span>
          )}
        </Link>
      ))}
    </ViewTabs>
  )
}
