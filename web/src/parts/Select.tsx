import './menu.css'
import './select.css'
import { Select as Base } from '@base-ui/react/select'
import { Check, ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'

export interface Choice<Value extends string> {
  readonly value: Value
  readonly name: string
  readonly icon?: ReactNode
}

interface SelectProps<Value extends string> {
  /** Read aloud, where no label stands beside it. */
  readonly name?: string | undefined
  readonly value: Value
  readonly onValue: (value: Value) => void
  readonly choices: readonly Choice<Value>[]
  readonly isDisabled?: boolean | undefined
}

/** One of many. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { name, value, onValue, choices, isDisabled = false } = props
  const items = choices.map((each) => ({ value: each.value, label: each.name }))
  return (
    <Base.Root
      items={items}
      value={value}
      disabled={isDisabled}
      onValueChange={(chosen) => {
        if (chosen !== null) onValue(chosen)
      }}
    >
      <Base.Trigger className="select" aria-label={name}>
        <Base.Value dir="auto" className="ellipsis" />
        <Base.Icon>
          <ChevronDown aria-hidden="true" />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner className="float" sideOffset={6} alignItemWithTrigger={false}>
          <Base.Popup className="menu">
            {choices.map((each) => (
              <Base.Item key={each.value} className="item" value={each.value}>
                <Base.ItemIndicator keepMounted className="tick">
                  <Check aria-hidden="true" />
                </Base.ItemIndicator>
                {each.icon}
                <Base.ItemText>{each.name}</Base.ItemText>
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
