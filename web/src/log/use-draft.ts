import { useCallback, useEffect, useRef, useState } from 'react'

import type { LogDraft } from '../offline/database.ts'
import { usePhoneStore } from '../offline/use-outbox.ts'

/** What somebody fills in. */
export type LogForm = Pick<LogDraft, 'outcomeId' | 'note' | 'reason'>

export const emptyForm: LogForm = { outcomeId: null, note: '', reason: null }

/** Of a draft with which no new visit begins. */
export const nobody = { resourceType: null, resourceId: null } as const

interface OfKey<Part> {
  readonly key: string
  readonly part: Part
}

const partOf = <Part>(of: OfKey<Part> | undefined, key: string): Part | undefined =>
  of?.key === key ? of.part : undefined

/**
 * The form under this key, which survives closing the sheet and the app; it begins as `otherwise`.
 * Undefined while it is read; what is changed meanwhile counts.
 */
export function useDraft(
  key: string,
  about: Pick<LogDraft, 'resourceType' | 'resourceId'>,
  otherwise: LogForm = emptyForm,
) {
  const drafts = usePhoneStore()?.drafts
  const [read, setRead] = useState<OfKey<LogForm>>()
  const [changed, setChanged] = useState<OfKey<Partial<LogForm>>>()
  const { resourceType, resourceId } = about
  const start = useRef(otherwise)

  useEffect(() => {
    let isOver = false
    void drafts?.read(key).then((draft) => {
      if (!isOver) setRead({ key, part: draft ?? start.current })
    })
    return () => {
      isOver = true
    }
  }, [drafts, key])

  const before = partOf(read, key)
  const part = partOf(changed, key)
  useEffect(() => {
    if (!before || !part) return
    drafts?.keep(key, { ...before, ...part, resourceType, resourceId, at: Date.now() })
  }, [drafts, key, before, part, resourceType, resourceId])

  const change = useCallback(
    (next: Partial<LogForm>) =>
      setChanged((last) => ({ key, part: { ...partOf(last, key), ...next } })),
    [key],
  )
  const form = before || part ? { ...(before ?? otherwise), ...part } : undefined
  return { form, change }
}
