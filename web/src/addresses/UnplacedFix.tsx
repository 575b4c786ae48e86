import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'

import type { PlacedCustomer } from '../api/placed-customers.ts'
import { visitsThereQuery } from '../api/unplaced.ts'
import { Button } from '../parts/Button.tsx'
import { Segmented } from '../parts/Segmented.tsx'
import { Skeleton } from '../parts/Skeleton.tsx'
import { useKeys } from '../parts/use-keys.ts'
import { addresses } from '../texts/en/addresses.ts'
import type { AddressRow } from './address-rows.ts'
import { AddressForm } from './AddressForm.tsx'
import { askGeocoder } from './ask-geocoder.ts'
import { setPin } from './pin-changes.ts'
import { usePinStart } from './pin-start.ts'
import { useCompared } from './PinCompare.tsx'
import { PinForm } from './PinForm.tsx'
import { useMayEdit, useMayPlace } from './use-owners.ts'

const words = addresses

export type Way = 'address' | 'pin'

/** What helps most, until somebody chooses the other. */
export const usualWay = (row: AddressRow, hasGeocoder: boolean): Way =>
  row.reason === 'address_imprecise' || (row.reason === 'waiting' && !hasGeocoder)
    ? 'pin'
    : 'address'

function sentenceOf({ reason, detail }: AddressRow, hasGeocoder: boolean): string {
  const { sentences } = words
  if (reason === 'refused' || reason === 'unavailable') return sentences[reason](detail)
  if (reason === 'waiting') return hasGeocoder ? sentences.waiting : sentences.stuck
  return reason === 'elsewhere' ? '' : sentences[reason]
}

interface UnplacedFixProps {
  readonly row: AddressRow
  readonly customer: PlacedCustomer
  readonly hasGeocoder: boolean
  /** What somebody asked for in the list. */
  readonly asked: Way | undefined
  readonly onDone: () => void
}

/** Why a customer has no exact place, and the two ways to give it one: another address, or a pin. */
export function UnplacedFix({ row, customer, hasGeocoder, asked, onDone }: UnplacedFixProps) {
  const mayEdit = useMayEdit()(row.ownerId)
  const [chosen, setChosen] = useState<Way | undefined>(asked)
  const [isFocused, setFocused] = useState(asked !== undefined)
  const way = mayEdit ? (chosen ?? usualWay(row, hasGeocoder)) : 'pin'
  const { data: there } = useQuery(visitsThereQuery(row))
  const isAsking = hasGeocoder && ['not_found', 'refused', 'unavailable'].includes(row.reason)
  const choose = (next: Way) => {
    setChosen(next)
    setFocused(true)
  }
  useKeys({ e: () => mayEdit && choose('address') })
  const ask = isAsking && <Button onClick={() => void askGeocoder(row)}>{words.fixes.ask}</Button>
  return (
    <>
      <div className="why">
        <p>
          {sentenceOf(row, hasGeocoder)}{' '}
          {there && there.total > 0 && (
            <Link className="link" to="/visits" search={{ type: row.type, customer: row.id }}>
              {words.visitsWait(there.total)}
            </Link>
          )}
        </p>
        {mayEdit ? (
          <Segmented
            name={words.ways}
            value={way}
            onValue={choose}
            choices={[
              { value: 'address', name: words.way.address },
              { value: 'pin', name: words.way.pin },
            ]}
          />
        ) : (
          <p className="faint small">{words.mayNotEdit}</p>
        )}
      </div>
      {way === 'address' ? (
        <AddressWay key={String(isFocused)} {...{ customer, isFocused, hasGeocoder, onDone }}>
          {ask}
        </AddressWay>
      ) : (
        <PinWay {...{ row, customer, isFocused, onDone }}>{ask}</PinWay>
      )}
    </>
  )
}

interface WayProps {
  readonly customer: PlacedCustomer
  readonly isFocused: boolean
  readonly onDone: () => void
  readonly children: ReactNode
}

function AddressWay(props: WayProps & { readonly hasGeocoder: boolean }) {
  const { customer, isFocused, hasGeocoder, onDone, children } = props
  const may = useMayPlace()(customer.ownerId, customer.place !== null)
  return (
    <AddressForm {...{ customer, may, isFocused, hasGeocoder, onDone }}>{children}</AddressForm>
  )
}

function PinWay(props: WayProps & { readonly row: AddressRow }) {
  const { row, customer, isFocused, onDone, children } = props
  const may = useMayPlace()(customer.ownerId, customer.place !== null)
  const compared = useCompared(customer)
  const start = usePinStart(customer, compared.placed)
  if (compared.isLoading || start === undefined) return <Skeleton rows={6} hasDisc={false} />
  return (
    <PinForm
      start={start}
      saved={customer.place}
      visits={compared.placed.map(({ place }) => place)}
      radiusM={compared.radiusM}
      isProposal={may === 'propose'}
      isFocused={isFocused}
      onSave={(place) => {
        onDone()
        setPin(row, place, may)
      }}
    >
      {children}
    </PinForm>
  )
}
