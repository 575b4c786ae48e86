import { Switch } from '../parts/Switch.tsx'
import { imports } from '../texts/en/imports.ts'

const { token } = imports

interface FollowChoiceProps {
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
}

/** Whether what changes in Sell is imported until somebody stops it. */
export const FollowChoice = ({ isOn, onChange }: FollowChoiceProps) => (
  <div className="follow-choice">
    <span>
      <b>{token.follow}</b>
      <span className="muted">{token.followHelp}</span>
    </span>
    <Switch name={token.follow} isOn={isOn} onChange={onChange} />
  </div>
)
