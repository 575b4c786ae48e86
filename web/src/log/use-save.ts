import type { QueuedVisit } from '@doorstep/client/queue'
import type { Customer } from '@doorstep/contract/customers'
import type { Device } from '@doorstep/contract/devices'
import { useRef, useState } from 'react'

import { recordKey } from '../offline/database.ts'
import type { TakenBack } from '../offline/outbox-state.ts'
import { phoneStore, type PhoneStore } from '../offline/phone.ts'
import { serviceWorker } from '../offline/service-worker-state.ts'
import { offerUndo, say } from '../parts/toasts.ts'
import { texts } from '../texts/texts.ts'
import type { LogForm } from './use-draft.ts'

const { log } = texts

interface Logged {
  readonly customer: Customer
  readonly form: LogForm
  readonly summary: string | null
  readonly device: Device
}

/** Takes a visit back; what was typed stands in the sheet again. */
async function takeBack({ outbox, drafts }: PhoneStore, added: QueuedVisit, logged: Logged) {
  const { customer, form } = logged
  let state: TakenBack
  try {
    state = await outbox.takeBack(added.key, added)
  } catch {
    state = 'refused'
  }
  if (state === 'refused') return void say(log.notUndone)
  const { resource_type: resourceType, id: resourceId } = customer
  drafts.keep(recordKey(resourceType, resourceId), {
    ...form,
    resourceType,
    resourceId,
    at: Date.now(),
  })
  say(state === 'later' ? texts.outbox.removedLater : log.undone)
}

async function save(logged: Logged): Promise<void> {
  const { customer, form, summary, device } = logged
  const { resource_type, id: resource_id, name, address } = customer
  const store = await phoneStore()
  const draft = { resource_type, resource_id, outcome_id: form.outcomeId, summary, device }
  const added = await store.outbox.add(draft, { name, address })
  // Only what is not written yet is left of the draft.
  const dropping = store.drafts.drop(recordKey(resource_type, resource_id))
  await dropping.catch((error: unknown) => console.warn('The draft stays:', error))
  const waits = store.isLasting ? log.onPhone : log.waitsInPage
  const done = navigator.onLine ? log.logged : waits
  offerUndo(done, () => void takeBack(store, added, logged), { about: name })
}

/** Saves once, on this phone; `onSaved` once it is safe. */
export function useSave(onSaved: () => void) {
  const isSaving = useRef(false)
  const [problem, setProblem] = useState<string>()
  return {
    problem,
    async save(logged: Logged) {
      if (isSaving.current) return
      isSaving.current = true
      try {
        await save(logged)
        onSaved()
      } catch (error) {
        console.warn('Not saved:', error)
        setProblem(serviceWorker.isOutdated() ? log.outdated : log.notSaved)
      } finally {
        isSaving.current = false
      }
    },
  }
}
