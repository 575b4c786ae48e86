import type { Visit, VisitChange } from '@doorstep/contract/visits'

type Edited = Pick<Visit, 'outcome_id' | 'summary'>
type Edit = Pick<VisitChange, 'outcome_id' | 'summary'>

/** What was changed of a visit since the editor was opened; what others change meanwhile stays. */
export const editOf = (opened: Edited, typed: Edited): Edit => ({
  ...(typed.outcome_id !== opened.outcome_id && { outcome_id: typed.outcome_id }),
  ...(typed.summary !== opened.summary && { summary: typed.summary }),
})

/** What puts an edit of a visit back. */
export const undoOf = (edit: Edit, { outcome_id, summary }: Edited): Edit => ({
  ...('outcome_id' in edit && { outcome_id }),
  ...('summary' in edit && { summary }),
})
