import './filter.css'
import { ChevronDown, Plus, X } from 'lucide-react'
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'

import { texts } from '../texts/texts.ts'
import { classes } from './classes.ts'

interface FilterProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'value'> {
  readonly name: string
  /** What is chosen; undefined: nothing. */
  readonly value?: ReactNode
  readonly icon?: ReactNode
  readonly ref?: Ref<HTMLButtonElement> | undefined
}

/** Opens the choice of a filter; made for Popover.Trigger's and Menu.Trigger's `render`. */
export const Filter = ({ name, value, icon, className, ...rest }: FilterProps) => (
  <button type="button" className={classes('filter', className)} {...rest}>
    {icon}
    {name}
    {value !== undefined && <b>{value}</b>}
    <ChevronDown aria-hidden="true" />
  </button>
)

interface SetFilterProps {
  /** What it lets through. */
  readonly children: string
  readonly icon?: ReactNode
  readonly onClear: () => void
  /** Opens its choice, for a filter that has one. */
  readonly trigger?: (content: ReactNode) => ReactNode
}

/** A filter that is set: its choice, and a cross that clears it. */
export function SetFilter({ children, icon, onClear, trigger }: SetFilterProps) {
  const content = (
    <>
      {icon}
      <span dir="auto" className="ellipsis">
        {children}
      </span>
    </>
  )
  return (
    <span className="filter set">
      {trigger ? trigger(content) : content}
      <button type="button" aria-label={texts.parts.clear(children)} onClick={onClear}>
        <X aria-hidden="true" />
      </button>
    </span>
  )
}

interface AddFilterProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly ref?: Ref<HTMLButtonElement> | undefined
}

/** Opens the list of further filters. */
export const AddFilter = (props: AddFilterProps) => (
  <button type="button" {...props} className="filter dashed">
    <Plus aria-hidden="true" />
    {texts.parts.filter}
  </button>
)
