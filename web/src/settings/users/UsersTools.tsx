import { List, Network, Search, X } from 'lucide-react'
import { useRef } from 'react'

import { ChoiceFilter } from '../../filters/ChoiceFilter.tsx'
import { Segmented } from '../../parts/Segmented.tsx'
import { useKeys } from '../../parts/use-keys.ts'
import { texts } from '../../texts/texts.ts'
import { type UsersSearch, ranks } from './users-search.ts'

const { users: words } = texts

interface UsersToolsProps {
  readonly search: UsersSearch
  readonly onSearch: (change: UsersSearch) => void
}

/** Search, role, and whether people stand under each other or from A to Z. */
export function UsersTools({ search, onSearch }: UsersToolsProps) {
  const find = useRef<HTMLInputElement>(null)
  useKeys({ '/': () => find.current?.focus() })
  return (
    <>
      <label className="users-find">
        <Search aria-hidden="true" />
        <input
          ref={find}
          type="search"
          aria-label={words.find}
          placeholder={words.find}
          value={search.q ?? ''}
          onChange={({ target }) => onSearch({ q: target.value || undefined })}
        />
        {search.q !== undefined && (
          <button type="button" aria-label={words.clear} onClick={() => onSearch({ q: undefined })}>
            <X aria-hidden="true" />
          </button>
        )}
      </label>
      <ChoiceFilter
        name={words.columns.role}
        several={String}
        isSingle
        choices={ranks.map((value) => ({ value, name: words.ranks[value] }))}
        chosen={search.role ? [search.role] : []}
        onChosen={([role]) => onSearch({ role })}
      />
      <Segmented
        name={words.order}
        value={search.order ?? 'team'}
        onValue={(order) => onSearch({ order: order === 'name' ? 'name' : undefined })}
        choices={[
          { value: 'team', name: words.byTeam, icon: <Network aria-hidden="true" /> },
          { value: 'name', name: words.byName, icon: <List aria-hidden="true" /> },
        ]}
      />
    </>
  )
}
