import { useQuery } from '@tanstack/react-query'

import { client } from '../api/client.ts'
import { useUserName } from '../api/users.ts'
import { dayOf, printShortDay, today } from '../texts/days.ts'
import { time } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import type { OutboxRow } from './database.ts'

const { outbox } = texts

/** "at 14:02", or "on 26 Nov at 14:02" of another day. */
const printMoment = (at: string): string =>
  dayOf(at) === today() ? outbox.at(time(at)) : outbox.onDay(printShortDay(dayOf(at)), time(at))

const isAbout = ({ refusal }: OutboxRow, field: string): boolean =>
  refusal?.errors.some((error) => error.field?.endsWith(field) === true) === true

/** Why the server refused a visit and what to do, in a sentence; undefined: it did not. */
export function useRefusal(row: OutboxRow): string | undefined {
  const { draft, refusal } = row
  const isOfCustomer = isAbout(row, '/resource_id')
  const nameOf = useUserName()
  const { data: deletion } = useQuery({
    queryKey: ['customers', 'deletion', draft.resource_type, draft.resource_id],
    queryFn: async ({ signal }) => {
      const { data } = await client.customers.get(draft.resource_type, draft.resource_id, {
        signal,
      })
      return 'deleted' in data ? data : null
    },
    enabled: isOfCustomer,
  })
  if (!refusal) return undefined
  if (isOfCustomer) {
    const who = nameOf(deletion?.deleted_by ?? null)
    const at = deletion?.deleted_at
    return outbox.refusals.customer(who, at ? printMoment(at) : undefined)
  }
  if (isAbout(row, '/outcome_id')) return outbox.refusals.outcome
  if (isAbout(row, '/summary')) return outbox.refusals.summary
  const said = refusal.errors.map(({ details }) => details).join(' ')
  return outbox.refusals.other(said || refusal.details, refusal.requestId)
}
