import type { Customer } from '@doorstep/contract/customers'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useEffect, useState } from 'react'

import { client } from '../api/client.ts'
import { useIsOnline } from '../offline/connection.ts'
import { texts } from '../texts/texts.ts'
import { NearRow } from './NearRow.tsx'
import { keyOf } from './use-near.ts'

const words = texts.near
const settleMs = 300
const leastLetters = 2
const foundMax = 20

function useSettled(typed: string): string {
  const [settled, setSettled] = useState(typed)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(typed), settleMs)
    return () => clearTimeout(timer)
  }, [typed])
  return settled
}

function useOnServer(typed: string, isOnline: boolean) {
  const q = useSettled(typed.trim())
  return useQuery({
    queryKey: ['customers', 'found', q],
    queryFn: async ({ signal }) => {
      const { items } = await client.customers.list({ q, per_page: foundMax }, { signal })
      return items.flatMap(({ data }): Customer[] => ('name' in data ? [data] : []))
    },
    enabled: isOnline && q.length >= leastLetters,
  })
}

interface SearchedRowsProps {
  readonly typed: string
  /** Keys of those that this phone has found itself. */
  readonly known: ReadonlySet<string>
}

/** What the server finds besides, and the way to add who is in neither. */
export function SearchedRows({ typed, known }: SearchedRowsProps) {
  const isOnline = useIsOnline()
  const { data, error, isFetching } = useOnServer(typed, isOnline)
  const isAsked = typed.trim().length >= leastLetters
  const found = isAsked ? (data ?? []).filter((customer) => !known.has(keyOf(customer))) : []
  return (
    <div className="near-after">
      {found.length > 0 && (
        <>
          <p className="near-group">{words.onServer}</p>
          {found.map((customer) => (
            <NearRow
              key={keyOf(customer)}
              listed={{ customer, distanceM: null }}
              isWaiting={false}
            />
          ))}
        </>
      )}
      <p className="near-note" role="status">
        {isAsked && isFetching && words.searching}
        {isAsked && (!isOnline || error) && words.notAsked}
      </p>
      <Link className="near-do" to="/near/new" search={{ name: typed.trim() }}>
        <Plus aria-hidden="true" />
        {words.add(typed.trim())}
      </Link>
    </div>
  )
}
