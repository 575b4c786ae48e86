import { Menu } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import type { ReactNode } from 'react'

import { MenuPopup } from '../parts/MenuPopup.tsx'

export interface FilterChoice<Value> {
  readonly value: Value
  readonly name: string
  readonly icon?: ReactNode
}

export interface Choosing<Value> {
  readonly choices: readonly FilterChoice<Value>[]
  readonly chosen: readonly Value[]
  /** With one choice only, a new one takes the place of the last. */
  readonly isSingle?: boolean | undefined
  readonly onChosen: (chosen: readonly Value[]) => void
}

/** What can be chosen, as items of a menu; it stays open while several are ticked. */
export function ChoiceItems<Value extends string | number>(props: Choosing<Value>) {
  const { choices, chosen, isSingle = false, onChosen } = props
  const change = (value: Value, isOn: boolean) => {
    if (isSingle) return onChosen(isOn ? [value] : [])
    onChosen(isOn ? [...chosen, value] : chosen.filter((each) => each !== value))
  }
  return choices.map(({ value, name, icon }) => (
    <Menu.CheckboxItem
      key={value}
      className="item"
      label={name}
      checked={chosen.includes(value)}
      closeOnClick={isSingle}
      onCheckedChange={(isOn) => change(value, isOn)}
    >
      <Menu.CheckboxItemIndicator keepMounted className="tick">
        <Check aria-hidden="true" />
      </Menu.CheckboxItemIndicator>
      {icon}
      <span dir="auto" className="ellipsis">
        {name}
      </span>
    </Menu.CheckboxItem>
  ))
}

interface ChoiceMenuProps<Value> extends Choosing<Value> {
  /** A Menu.Trigger. */
  readonly trigger: ReactNode
}

export const ChoiceMenu = <Value extends string | number>(props: ChoiceMenuProps<Value>) => (
  <Menu.Root modal={false}>
    {props.trigger}
    <MenuPopup>
      <ChoiceItems {...props} />
    </MenuPopup>
  </Menu.Root>
)
