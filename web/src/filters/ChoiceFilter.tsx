import { Menu } from '@base-ui/react/menu'
import type { ReactNode } from 'react'

import { Filter, SetFilter } from '../parts/Filter.tsx'
import { texts } from '../texts/texts.ts'
import { ChoiceMenu, type Choosing } from './ChoiceMenu.tsx'

interface ChoiceFilterProps<Value> extends Choosing<Value> {
  readonly name: string
  /** What stands beside the name while nothing is chosen. */
  readonly none?: string | undefined
  /** In place of the only name, where several are chosen. */
  readonly several: (count: number) => string
  readonly icon?: ReactNode
}

/** A filter with its choices: quiet until something is chosen, and then it can be cleared. */
export function ChoiceFilter<Value extends string | number>(props: ChoiceFilterProps<Value>) {
  const { name, none = texts.filters.any, several, icon, choices, chosen, onChosen } = props
  if (chosen.length === 0) {
    const filter = <Filter name={name} value={none} icon={icon} />
    return <ChoiceMenu {...props} trigger={<Menu.Trigger render={filter} />} />
  }
  const only = chosen.length === 1 ? choices.find(({ value }) => value === chosen[0]) : undefined
  return (
    <SetFilter
      icon={icon}
      onClear={() => onChosen([])}
      trigger={(content) => (
        <ChoiceMenu
          {...props}
          trigger={
            <Menu.Trigger className="chosen" aria-label={name}>
              {content}
            </Menu.Trigger>
          }
        />
      )}
    >
      {only?.name ?? several(chosen.length)}
    </SetFilter>
  )
}
