import type { Customer } from '@doorstep/contract/customers'
import { NotebookPen } from 'lucide-react'

import { texts } from '../texts/texts.ts'
import { ActionRow } from './ActionRow.tsx'
import type { CustomerKey } from './first-customer.ts'
import { useLogCustomer } from './use-log-customer.ts'

const { log } = texts

interface OtherDraftProps {
  readonly draft: CustomerKey
  readonly onChoose: (customer: Customer) => void
}

/** A visit to another customer that was begun and not logged. */
export function OtherDraft({ draft, onChoose }: OtherDraftProps) {
  const customer = useLogCustomer(draft)
  if (!customer) return null
  return (
    <ActionRow
      Icon={NotebookPen}
      title={log.draft(customer.name)}
      line={log.draftHelp}
      onClick={() => onChoose(customer)}
    />
  )
}
