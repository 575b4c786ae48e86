import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'

import { type CustomerKey, recordQuery } from '../api/customers.ts'
import { recordKey } from '../offline/database.ts'
import { phoneStore } from '../offline/phone.ts'

const keyOf = ({ type, id }: CustomerKey): string => `phone ${recordKey(type, id)}`

async function readNumber(key: CustomerKey): Promise<string | null> {
  const number = await (await phoneStore()).database.get('facts', keyOf(key))
  return typeof number === 'string' ? number : null
}

async function keepNumber(key: CustomerKey, number: string | null): Promise<void> {
  const { database } = await phoneStore()
  if (number === null) await database.delete('facts', keyOf(key))
  else await database.put('facts', number, keyOf(key))
}

/** The number of a customer; without a network the one that this phone has shown before. */
export function usePhoneNumber(key: CustomerKey): string | null {
  const { data: known } = useQuery(recordQuery(key))
  const { data: before = null } = useQuery({
    queryKey: ['phone_number', key.type, key.id],
    queryFn: () => readNumber(key),
    placeholderData: () => undefined,
  })
  const number = known ? (known.data.mobile ?? known.data.phone ?? null) : before
  const isKnown = known !== undefined
  const { type, id } = key
  useEffect(() => {
    if (!isKnown) return
    void keepNumber({ type, id }, number)
  }, [isKnown, number, type, id])
  return number
}
