import { previewedVisitsMax } from '@doorstep/contract/limits'
import type * as contract from '@doorstep/contract/verification-previews'

import { previewRadius } from '../rules/verification-previews.ts'
import type { Handler } from './request/call.ts'
import { printItem } from './request/pages.ts'

export const createVerificationPreview: Handler<
  typeof contract.createVerificationPreview
> = async ({ store, actor, body }) => {
  const previewed = await store.read(actor.accountKey, (queries) =>
    previewRadius(queries, body.radius_m, previewedVisitsMax),
  )
  return printItem('verification_preview', {
    judged: previewed.length,
    would_change: previewed.filter(({ statusNow, statusThen }) => statusNow !== statusThen).length,
    visits: previewed.map((visit) => ({
      visit_id: visit.id,
      distance_m: visit.distanceM,
      bearing: visit.bearing,
      accuracy_m: visit.accuracyM,
      status_now: visit.statusNow,
      status_then: visit.statusThen,
    })),
  } satisfies contract.VerificationPreview)
}
