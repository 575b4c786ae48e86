import type { VisitDraft } from '@doorstep/contract/visits'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useRef, useState } from 'react'

import { type NamedCustomer, type OutboxRow, recordKey } from '../offline/database.ts'
import { phoneStore } from '../offline/phone.ts'
import { serviceWorker } from '../offline/service-worker-state.ts'
import { useName, useOutbox, usePhoneStore } from '../offline/use-outbox.ts'
import { useRecords } from '../offline/use-records.ts'
import { useRefusal } from '../offline/use-refusal.ts'
import { Message } from '../parts/Message.tsx'
import { say } from '../parts/toasts.ts'
import { time } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import { CloseButton } from './CloseButton.tsx'
import { CustomerChoice } from './CustomerChoice.tsx'
import { LogHead } from './LogHead.tsx'
import { NoteField } from './NoteField.tsx'
import { outcomeToSend } from './outcome-to-send.ts'
import { OutcomeChoice } from './OutcomeChoice.tsx'
import { excessOf } from './summary.ts'
import { useActiveOutcomes } from './use-active-outcomes.ts'
import { type LogForm, nobody, useDraft } from './use-draft.ts'
import { useLogCustomer } from './use-log-customer.ts'

const { log } = texts

interface FixVisitProps {
  readonly visitKey: string
  readonly onClose: () => void
}

/** Mends a visit that the server refused. Its time and place stay as they were logged. */
export function FixVisit({ visitKey, onClose }: FixVisitProps) {
  const { rows } = useOutbox()
  const row = rows.find(({ key }) => key === visitKey)
  const isOpened = usePhoneStore() !== undefined
  const { step } = useSearch({ from: '/shell/log' })
  if (!isOpened) return null
  if (!row) {
    return (
      <div className="phone-page">
        <h1>{log.fix.gone}</h1>
        <p>{log.fix.goneHelp}</p>
        <Link className="log-link" to="/me/outbox" replace>
          {log.fix.back}
        </Link>
      </div>
    )
  }
  return (
    <>
      <CloseButton onClose={onClose} />
      {step === 'choose' ? (
        <ChooseOther visitKey={visitKey} row={row} />
      ) : (
        <FixForm key={row.key} row={row} onClose={onClose} />
      )}
    </>
  )
}

interface RowProps {
  readonly row: OutboxRow
}

/** Where the phone was then, if it knew. */
function fixOf({ draft: { device } }: OutboxRow) {
  const { latitude, longitude, accuracy_m: accuracy } = device ?? {}
  if (latitude === undefined || longitude === undefined) return null
  return { latitude, longitude, accuracy: accuracy ?? 0, at: 0 }
}

function ChooseOther({ visitKey, row }: RowProps & { readonly visitKey: string }) {
  const navigate = useNavigate()
  const records = useRecords()
  return (
    <CustomerChoice
      records={records}
      fix={fixOf(row)}
      isLooking={false}
      onChoose={({ resource_type: type, id }) => {
        const search = { type, customer: id, fix: visitKey }
        void navigate({ to: '/log', search, replace: true })
      }}
    />
  )
}

/** Replaces the visit that waits by another, which is sent. */
function useSending(key: string, onSent: () => void) {
  const [problem, setProblem] = useState<string>()
  const send = async (next: VisitDraft, customer: NamedCustomer | null | undefined) => {
    if (!customer) return setProblem(log.choose.gone)
    const { name, address } = customer
    try {
      const { outbox, drafts } = await phoneStore()
      if (!(await outbox.revise(key, next, { name, address }))) return setProblem(log.fix.gone)
      // NOTE: it is safe now; a draft that stays behind is of no visit.
      await drafts.drop(`fix ${key}`).catch(() => {})
    } catch {
      return setProblem(serviceWorker.isOutdated() ? log.outdated : log.notSaved)
    }
    say(log.fix.sent)
    onSent()
  }
  return { problem, send }
}

const formOf = ({ outcome_id: outcomeId = null, summary }: OutboxRow['draft']): LogForm => ({
  outcomeId,
  note: summary ?? '',
  reason: null,
})

function FixForm({ row, onClose }: RowProps & Pick<FixVisitProps, 'onClose'>) {
  const { key, draft, addedAt } = row
  const { type, customer: chosenId } = useSearch({ from: '/shell/log' })
  const navigate = useNavigate()
  const nameOf = useName()
  const refusal = useRefusal(row)
  const about = {
    resourceType: type ?? draft.resource_type,
    resourceId: chosenId ?? draft.resource_id,
  } as const
  const other = useLogCustomer(
    chosenId === undefined ? undefined : { resource_type: about.resourceType, id: chosenId },
  )
  const before = formOf(draft)
  const { form = before, change } = useDraft(`fix ${key}`, nobody, before)
  const active = useActiveOutcomes()
  const [isMissing, setIsMissing] = useState(false)
  const outcomesPlace = useRef<HTMLDivElement>(null)
  const { problem, send } = useSending(key, onClose)
  const known = nameOf(recordKey(draft.resource_type, draft.resource_id))
  const named = other ?? known
  const over = excessOf(form.note)
  const submit = () => {
    if (over > 0) return
    const outcomeId = outcomeToSend(active, form.outcomeId)
    if (outcomeId === undefined) {
      setIsMissing(true)
      outcomesPlace.current?.querySelector('input')?.focus()
      return
    }
    const { resourceType: resource_type, resourceId: resource_id } = about
    const summary = form.note.trim() || null
    void send({ ...draft, resource_type, resource_id, outcome_id: outcomeId, summary }, named)
  }
  return (
    <div className="log-sheet full">
      <LogHead
        name={named?.name ?? ''}
        line={`${log.fix.title(time(addedAt))}. ${log.fix.stays}`}
        onChange={() => {
          const search = { ...(type && { type, customer: chosenId }), fix: key }
          void navigate({ to: '/log', search: { ...search, step: 'choose' }, replace: true })
        }}
      />
      {!other && refusal !== undefined && <Message kind="warning">{refusal}</Message>}
      <div className="log-form" ref={outcomesPlace}>
        {isMissing && (
          <p className="problem" role="alert">
            {log.outcomeNeeded}
          </p>
        )}
        <OutcomeChoice
          outcomes={active}
          chosenId={form.outcomeId}
          onChoose={(outcomeId) => {
            setIsMissing(false)
            change({ outcomeId })
          }}
        />
        <NoteField note={form.note} onNote={(note) => change({ note })} over={over} />
      </div>
      {problem !== undefined && <Message kind="trouble">{problem}</Message>}
      <div className="log-foot">
        <button type="button" className="save" onClick={submit}>
          {log.fix.save}
        </button>
      </div>
    </div>
  )
}
