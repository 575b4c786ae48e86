import type { Customer } from '@doorstep/contract/customers'
import { useEffect, useState } from 'react'

import type { Fix } from '../offline/fixes.ts'
import { indexNearest } from '../offline/nearest.ts'
import { usePhoneStore } from '../offline/use-outbox.ts'
import type { PhoneRecords } from '../offline/use-records.ts'

type Key = Pick<Customer, 'resource_type' | 'id'>

/**
 * Chooses whom the sheet begins with, once: whom a draft is about, or the nearest if the phone is within
 * its radius. Else the list stays.
 */
export function useFirstCustomer(
  isOpen: boolean,
  records: PhoneRecords | undefined,
  fix: Fix | null,
  onChoose: (key: Key) => void,
): void {
  const drafts = usePhoneStore()?.drafts
  const [hasNoDraft, setHasNoDraft] = useState(false)
  useEffect(() => {
    if (!isOpen || hasNoDraft) return undefined
    let isOver = false
    void drafts?.latest().then((draft) => {
      if (isOver) return
      const { resourceType, resourceId } = draft ?? {}
      if (!resourceType || !resourceId) setHasNoDraft(true)
      else onChoose({ resource_type: resourceType, id: resourceId })
    })
    return () => {
      isOver = true
    }
  }, [drafts, isOpen, hasNoDraft, onChoose])
  useEffect(() => {
    if (!isOpen || !hasNoDraft || !records || !fix) return
    const [nearest] = indexNearest(records.customers).find(fix, 1)
    if (nearest && nearest.distanceM <= nearest.customer.radius_m) onChoose(nearest.customer)
  }, [isOpen, hasNoDraft, records, fix, onChoose])
}
