import { useCallback, useEffect, useRef, useState } from 'react'

import type { LogDraft } from '../offline/database.ts'
import { usePhoneStore } from '../offline/use-outbox.ts'

/** What somebody fills in. */
export type LogForm = Pick<LogDraft, 'outcomeId' | 'note' | 'reason'>

export const emptyForm: LogForm = { outcomeId: null, note: '', reason: null }

/** Of a draft with which no new visit begins. */
export const nobody = { resourceType: null, resourceId: null } as const

interface Loaded {
  readonly key: string
  readonly form: LogForm
}

/**
 * The form under this key, which survives closing the sheet and the app; it begins as `otherwise`.
 * Undefined while it is read.
 */
export function useDraft(
  key: string,
  about: Pick<LogDraft, 'resourceType' | 'resourceId'>,
  otherwise: LogForm = emptyForm,
) {
  const drafts = usePhoneStore()?.drafts
  const [loaded, setLoaded] = useState<Loaded>()
  const { resourceType, resourceId } = about
  const start = useRef(otherwise)

  useEffect(() => {
    let isOver = false
    void drafts?.read(key).then((draft) => {
      if (!isOver) setLoaded({ key, form: draft ?? start.current })
    })
    return () => {
      isOver = true
    }
  }, [drafts, key])

  const form = loaded?.key === key ? loaded.form : undefined
  const change = useCallback(
    (part: Partial<LogForm>) => {
      if (!form) return
      const next = { ...form, ...part }
      setLoaded({ key, form: next })
      drafts?.keep(key, { ...next, resourceType, resourceId, at: Date.now() })
    },
    [drafts, form, key, resourceType, resourceId],
  )
  return { form, change }
}
