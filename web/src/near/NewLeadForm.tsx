import { Field } from '@base-ui/react/field'
import type { Customer } from '@doorstep/contract/customers'
import { Link, useNavigate } from '@tanstack/react-router'
import { ChevronRight, MapPin, NotebookPen } from 'lucide-react'
import { type FormEvent, useMemo, useState } from 'react'

import { metresBetween } from '../map/places.ts'
import { useIsOnline } from '../offline/connection.ts'
import type { LeadDraft } from '../offline/database.ts'
import type { Fix } from '../offline/fixes.ts'
import { dropLeadDraft, keepLeadDraft, useLeadDrafts } from '../offline/lead-draft.ts'
import { indexNearest, type NearCustomer } from '../offline/nearest.ts'
import { useSafety } from '../offline/safety.ts'
import { Button } from '../parts/Button.tsx'
import { Message } from '../parts/Message.tsx'
import { TextField } from '../parts/TextField.tsx'
import { offerUndo, say } from '../parts/toasts.ts'
import { problemOf } from '../texts/problem.ts'
import { texts } from '../texts/texts.ts'
import { useIsLeaving } from '../use-is-leaving.ts'
import { saveLead } from './new-lead.ts'
import type { LeadForm } from './use-lead-form.ts'

const words = texts.newLead
const sameDoorM = 60

interface NewLeadFormProps {
  readonly form: LeadForm
  readonly fix: Fix | null
  readonly customers: readonly Customer[]
  readonly userId: number
}

function NearestRow({ found: { customer, distanceM } }: { readonly found: NearCustomer }) {
  const { resource_type: type, id } = customer
  return (
    <Link className="near-card" to="/customers/$type/$id" params={{ type, id: String(id) }}>
      <MapPin aria-hidden="true" />
      <span className="what">
        <b>{words.isIt(customer.name)}</b>
        <span className="line">{`${words.already[type]}, ${words.fromPin(distanceM)}`}</span>
      </span>
      <ChevronRight aria-hidden="true" />
    </Link>
  )
}

/** Another lead that was begun at this door. */
function BegunRow({ draft }: { readonly draft: LeadDraft }) {
  const begun = useLeadDrafts()?.find(
    (other) => other.begunAt !== draft.begunAt && metresBetween(other, draft) <= sameDoorM,
  )
  if (!begun) return null
  return (
    <Link className="near-card" to="/near/new" search={{ draft: begun.begunAt }}>
      <NotebookPen aria-hidden="true" />
      <span className="what">
        <b>{words.isIt(texts.near.draft(begun.name))}</b>
        <span className="line">{texts.near.draftHelp}</span>
      </span>
      <ChevronRight aria-hidden="true" />
    </Link>
  )
}

/** Saves, and leads to the log or back to the map; what fails keeps everything that was typed. */
function useSave({ form, userId }: Pick<NewLeadFormProps, 'form' | 'userId'>) {
  const navigate = useNavigate()
  const isLeaving = useIsLeaving()
  const [problem, setProblem] = useState<string>()
  const [isSaving, setIsSaving] = useState(false)
  const save = async (isLogged: boolean) => {
    if (isSaving) return
    setIsSaving(true)
    setProblem(undefined)
    try {
      const id = await saveLead(form.draft, userId, form.keepAttempt)
      form.end()
      say(words.saved(form.draft.name.trim()))
      if (isLeaving()) return
      if (isLogged) {
        await navigate({ to: '/log', search: { type: 'lead', customer: id }, replace: true })
      } else await navigate({ to: '/near', replace: true })
    } catch (error) {
      setProblem(problemOf(error, words.failed))
    } finally {
      setIsSaving(false)
    }
  }
  return { save, problem, isSaving }
}

type LeadFieldsProps = Pick<LeadForm, 'draft' | 'write'> & { readonly isNameMissing: boolean }

const LeadFields = ({ draft, write, isNameMissing }: LeadFieldsProps) => (
  <>
    <TextField
      label={words.name}
      value={draft.name}
      autoComplete="off"
      autoCapitalize="words"
      problem={isNameMissing && draft.name.trim() === '' ? words.needsName : undefined}
      onText={(text) => write('name', text)}
    />
    <TextField
      label={words.address}
      aside={words.optional}
      value={draft.address}
      autoComplete="off"
      onText={(text) => write('address', text)}
    />
    <TextField
      label={words.phone}
      aside={words.optional}
      type="tel"
      value={draft.phone}
      autoComplete="off"
      onText={(text) => write('phone', text)}
    />
    <Field.Root className="text-field note">
      <div className="label">
        <Field.Label>{words.note}</Field.Label>
      </div>
      <Field.Control
        render={<textarea rows={3} />}
        value={draft.note}
        onValueChange={(text) => write('note', text)}
      />
    </Field.Root>
  </>
)

/** What is known of the new lead. */
export function NewLeadForm({ form, fix, customers, userId }: NewLeadFormProps) {
  const { draft, write } = form
  const navigate = useNavigate()
  const isOnline = useIsOnline()
  const isInPage = useSafety() === 'page'
  const { save, problem, isSaving } = useSave({ form, userId })
  const [isNameMissing, setIsNameMissing] = useState(false)
  const index = useMemo(() => indexNearest(customers), [customers])
  const nearest = index.find(draft, 1)[0]
  const begin = (isLogged: boolean) => {
    if (draft.name.trim() === '') setIsNameMissing(true)
    else void save(isLogged)
  }
  const discard = () => {
    const given = draft
    form.end()
    void dropLeadDraft(given.begunAt).then(() => navigate({ to: '/near', replace: true }))
    offerUndo(words.discarded, () => void keepLeadDraft(given))
  }
  return (
    <form
      className="place-sheet new-lead"
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        if (isOnline) begin(true)
      }}
    >
      <div>
        <h1>{words.title}</h1>
        <p className="muted" role="status">
          {fix ? words.fromYou(metresBetween(draft, fix), fix.accuracy) : words.noFix}
        </p>
      </div>
      <BegunRow draft={draft} />
      {nearest && nearest.distanceM <= sameDoorM && <NearestRow found={nearest} />}
      <LeadFields {...{ draft, write, isNameMissing }} />
      {!isOnline && <Message kind="info">{isInPage ? words.offlineInPage : words.offline}</Message>}
      {problem !== undefined && <Message kind="trouble">{problem}</Message>}
      <div className="near-foot">
        <Button kind="primary" size="large" isWide type="submit" disabled={!isOnline || isSaving}>
          {isSaving ? words.saving : words.saveAndLog}
        </Button>
        <div className="pair">
          <Button kind="ghost" disabled={!isOnline || isSaving} onClick={() => begin(false)}>
            {words.saveOnly}
          </Button>
          <Button kind="ghost" onClick={discard}>
            {words.discard}
          </Button>
        </div>
      </div>
    </form>
  )
}
