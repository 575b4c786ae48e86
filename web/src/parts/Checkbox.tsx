import './controls.css'
import { Checkbox as Base } from '@base-ui/react/checkbox'
import { Check, Minus } from 'lucide-react'

interface CheckboxProps {
  /** Read aloud, where no label stands beside it. */
  readonly name?: string | undefined
  readonly isChecked: boolean
  /** Some of what it stands for. */
  readonly isMixed?: boolean | undefined
  readonly onChecked: (isChecked: boolean) => void
  readonly isDisabled?: boolean | undefined
}

export const Checkbox = (props: CheckboxProps) => (
  <Base.Root
    className="checkbox"
    aria-label={props.name}
    checked={props.isChecked}
    indeterminate={props.isMixed ?? false}
    disabled={props.isDisabled ?? false}
    onCheckedChange={props.onChecked}
  >
    <Base.Indicator>
      {props.isMixed ? <Minus aria-hidden="true" /> : <Check aria-hidden="true" />}
    </Base.Indicator>
  </Base.Root>
)
