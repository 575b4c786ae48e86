import { Search, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'

import { texts } from '../texts/texts.ts'
import { useIsLeaving } from '../use-is-leaving.ts'

const words = texts.customers

interface SearchBoxProps {
  readonly query: string | undefined
  readonly onQuery: (query: string | undefined) => void
}

/** As long as somebody types on, nothing is asked. */
const pauseMs = 180

/** Finds customers by what is typed. */
export function SearchBox({ query = '', onQuery }: SearchBoxProps) {
  const [typed, setTyped] = useState(query)
  const asked = useRef(query)
  const isLeaving = useIsLeaving()
  const ask = useRef(onQuery)
  useEffect(() => {
    ask.current = onQuery
  })
  // A link, or Clear, may have changed the query.
  useEffect(() => {
    if (query === asked.current) return
    asked.current = query
    setTyped(query)
  }, [query])
  useEffect(() => {
    const next = typed.trim()
    if (next === asked.current) return
    const timer = setTimeout(() => {
      if (isLeaving()) return
      asked.current = next
      ask.current(next === '' ? undefined : next)
    }, pauseMs)
    return () => clearTimeout(timer)
  }, [typed, isLeaving])
  return (
    <label className="search-box" title={words.searchHint}>
      <Search aria-hidden="true" />
      <input
        type="search"
        aria-label={words.search}
        placeholder={words.search}
        maxLength={200}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur()
        }}
      />
      {typed !== '' && (
        <button type="button" aria-label={texts.parts.clear(typed)} onClick={() => setTyped('')}>
          <X aria-hidden="true" />
        </button>
      )}
    </label>
  )
}
