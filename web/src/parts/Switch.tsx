import './controls.css'
import { Switch as Base } from '@base-ui/react/switch'

interface SwitchProps {
  readonly name?: string | undefined
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
  readonly isDisabled?: boolean | undefined
}

export const Switch = ({ name, isOn, onChange, isDisabled = false }: SwitchProps) => (
  <Base.Root
    className="switch"
    aria-label={name}
    checked={isOn}
    disabled={isDisabled}
    onCheckedChange={onChange}
  >
    <Base.Thumb />
  </Base.Root>
)
