import type { PinSuggestion } from '@doorstep/contract/pin-suggestions'
import { useState } from 'react'

import type { PlacedCustomer } from '../api/placed-customers.ts'
import { metresBetween } from '../map/places.ts'
import { Button } from '../parts/Button.tsx'
import { useIsPhone } from '../parts/is-phone.ts'
import { useKeys } from '../parts/use-keys.ts'
import { dayOf, printShortDay } from '../texts/days.ts'
import { addresses } from '../texts/en/addresses.ts'
import { accuracy } from '../texts/format.ts'
import { repName } from '../visits/columns.tsx'
import type { AddressRow } from './address-rows.ts'
import { keepPin, setPin } from './pin-changes.ts'
import { PinCompare, useCompared } from './PinCompare.tsx'
import { PinForm } from './PinForm.tsx'
import type { PlacedVisit } from './visits-there.ts'

const words = addresses

const namesMax = 3

/** Who visited, since when, how close together and how surely. */
function sentenceOf(placed: readonly PlacedVisit[], { visits, ...pin }: PinSuggestion): string {
  const oldest = placed.at(-1)
  if (!oldest) return words.happenOnly(visits)
  const names = [...new Set(placed.map(({ visit }) => repName(visit)))]
  const who =
    names.length > namesMax
      ? words.others(names.slice(0, namesMax - 1), names.length - namesMax + 1)
      : words.and(names)
  const within = Math.ceil(Math.max(...placed.map(({ place }) => metresBetween(pin, place))))
  const sure = Math.ceil(Math.max(...placed.map(({ accuracyM }) => accuracyM)))
  const since = printShortDay(dayOf(oldest.visit.visited_at))
  return words.happenHow(placed.length, who, since, within, accuracy(sure))
}

interface SuggestedPinProps {
  readonly row: AddressRow
  readonly suggestion: PinSuggestion
  readonly customer: PlacedCustomer | null | undefined
  /** Before the customer leaves the list. */
  readonly onDone: () => void
}

/** Where the visits happen, beside where the pin is: to use, to turn down, or to drag elsewhere. */
export function SuggestedPin({ row, suggestion, customer, onDone }: SuggestedPinProps) {
  const [isDragged, setDragged] = useState(false)
  const compared = useCompared(customer, suggestion.visits)
  const isPhone = useIsPhone()
  const keep = () => {
    onDone()
    keepPin(row)
  }
  const use = () => {
    onDone()
    setPin(row, suggestion, 'decide')
  }
  useKeys({ d: keep, ...(!isDragged && { a: use }) })
  if (isDragged) {
    return (
      <PinForm
        start={{ place: suggestion, zoom: 16, isGood: true }}
        saved={customer?.place ?? null}
        visits={compared.placed.map(({ place }) => place)}
        radiusM={compared.radiusM}
        isProposal={false}
        isFocused
        onSave={(place) => {
          onDone()
          setPin(row, place, 'decide')
        }}
      >
        <Button kind="ghost" onClick={() => setDragged(false)}>
          {words.backToCompare}
        </Button>
      </PinForm>
    )
  }
  return (
    <>
      <div className="scrolls">
        <p>
          <b>{words.happen(suggestion.distance_m)}</b> {sentenceOf(compared.placed, suggestion)}
        </p>
        <PinCompare
          saved={customer?.place ?? null}
          proposed={suggestion}
          width={isPhone ? 346 : undefined}
          compared={{ ...compared, isLoading: compared.isLoading || customer === undefined }}
        />
      </div>
      <footer className="fix-foot">
        <Button hint="D" onClick={keep}>
          {words.keepPin}
        </Button>
        <Button kind="ghost" onClick={() => setDragged(true)}>
          {words.drag}
        </Button>
        <span className="spread" />
        <Button kind="primary" hint="A" onClick={use}>
          {words.usePin}
        </Button>
      </footer>
    </>
  )
}
