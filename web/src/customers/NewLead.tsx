import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'

import { client } from '../api/client.ts'
import { renewPlaces } from '../api/renew-places.ts'
import { sessionQuery } from '../api/sessions.ts'
import { Modal } from '../parts/Modal.tsx'
import { say } from '../parts/toasts.ts'
import { texts } from '../texts/texts.ts'
import { useIsLeaving } from '../use-is-leaving.ts'
import { changeFrom, noValues, type Values } from './record-values.ts'
import { RecordForm } from './RecordForm.tsx'

const words = texts.customer

interface NewLeadProps {
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** Asks for a new lead, and shows its page. */
export function NewLead({ isOpen, onClose }: NewLeadProps) {
  const navigate = useNavigate()
  const isLeaving = useIsLeaving()
  const { data: session } = useQuery(sessionQuery)
  const create = async (values: Values) => {
    const { data } = await client.leads.create(changeFrom('lead', noValues, values))
    say(words.created(data.organization_name ?? data.last_name ?? ''))
    void renewPlaces()
    onClose()
    if (isLeaving()) return
    const params = { type: 'lead', id: String(data.id) }
    await navigate({ to: '/customers/$type/$id', params })
  }
  return (
    <Modal isOpen={isOpen} onClose={onClose} title={words.form.newTitle} className="record-dialog">
      <RecordForm
        kind="lead"
        start={{ ...noValues, owner: session ? String(session.user.id) : '' }}
        action={words.form.create}
        onSave={create}
        onClose={onClose}
      />
    </Modal>
  )
}
