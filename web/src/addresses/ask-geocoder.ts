import { client } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { say } from '../parts/toasts.ts'
import { addresses } from '../texts/en/addresses.ts'
import { problemOf } from '../texts/problem.ts'
import { texts } from '../texts/texts.ts'
import type { AddressRow } from './address-rows.ts'

type Failure = 'not_found' | 'refused' | 'unavailable'

/** Asks the geocoder again: about one customer, about those with a reason, or about all. */
export async function askGeocoder(about: AddressRow | Failure | undefined): Promise<void> {
  const draft =
    typeof about === 'object'
      ? { resource_type: about.type, resource_id: about.id }
      : { ...(about && { reason: about }) }
  try {
    const { data } = await client.unplaced.askAgain(draft)
    say(addresses.asked(data.waiting))
  } catch (error) {
    say(addresses.askFailed(problemOf(error, texts.parts.tryAgain)))
  }
  await queryClient.invalidateQueries({ queryKey: ['unplaced'] })
}
