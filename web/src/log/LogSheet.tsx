import type { Customer } from '@doorstep/contract/customers'
import { type ReactNode, useRef, useState } from 'react'

import type { KnownOutcome } from '../api/visit-outcomes.ts'
import { recordKey } from '../offline/database.ts'
import type { NearCustomer } from '../offline/nearest.ts'
import { usePhoneStore } from '../offline/use-outbox.ts'
import { Message } from '../parts/Message.tsx'
import { Settling } from '../parts/Settling.tsx'
import { texts } from '../texts/texts.ts'
import { deviceOf } from './device.ts'
import { aboutLastVisit } from './last-visit.ts'
import { Chosen, LogHead } from './LogHead.tsx'
import { LogMap } from './LogMap.tsx'
import { NoteField } from './NoteField.tsx'
import { OutcomeChoice } from './OutcomeChoice.tsx'
import { PlaceHelp } from './PlaceHelp.tsx'
import { kindOf, needsHelp, type Place, type Preview, previewOf } from './preview.ts'
import { excessOf, summaryOf } from './summary.ts'
import { useActiveOutcomes } from './use-active-outcomes.ts'
import { emptyForm, useDraft } from './use-draft.ts'
import type { FixFinding } from './use-fix.ts'
import { useSave } from './use-save.ts'

const { log } = texts

export interface LogSheetProps {
  readonly customer: Customer
  /** Where the phone is, or why nobody looks. */
  readonly finding: FixFinding | 'declined' | 'desk'
  readonly other: NearCustomer | undefined
  /** The way to a visit that was begun elsewhere. */
  readonly otherDraft: ReactNode
  readonly onChoose: () => void
  readonly onPin: () => void
  readonly onExplain: () => void
  readonly onSaved: () => void
}

const withoutFix = (customer: Customer, place: 'declined' | 'desk'): Preview => ({
  ...previewOf(customer, { best: null, problem: null, isLooking: false }),
  place,
})

const headOf = (customer: Customer) => ({
  name: customer.name,
  line: customer.address,
  about: aboutLastVisit(customer),
})

/** Which of both says how far: the distance to the customer, or how sure the phone is. */
const metresOf = ({ place, distanceM, accuracyM }: Preview): number | null =>
  place === 'settling' ? (distanceM ?? accuracyM) : distanceM

/** Outcome, note, and one tap to log it. What is not certain is said, and stops nothing. */
export function LogSheet(props: LogSheetProps) {
  const { customer, finding, onChoose, onSaved } = props
  const { resource_type: resourceType, id: resourceId } = customer
  const key = recordKey(resourceType, resourceId)
  const { form = emptyForm, change } = useDraft(key, { resourceType, resourceId })
  const active = useActiveOutcomes()
  const [isFolded, setIsFolded] = useState(false)
  const [isMissing, setIsMissing] = useState(false)
  const outcomesPlace = useRef<HTMLDivElement>(null)
  const { problem, save } = useSave(onSaved)
  const store = usePhoneStore()
  const isFixing = typeof finding === 'object'
  const preview = isFixing ? previewOf(customer, finding) : withoutFix(customer, finding)
  const { place } = preview
  const summary = summaryOf(form, place)
  const over = excessOf(summary)
  const chosen = active.find(({ id }) => id === form.outcomeId)
  const hasNote = form.note.trim() !== ''
  const isShort = isFolded && needsHelp(place) && chosen !== undefined && over === 0
  const choose = (outcomeId: number) => {
    setIsMissing(false)
    setIsFolded(needsHelp(place))
    change({ outcomeId })
  }
  const submit = () => {
    if (over > 0) return
    if (!chosen && active.length > 0) {
      setIsFolded(false)
      setIsMissing(true)
      outcomesPlace.current?.querySelector('input')?.focus()
      return
    }
    const device = deviceOf(finding)
    void save({ customer, form: { ...form, outcomeId: chosen?.id ?? null }, summary, device })
  }
  return (
    <>
      <LogMap
        preview={preview}
        fix={isFixing ? finding.best : null}
        radiusM={customer.radius_m}
        color={chosen?.color ?? 'var(--primary)'}
      />
      <div className="log-sheet">
        <LogHead {...headOf(customer)} onChange={onChoose} />
        {form.outcomeId === null && form.note === '' && props.otherDraft}
        {isShort && (
          <Chosen {...{ outcomeId: chosen.id, hasNote }} onOpen={() => setIsFolded(false)} />
        )}
        <Where preview={preview} isFixing={isFixing} />
        {!isShort && (
          <div className="log-form" ref={outcomesPlace}>
            <Outcomes outcomes={active} chosenId={form.outcomeId} {...{ isMissing, choose }} />
            <NoteField note={form.note} onNote={(note) => change({ note })} over={over} />
          </div>
        )}
        <Help
          {...props}
          preview={preview}
          reason={form.reason}
          onReason={(reason) => change({ reason })}
        />
        {store?.isLasting === false && <Message kind="warning">{log.inPage}</Message>}
        {problem !== undefined && <Message kind="trouble">{problem}</Message>}
        <SaveFoot place={place} m={preview.distanceM} onSave={submit} />
      </div>
    </>
  )
}

/** How far from the customer, and how sure the phone is of it. */
const Where = ({
  preview,
  isFixing,
}: {
  readonly preview: Preview
  readonly isFixing: boolean
}) => (
  <Settling
    kind={kindOf[preview.place]}
    aside={preview.accuracyM === null || !isFixing ? undefined : log.sure(preview.accuracyM)}
  >
    {log.where[preview.place](metresOf(preview))}
  </Settling>
)

interface OutcomesProps {
  readonly outcomes: readonly KnownOutcome[]
  readonly chosenId: number | null
  readonly isMissing: boolean
  readonly choose: (outcomeId: number) => void
}

const Outcomes = ({ outcomes, chosenId, isMissing, choose }: OutcomesProps) => (
  <>
    {isMissing && (
      <p className="problem" role="alert">
        {log.outcomeNeeded}
      </p>
    )}
    {outcomes.length > 0 ? (
      <OutcomeChoice outcomes={outcomes} chosenId={chosenId} onChoose={choose} />
    ) : (
      <p className="muted">{log.noOutcomes}</p>
    )}
  </>
)

interface HelpProps extends LogSheetProps {
  readonly preview: Preview
  readonly reason: string | null
  readonly onReason: (reason: string | null) => void
}

function Help({ finding, onChoose, ...props }: HelpProps) {
  if (!needsHelp(props.preview.place)) return null
  const again = typeof finding === 'object' ? finding.lookAgain : () => {}
  return <PlaceHelp {...props} onOther={onChoose} onAgain={again} />
}

interface SaveFootProps {
  readonly place: Place
  readonly m: number | null
  readonly onSave: () => void
}

/** Its label says what the manager will see. */
const SaveFoot = ({ place, m, onSave }: SaveFootProps) => (
  <div className="log-foot">
    <button type="button" className="save" onClick={onSave}>
      {log.save[place](m)}
    </button>
  </div>
)
