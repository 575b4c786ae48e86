import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'

import { type Address, addressParts, type PlacedCustomer } from '../api/placed-customers.ts'
import { Button } from '../parts/Button.tsx'
import { Message } from '../parts/Message.tsx'
import { TextField } from '../parts/TextField.tsx'
import { addresses } from '../texts/en/addresses.ts'
import { problemOf } from '../texts/problem.ts'
import { saveAddress } from './save-address.ts'
import type { MayPlace } from './use-owners.ts'

const words = addresses

const lengthMax = 255
/** In the order in which they are written down, as in the form of the whole record. */
const fields = ['line1', 'postal_code', 'city', 'state', 'country'] as const

interface AddressFormProps {
  readonly customer: PlacedCustomer
  readonly may: MayPlace
  readonly isFocused: boolean
  readonly hasGeocoder: boolean
  /** As soon as it is saved. */
  readonly onDone: () => void
  readonly children?: ReactNode
}

/** The address as it is, to be corrected. */
export function AddressForm(props: AddressFormProps) {
  const { customer, may, isFocused, hasGeocoder, onDone, children } = props
  const [address, setAddress] = useState<Address>(customer.address)
  const save = useMutation({
    mutationFn: () => saveAddress(customer, address, may),
    onSuccess: onDone,
  })
  const isSame = addressParts.every((part) => address[part].trim() === customer.address[part])
  return (
    <form
      className="address-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (!isSame && !save.isPending) save.mutate()
      }}
    >
      <div className="scrolls">
        {fields.map((part) => (
          <TextField
            key={part}
            className={part}
            label={words.parts[part]}
            value={address[part]}
            maxLength={lengthMax}
            autoFocus={isFocused && part === 'line1'}
            autoComplete="off"
            onText={(text) => setAddress((before) => ({ ...before, [part]: text }))}
          />
        ))}
        {save.error && <Message kind="trouble">{problemOf(save.error, words.saveFailed)}</Message>}
        <p className="faint small">{words.savedHelp(hasGeocoder)}</p>
      </div>
      <footer className="fix-foot">
        {children}
        <span className="spread" />
        <Button kind="primary" type="submit" disabled={isSame || save.isPending}>
          {words.save}
        </Button>
      </footer>
    </form>
  )
}
