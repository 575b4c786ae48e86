import './segmented.css'
import { Toggle } from '@base-ui/react/toggle'
import { ToggleGroup } from '@base-ui/react/toggle-group'
import type { ReactNode } from 'react'

interface SegmentedProps<Value extends string> {
  /** What is chosen, read aloud. */
  readonly name: string
  readonly value: Value
  readonly onValue: (value: Value) => void
  readonly choices: readonly {
    readonly value: Value
    readonly name: string
    readonly icon?: ReactNode
  }[]
}

/** One of few, side by side; never none. */
export function Segmented<Value extends string>(props: SegmentedProps<Value>) {
  const { name, value, onValue, choices } = props
  return (
    <ToggleGroup
      className="segmented"
      aria-label={name}
      value={[value]}
      onValueChange={([chosen]: Value[]) => {
        if (chosen !== undefined) onValue(chosen)
      }}
    >
      {choices.map((choice) => (
        <Toggle key={choice.value} value={choice.value}>
          {choice.icon}
          {choice.name}
        </Toggle>
      ))}
    </ToggleGroup>
  )
}
