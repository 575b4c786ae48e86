import { Search, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'

import { texts } from '../texts/texts.ts'
import { useIsLeaving } from '../use-is-leaving.ts'

const words = texts.near
const settleMs = 120

interface FindButtonProps {
  readonly query: string | undefined
  readonly onOpen: () => void
}

/** On the map: opens the list with its field. */
export const FindButton = ({ query, onOpen }: FindButtonProps) => (
  <button type="button" className="near-find over" onClick={onOpen}>
    <Search aria-hidden="true" />
    <span dir="auto" className="ellipsis">
      {query ?? words.search}
    </span>
  </button>
)

interface FindFieldProps {
  readonly query: string | undefined
  readonly onQuery: (query: string | undefined) => void
}

/** What is looked for among the customers; each key that is typed narrows the list. */
export function FindField({ query, onQuery }: FindFieldProps) {
  const [typed, setTyped] = useState(query ?? '')
  const field = useRef<HTMLInputElement>(null)
  const isLeaving = useIsLeaving()
  const latest = useRef(onQuery)
  useEffect(() => {
    latest.current = onQuery
  })
  useEffect(() => {
    const timer = setTimeout(() => {
      const wanted = typed.trim() || undefined
      if (wanted !== query && !isLeaving()) latest.current(wanted)
    }, settleMs)
    return () => clearTimeout(timer)
  }, [typed, query, isLeaving])
  return (
    <label className="near-find">
      <Search aria-hidden="true" />
      <span className="unseen">{words.search}</span>
      <input
        ref={field}
        type="search"
        value={typed}
        placeholder={words.search}
        autoComplete="off"
        enterKeyHint="search"
        onChange={(event) => setTyped(event.target.value)}
      />
      {typed !== '' && (
        <button
          type="button"
          aria-label={words.clearSearch}
          onClick={() => {
            setTyped('')
            field.current?.focus()
          }}
        >
          <X aria-hidden="true" />
        </button>
      )}
    </label>
  )
}
