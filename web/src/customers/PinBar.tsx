import { useState } from 'react'

import { Button } from '../parts/Button.tsx'
import { Checkbox } from '../parts/Checkbox.tsx'
import { TextField } from '../parts/TextField.tsx'
import { texts } from '../texts/texts.ts'

const words = texts.customer.pin

interface PinBarProps {
  /** How far the new pin is from the saved one; null: there is none yet. */
  readonly movedM: number | null
  /** Whether it can be saved at once, or only proposed. */
  readonly mayMove: boolean
  /** Whether the visits may be judged again at the same time. */
  readonly mayJudge: boolean
  readonly onSave: (isJudging: boolean) => void
  readonly onPropose: (note: string) => void
  readonly onCancel: () => void
}

/** What becomes of the new pin. */
export function PinBar(props: PinBarProps) {
  const { movedM, mayMove, mayJudge, onSave, onPropose, onCancel } = props
  const [isJudging, setIsJudging] = useState(false)
  const [note, setNote] = useState('')
  const isUnmoved = movedM !== null && movedM < 0.5
  return (
    <div className="pin-bar">
      <p role="status">
        {isUnmoved || movedM === null ? words.start : words.moved(movedM)}
        {!mayMove && <span className="muted">{` ${words.nothingYet}`}</span>}
      </p>
      {!mayMove && <TextField label={words.note} value={note} onText={setNote} maxLength={1_000} />}
      <div className="actions">
        {mayMove && mayJudge && (
          <label className="check-line">
            <Checkbox isChecked={isJudging} onChecked={setIsJudging} />
            {words.judgeAgain}
          </label>
        )}
        <span className="spread" />
        <Button size="small" hint="Esc" onClick={onCancel}>
          {words.cancel}
        </Button>
        <Button
          kind="primary"
          size="small"
          disabled={isUnmoved}
          onClick={() => (mayMove ? onSave(isJudging) : onPropose(note))}
        >
          {mayMove ? words.save : words.propose}
        </Button>
      </div>
    </div>
  )
}
