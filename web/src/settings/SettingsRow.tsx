import type { ReactNode } from 'react'

interface SettingsRowProps {
  readonly label: string
  readonly help?: ReactNode
  /** At the right: a switch, a select, a value. */
  readonly children: ReactNode
}

/** One setting in a box: what it is, what follows from it, and its control. */
export const SettingsRow = ({ label, help, children }: SettingsRowProps) => (
  <div className="settings-row">
    <div>
      <b>{label}</b>
      {help !== undefined && <p className="muted">{help}</p>}
    </div>
    <div className="control">{children}</div>
  </div>
)
