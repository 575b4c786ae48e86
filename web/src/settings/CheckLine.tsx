import { Checkbox } from '../parts/Checkbox.tsx'

interface CheckLineProps {
  readonly label: string
  readonly help: string
  readonly isChecked: boolean
  readonly onChecked: (isChecked: boolean) => void
}

/** A checkbox, what it means, and what follows from it. */
export const CheckLine = ({ label, help, isChecked, onChecked }: CheckLineProps) => (
  <label className="settings-check">
    <Checkbox isChecked={isChecked} onChecked={onChecked} />
    {label}
    <span className="muted">{help}</span>
  </label>
)
