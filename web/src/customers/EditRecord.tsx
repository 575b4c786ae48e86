import {
  type CustomerKey,
  type KnownRecord,
  type RecordChange,
  recordQuery,
  updateRecord,
} from '../api/customers.ts'
import { queryClient } from '../api/query-client.ts'
import { Modal } from '../parts/Modal.tsx'
import { offerUndo, say } from '../parts/toasts.ts'
import { texts } from '../texts/texts.ts'
import { whyNot } from './change-customer.ts'
import { changeFrom, formKindOf, type Values, valuesOf } from './record-values.ts'
import { RecordForm } from './RecordForm.tsx'

const words = texts.customer

interface EditRecordProps {
  readonly customer: CustomerKey
  readonly name: string
  readonly known: KnownRecord
  readonly isOpen: boolean
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

/** Name, address, phone and owner of a lead or contact, as a form that can be taken back. */
export function EditRecord({ customer, name, known, isOpen, onClose }: EditRecordProps) {
  const kind = formKindOf(known.data)
  const before = valuesOf(known.data)
  const save = async (after: Values) => {
    const change = changeFrom(kind, before, after)
    if (Object.keys(change).length === 0) return onClose()
    await updateRecord(customer, change)
    const back = { ...changeFrom(kind, after, before), ...(await lostPlace(customer, known)) }
    onClose()
    offerUndo(words.saved(name), () => {
      void updateRecord(customer, back).catch((error: unknown) =>
        say(whyNot(error, words.form.failed)),
      )
    })
  }
  return (
    <Modal isOpen={isOpen} onClose={onClose} title={words.form.editTitle} className="record-dialog">
      <RecordForm
        kind={kind}
        start={before}
        action={words.form.save}
        hint={words.form.addressHint}
        onSave={save}
        onClose={onClose}
      />
    </Modal>
  )
}
