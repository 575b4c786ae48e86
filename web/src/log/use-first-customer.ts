import { useEffect, useState } from 'react'

import { recordKey } from '../offline/database.ts'
import type { Fix } from '../offline/fixes.ts'
import { usePhoneStore } from '../offline/use-outbox.ts'
import type { PhoneRecords } from '../offline/use-records.ts'
import { useIsLeaving } from '../use-is-leaving.ts'
import { type CustomerKey, firstCustomer } from './first-customer.ts'

interface ReadDraft {
  readonly except: string | undefined
  readonly draft: CustomerKey | null
}

/** Whom the visit that was begun last is to, of others than `key`. Undefined while it is read. */
export function useLatestDraft(key: CustomerKey | undefined): CustomerKey | null | undefined {
  const drafts = usePhoneStore()?.drafts
  const [read, setRead] = useState<ReadDraft>()
  const except = key && recordKey(key.resource_type, key.id)
  useEffect(() => {
    let isOver = false
    void drafts?.latest(except).then((found) => {
      const { resourceType, resourceId } = found ?? {}
      const isKnown = resourceType && resourceId
      const draft = isKnown ? { resource_type: resourceType, id: resourceId } : null
      if (!isOver) setRead({ except, draft })
    })
    return () => {
      isOver = true
    }
  }, [drafts, except])
  return read?.except === except ? read?.draft : undefined
}

interface Finding {
  readonly best: Fix | null
  readonly isLooking: boolean
}

/** Chooses whom the sheet begins with, once. Else the list stays. */
export function useFirstCustomer(
  isOpen: boolean,
  records: PhoneRecords | undefined,
  { best: fix, isLooking }: Finding,
  draft: CustomerKey | null | undefined,
  onChoose: (key: CustomerKey) => void,
): void {
  const isLeaving = useIsLeaving()
  useEffect(() => {
    if (!isOpen || draft === undefined || !records) return
    const first = firstCustomer({ customers: records.customers, fix, isLooking, draft })
    if (first && !isLeaving()) onChoose(first)
  }, [isOpen, records, fix, isLooking, draft, onChoose, isLeaving])
}
