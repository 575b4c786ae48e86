import './customer-record.css'
import type { PinSuggestion } from '@doorstep/contract/pin-suggestions'
import { lazy, Suspense, useState } from 'react'

import { type Customer, type CustomerKey, type KnownRecord, nameOf } from '../api/customers.ts'
import { texts } from '../texts/texts.ts'
import { CustomerFacts, CustomFacts } from './CustomerFacts.tsx'
import { CustomerNumbers } from './CustomerNumbers.tsx'
import { CustomerPlaces } from './CustomerPlaces.tsx'
import { PinMessages } from './PinMessages.tsx'
import type { Rights } from './use-rights.ts'

const words = texts.customer

/** Read when it is first asked for. */
const EditRecord = lazy(async () => ({
  default: (await import('./EditRecord.tsx')).EditRecord,
}))

interface CustomerRecordProps {
  readonly customer: Customer
  readonly known: KnownRecord | undefined
  readonly suggestion: PinSuggestion | undefined
  readonly rights: Rights
  readonly onCompare: () => void
}

/** What is known of the customer. */
export function CustomerRecord(props: CustomerRecordProps) {
  const { customer, known, rights } = props
  const [isEdited, setIsEdited] = useState(false)
  const key: CustomerKey = { type: customer.resource_type, id: customer.id }
  return (
    <section className="customer-record" aria-label={words.record.name}>
      <div className="top">
        <p className="muted">{customer.address ?? words.noAddress}</p>
        <CustomerNumbers customer={customer} />
        <PinMessages {...props} />
      </div>
      <section>
        <div className="head">
          <h2 className="eyebrow">{words.record.name}</h2>
          {rights.mayEdit && known && (
            <button type="button" className="link small" onClick={() => setIsEdited(true)}>
              {words.edit}
            </button>
          )}
        </div>
        <CustomerFacts customer={customer} known={known} mayEdit={rights.mayEdit} />
      </section>
      <CustomerPlaces customer={customer} known={known} />
      {known && <CustomFacts known={known} />}
      {known && isEdited && (
        <Suspense fallback={null}>
          <EditRecord
            customer={key}
            name={nameOf(customer)}
            known={known}
            onClose={() => setIsEdited(false)}
          />
        </Suspense>
      )}
    </section>
  )
}
