import '../../parts/menu.css'
import '../../parts/select.css'
import './user-picker.css'
import { Combobox } from '@base-ui/react/combobox'
import { Check, ChevronDown, Search } from 'lucide-react'
import { type ReactNode, useMemo, useState } from 'react'

import type { User } from '../../api/users.ts'
import { Avatar } from '../../parts/Avatar.tsx'
import { classes } from '../../parts/classes.ts'
import { texts } from '../../texts/texts.ts'
import { isMatch } from './teams.ts'

const { users: words } = texts

/** Nobody, as something that can be chosen. */
const nobody = 'nobody'
type Item = User | typeof nobody

interface UserPickerProps {
  /** Read aloud. */
  readonly name: string
  readonly value: User | undefined
  /** The likeliest first. */
  readonly users: readonly User[]
  readonly onUser: (user: User | undefined) => void
  /** Whether nobody can be chosen. */
  readonly hasNobody?: boolean | undefined
  /** Looks like text until it is pointed at. */
  readonly isQuiet?: boolean | undefined
  /** A few words at the right of a person. */
  readonly aside?: (user: User) => string | undefined
  /** What choosing somebody would mean; below the list. */
  readonly consequence?: (user: User | undefined) => ReactNode
}

/** So many are listed; typing finds the others. */
const shown = 50

const labelOf = (item: Item) => (item === nobody ? words.nobody : item.name)
const isFound = (item: Item, q: string) =>
  q.trim() === '' || (item === nobody ? isMatchOfNobody(q) : isMatch(item, q))
const isMatchOfNobody = (q: string) => words.nobody.toLowerCase().startsWith(q.toLowerCase())

function Line({ item, aside }: { readonly item: Item; readonly aside: string | undefined }) {
  return (
    <Combobox.Item className="item" value={item}>
      {item === nobody ? <span className="avatar-room" /> : <Avatar {...item} size="small" />}
      <span dir="auto" className="ellipsis">
        {labelOf(item)}
      </span>
      <small>
        {aside}
        <Combobox.ItemIndicator>
          <Check aria-hidden="true" />
        </Combobox.ItemIndicator>
      </small>
    </Combobox.Item>
  )
}

/** One of many users, found by typing. */
export function UserPicker(props: UserPickerProps) {
  const { name, value, users, onUser, hasNobody, isQuiet, aside, consequence } = props
  const [pointedAt, setPointedAt] = useState<Item>()
  const items = useMemo<readonly Item[]>(
    () => (hasNobody ? [...users.slice(0, shown - 1), nobody, ...users.slice(shown - 1)] : users),
    [users, hasNobody],
  )
  const none = hasNobody ? words.nobody : words.choose
  const chosen = value ?? (hasNobody ? nobody : null)
  const meant = pointedAt ?? chosen ?? undefined
  return (
    <Combobox.Root<Item>
      items={items}
      limit={shown}
      autoHighlight
      value={chosen}
      filter={isFound}
      itemToStringLabel={labelOf}
      isItemEqualToValue={(a, b) => a === b || (a !== nobody && b !== nobody && a.id === b.id)}
      onItemHighlighted={setPointedAt}
      onValueChange={(item) => {
        if (item !== null) onUser(item === nobody ? undefined : item)
      }}
    >
      <Combobox.Trigger className={isQuiet ? 'select quiet' : 'select'} aria-label={name}>
        <span dir="auto" className={classes('ellipsis', isQuiet && !value && 'faint')}>
          {value?.name ?? none}
        </span>
        <ChevronDown aria-hidden="true" />
      </Combobox.Trigger>
      <Combobox.Portal>
        <Combobox.Positioner className="float" align="start" sideOffset={6}>
          <Combobox.Popup className="menu user-picker" aria-label={name}>
            <div className="find">
              <Search aria-hidden="true" />
              <Combobox.Input placeholder={words.findUser} aria-label={words.findUser} />
            </div>
            <Combobox.Empty>
              <span className="nobody faint">{words.noMatch}</span>
            </Combobox.Empty>
            <Combobox.List className="list">
              {(item: Item) => (
                <Line
                  key={item === nobody ? nobody : item.id}
                  item={item}
                  aside={item === nobody ? undefined : aside?.(item)}
                />
              )}
            </Combobox.List>
            {consequence && meant !== undefined && (
              <p className="consequence small muted" role="status">
                {consequence(meant === nobody ? undefined : meant)}
              </p>
            )}
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  )
}
