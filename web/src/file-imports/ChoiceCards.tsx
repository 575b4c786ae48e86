import { Radio } from '@base-ui/react/radio'
import { RadioGroup } from '@base-ui/react/radio-group'

import { Tag } from '../parts/Tag.tsx'

interface Card<Value extends string> {
  readonly value: Value
  readonly name: string
  readonly help?: string | undefined
  readonly tag?: string | undefined
  readonly isWarned?: boolean | undefined
}

interface ChoiceCardsProps<Value extends string> {
  readonly name: string
  /** undefined: not answered yet. */
  readonly value: Value | undefined
  readonly onValue: (value: Value) => void
  readonly cards: readonly Card<Value>[]
}

/** One question and its answers, one below the other. */
export function ChoiceCards<Value extends string>(props: ChoiceCardsProps<Value>) {
  const { name, value, onValue, cards } = props
  return (
    <RadioGroup
      className="choice-cards"
      aria-label={name}
      value={value ?? ''}
      onValueChange={(chosen: unknown) => {
        const card = cards.find((each) => each.value === chosen)
        if (card) onValue(card.value)
      }}
    >
      {cards.map((card) => (
        <label key={card.value} data-on={card.value === value || undefined}>
          <Radio.Root className="radio" value={card.value} />
          <span>
            <b>{card.name}</b>
            {card.help !== undefined && <span className="muted">{card.help}</span>}
          </span>
          {card.tag !== undefined && (
            <Tag kind={card.isWarned ? 'warning' : 'plain'}>{card.tag}</Tag>
          )}
        </label>
      ))}
    </RadioGroup>
  )
}
