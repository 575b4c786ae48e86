import { skipReasonLengthMax } from '@doorstep/contract/limits'
import { useState } from 'react'

import { BottomSheet } from '../parts/BottomSheet.tsx'
import { Button } from '../parts/Button.tsx'
import { TextField } from '../parts/TextField.tsx'
import { texts } from '../texts/texts.ts'
import type { KnownStop } from './use-plan.ts'

const { today } = texts

interface SkipSheetProps {
  /** Null: closed. */
  readonly stop: KnownStop | null
  readonly onClose: () => void
  readonly onSkip: (stop: KnownStop, reason: string | null) => void
}

/** Why a stop is left out: one touch for what is common, words for the rest. */
export function SkipSheet({ stop, onClose, onSkip }: SkipSheetProps) {
  const [reason, setReason] = useState('')
  const skip = (why: string) => {
    if (stop) onSkip(stop, why.trim() || null)
    setReason('')
    onClose()
  }
  return (
    <BottomSheet
      isOpen={stop !== null}
      onClose={onClose}
      title={today.skipTitle(stop?.name ?? '')}
      help={today.skipHelp}
      foot={
        <Button kind="primary" isWide onClick={() => skip(reason)}>
          {today.skipIt}
        </Button>
      }
    >
      <div className="skip-reasons">
        {today.skipReasons.map((each) => (
          <Button key={each} onClick={() => skip(each)}>
            {each}
          </Button>
        ))}
      </div>
      <TextField
        label={today.otherReason}
        size="large"
        value={reason}
        maxLength={skipReasonLengthMax}
        onText={setReason}
      />
    </BottomSheet>
  )
}
