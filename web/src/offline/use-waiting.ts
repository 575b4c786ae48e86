import { useQuery } from '@tanstack/react-query'

import { texts } from '../texts/texts.ts'
import { type NamedCustomer, type OutboxRow, recordKey } from './database.ts'
import { phoneStore } from './phone.ts'
import { useOutbox } from './use-outbox.ts'

/** A visit that waits on this phone, as it is shown. */
export interface Waiting {
  readonly row: OutboxRow
  readonly name: string
  readonly kind: 'waiting' | 'sending' | 'refused'
  /** ISO 8601. */
  readonly at: string
}

export const keyOfRow = ({ draft }: OutboxRow): string =>
  recordKey(draft.resource_type, draft.resource_id)

async function namesOf(keys: readonly string[]): Promise<Map<string, NamedCustomer>> {
  const { database } = await phoneStore()
  const named = await Promise.all(keys.map((key) => database.get('names', key)))
  return new Map(keys.flatMap((key, index) => (named[index] ? [[key, named[index]]] : [])))
}

/** What waits on this phone: first what needs whoever holds it, each the oldest first. */
export function useWaiting(): readonly Waiting[] {
  const { rows, isSending } = useOutbox()
  const keys = [...new Set(rows.map(keyOfRow))]
  const { data: names } = useQuery({
    queryKey: ['outbox_names', keys],
    queryFn: () => namesOf(keys),
    enabled: keys.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const first = rows.find(({ refusal }) => !refusal)
  const waiting = rows.map((row): Waiting => {
    const { draft, addedAt, refusal } = row
    return {
      row,
      name: names?.get(keyOfRow(row))?.name ?? texts.waiting.unknown,
      kind: refusal ? 'refused' : isSending && row === first ? 'sending' : 'waiting',
      at: draft.visited_at ?? draft.device?.captured_at ?? addedAt,
    }
  })
  return [
    ...waiting.filter(({ kind }) => kind === 'refused'),
    ...waiting.filter(({ kind }) => kind !== 'refused'),
  ]
}
