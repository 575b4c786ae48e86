import { PreconditionFailedError } from '@doorstep/client/errors'
import { useState } from 'react'

import { useMayEdit } from '../addresses/use-owners.ts'
import {
  type CustomerKey,
  type KnownRecord,
  readAnew,
  type RecordChange,
  recordQuery,
  updateRecord,
} from '../api/customers.ts'
import { queryClient } from '../api/query-client.ts'
import { useUserName } from '../api/users.ts'
import { Modal } from '../parts/Modal.tsx'
import { offerUndo, say } from '../parts/toasts.ts'
import { texts } from '../texts/texts.ts'
import { whyNot } from './change-customer.ts'
import { giveAway } from './give-away.ts'
import { changeFrom, formKindOf, type Values, valuesOf } from './record-values.ts'
import { RecordForm } from './RecordForm.tsx'

const words = texts.customer

interface EditRecordProps {
  readonly customer: CustomerKey
  readonly name: string
  readonly known: KnownRecord
  readonly onClose: () => void
}

/** The place that a new address has dropped. */
async function lostPlace(
  customer: CustomerKey,
  { data: before }: KnownRecord,
): Promise<RecordChange> {
  const { data: after } = await queryClient.ensureQueryData(recordQuery(customer))
  const { latitude = null, longitude = null, location_precision: precision = null } = before
  if (latitude === null || after.latitude !== null) return {}
  return { latitude, longitude, location_precision: precision }
}

/** What the form changes at once, and the owner if that can be changed once only. */
function useParts(): (change: RecordChange) => {
  readonly change: RecordChange
  readonly heir: number | null | undefined
} {
  const mayEdit = useMayEdit()
  return (change) => {
    const { owner_id: owner, ...rest } = change
    const isLast = owner !== undefined && !mayEdit(owner)
    return isLast ? { change: rest, heir: owner } : { change, heir: undefined }
  }
}

/** The record as it was when the form was opened, whatever is read meanwhile. */
function EditForm({ customer, name, known, onClose }: EditRecordProps) {
  const [opened, setOpened] = useState(known)
  const userName = useUserName()
  const partsOf = useParts()
  const kind = formKindOf(opened.data)
  const before = valuesOf(opened.data)
  const write = async (change: RecordChange, after: Values) => {
    await updateRecord(customer, change, opened)
    const back = {
      ...changeFrom(kind, after, before),
      // The text does not say which commas belong to a tag.
      ...('tags' in change && { tags: opened.data.tags }),
      ...(await lostPlace(customer, opened)),
    }
    offerUndo(words.saved(name), () => {
      void updateRecord(customer, back).catch((error: unknown) =>
        say(whyNot(error, words.form.failed)),
      )
    })
  }
  const save = async (after: Values) => {
    const { change, heir } = partsOf(changeFrom(kind, before, after, opened.data.tags))
    try {
      const kept = heir === undefined ? after : { ...after, owner: before.owner }
      if (Object.keys(change).length > 0) await write(change, kept)
    } catch (error) {
      if (error instanceof PreconditionFailedError) setOpened(await readAnew(customer))
      throw error
    }
    onClose()
    if (heir !== undefined) giveAway(customer, heir, userName(heir))
  }
  return (
    <RecordForm
      kind={kind}
      isWhole
      start={before}
      action={words.form.save}
      hint={words.form.addressHint}
      onSave={save}
      onClose={onClose}
    />
  )
}

/** What a lead or contact has, as a form that can be taken back. */
export const EditRecord = (props: EditRecordProps) => (
  <Modal
    isOpen
    onClose={props.onClose}
    title={words.form.editTitle[props.customer.type]}
    className="record-dialog"
  >
    <EditForm {...props} />
  </Modal>
)
