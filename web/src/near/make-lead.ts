import { UnprocessableError } from '@doorstep/client/errors'
import { newIdempotencyKey } from '@doorstep/client/idempotency-keys'
import type { Leads } from '@doorstep/client/leads'
import type { LeadChange } from '@doorstep/contract/leads'

import type { LeadAttempt, LeadDraft } from '../offline/database.ts'

export const orNull = (text: string): string | null => text.trim() || null

/** About a decimetre. */
export const rounded = (degrees: number): number => Math.round(degrees * 1e6) / 1e6

function leadOf(draft: LeadDraft, userId: number): LeadChange {
  const line1 = orNull(draft.address)
  return {
    organization_name: draft.name.trim(),
    phone: orNull(draft.phone),
    description: orNull(draft.note),
    owner_id: userId,
    latitude: rounded(draft.latitude),
    longitude: rounded(draft.longitude),
    location_precision: 'pin',
    ...(line1 !== null && { address: { line1 } }),
  }
}

interface Making {
  readonly leads: Pick<Leads, 'create' | 'update'>
  readonly userId: number
  /** Keeps what is sent before it is sent; undefined: it need not be sent again. */
  readonly keepAttempt: (attempt: LeadAttempt | undefined) => Promise<void>
}

/**
 * Makes the lead, once even if the answer of an earlier attempt was lost: that one is sent again as it
 * was, and what has been typed since then is a change of it. Resolves to the lead's id.
 */
export async function makeLead(
  draft: LeadDraft,
  { leads, userId, keepAttempt }: Making,
): Promise<number> {
  const lead = leadOf(draft, userId)
  const attempt = draft.attempt ?? { key: newIdempotencyKey(), lead }
  if (!draft.attempt) await keepAttempt(attempt)
  const id = await leads.create(attempt.lead, { idempotencyKey: attempt.key }).then(
    ({ data }) => data.id,
    async (error: unknown) => {
      // Had it been made before, the answer would be that.
      if (error instanceof UnprocessableError) await keepAttempt(undefined)
      throw error
    },
  )
  if (JSON.stringify(lead) !== JSON.stringify(attempt.lead)) await leads.update(id, lead)
  return id
}
