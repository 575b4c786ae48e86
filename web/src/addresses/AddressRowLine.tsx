import {
  CircleHelp,
  Globe,
  Hourglass,
  House,
  type LucideIcon,
  MapPin,
  ShieldX,
  Unplug,
} from 'lucide-react'

import { Avatar } from '../parts/Avatar.tsx'
import { Button } from '../parts/Button.tsx'
import { classes } from '../parts/classes.ts'
import { addresses } from '../texts/en/addresses.ts'
import type { AddressRow } from './address-rows.ts'
import type { AddressReason } from './addresses-search.ts'

const words = addresses

const icons: Readonly<Record<AddressReason, LucideIcon>> = {
  elsewhere: MapPin,
  not_found: CircleHelp,
  address_missing: House,
  address_imprecise: Globe,
  refused: ShieldX,
  unavailable: Unplug,
  waiting: Hourglass,
}

/** The one fix of each reason. */
export const fixOf = {
  elsewhere: 'compare',
  not_found: 'edit',
  address_missing: 'edit',
  address_imprecise: 'pin',
  refused: 'ask',
  unavailable: 'ask',
  waiting: 'none',
} as const satisfies Readonly<Record<AddressReason, keyof typeof words.fixes>>

export type Fix = (typeof fixOf)[AddressReason]

function evidenceOf(
  { reason, suggestion, precision, address }: AddressRow,
  hasGeocoder: boolean,
): string {
  const { evidence } = words
  if (suggestion) return evidence.elsewhere(suggestion.visits, suggestion.distance_m)
  if (reason === 'elsewhere') return ''
  // The line under the name says so already.
  if (reason === 'address_missing' && address === null) return ''
  if (reason === 'waiting') return hasGeocoder ? evidence.waiting : evidence.stuck
  if (reason !== 'address_imprecise') return evidence[reason]
  if (precision === 'street' || precision === 'postcode' || precision === 'city') {
    return evidence.precisions[precision]
  }
  return evidence.address_imprecise
}

interface AddressRowLineProps {
  readonly row: AddressRow
  readonly owner: string | undefined
  readonly isCurrent: boolean
  readonly hasGeocoder: boolean
  readonly onChosen: () => void
  readonly onFix: (fix: Fix) => void
}

/** A customer in the list, with what is known and the one fix. */
export function AddressRowLine(props: AddressRowLineProps) {
  const { row, owner, isCurrent, hasGeocoder, onChosen, onFix } = props
  const Icon = icons[row.reason]
  const stuck = row.reason === 'waiting' && !hasGeocoder
  const fix = stuck ? 'pin' : fixOf[row.reason]
  const name = row.name || words.noName
  return (
    <div className={classes('address-row', isCurrent && 'current')} data-key={row.key}>
      <span className="faint">
        <Icon aria-hidden="true" />
      </span>
      <span className="words">
        <button
          type="button"
          dir="auto"
          className="ellipsis"
          aria-current={isCurrent}
          onClick={onChosen}
        >
          {name}
        </button>
        <span
          dir="auto"
          className={classes('small ellipsis', row.address === null ? 'faint' : 'muted')}
        >
          {row.address ?? words.noAddress}
        </span>
      </span>
      <span dir="auto" className="evidence muted ellipsis">
        {evidenceOf(row, hasGeocoder)}
      </span>
      <span className="owner" title={owner ?? words.unowned}>
        {row.ownerId !== null && owner !== undefined && (
          <Avatar id={row.ownerId} name={owner} size="small" />
        )}
        <span className="unseen">{owner ?? words.unowned}</span>
      </span>
      <span className="fix">
        {fix === 'none' ? (
          <span className="faint small">{words.fixes.none}</span>
        ) : (
          <Button
            size="small"
            aria-label={words.fixOf(words.fixes[fix], name)}
            onClick={() => onFix(fix)}
          >
            {words.fixes[fix]}
          </Button>
        )}
      </span>
    </div>
  )
}
