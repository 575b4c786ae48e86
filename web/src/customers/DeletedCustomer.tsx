import { useState } from 'react'

import type { Deletion } from '../api/customers.ts'
import { useUserName } from '../api/users.ts'
import { Empty } from '../parts/Empty.tsx'
import { date, time } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import { useVisitList } from '../visits/use-visit-list.ts'
import { CustomerVisits } from './CustomerVisits.tsx'

const words = texts.customer.deleted

interface DeletedCustomerProps {
  readonly deletion: Deletion
}

const noted = () => {}

/** Who deleted a customer and when, and the visits that stay. */
export function DeletedCustomer({ deletion }: DeletedCustomerProps) {
  const { resource_type: type, id, deleted_by: by, deleted_at: at } = deletion
  const [outcome, setOutcome] = useState<readonly number[]>()
  const list = useVisitList({ type, customer: id, outcome }, true)
  const name = useUserName()(by)
  const when = at === null ? undefined : `${date(at)}, ${time(at)}`
  const help =
    when === undefined ? words.unknown : name === undefined ? words.at(when) : words.by(name, when)
  return (
    <div className="customer-page gone">
      <Empty title={words.title} help={help} />
      <CustomerVisits
        customer={{ type, id }}
        list={list}
        outcome={outcome}
        onOutcome={setOutcome}
        onPointed={noted}
        onScrolled={noted}
      />
    </div>
  )
}
