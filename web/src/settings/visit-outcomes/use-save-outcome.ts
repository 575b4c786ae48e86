import { useMutation } from '@tanstack/react-query'

import { client } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { type OutcomeEdit, reloadOutcomes, showEdit } from '../../api/visit-outcome-changes.ts'
import { type KnownOutcome, outcomesQuery } from '../../api/visit-outcomes.ts'
import { offerUndo, say } from '../../parts/toasts.ts'
import { problemOf } from '../../texts/problem.ts'
import { texts } from '../../texts/texts.ts'

interface Save {
  readonly id: number
  readonly edit: OutcomeEdit
  /** Says what was done, and offers `back`. */
  readonly done?: string | undefined
  readonly back?: OutcomeEdit | undefined
}

/** The part of `edit` as it is now. */
function backFrom(outcomes: readonly KnownOutcome[], id: number, edit: OutcomeEdit): OutcomeEdit {
  const at = outcomes.findIndex((outcome) => outcome.id === id)
  const outcome = outcomes[at]
  if (!outcome) return {}
  return {
    ...(edit.name !== undefined && { name: outcome.name }),
    ...(edit.color !== undefined && { color: outcome.color }),
    ...(edit.icon !== undefined && { icon: outcome.icon }),
    ...(edit.active !== undefined && { active: outcome.isActive }),
    ...(edit.position !== undefined && { position: at + 1 }),
  }
}

/** Saves changes at once, each with undo; one that is refused is shown as it was. */
export function useSaveOutcome() {
  const mutation = useMutation({
    mutationFn: ({ id, edit }: Save) => client.outcomes.update(id, edit, { include: 'style' }),
    onMutate: ({ id, edit }) => showEdit(id, edit),
    onError: (error, _save, before) => {
      queryClient.setQueryData(outcomesQuery.queryKey, before)
      say(problemOf(error, texts.visitOutcomes.failed))
    },
    onSuccess: (_answer, { id, done, back }) => {
      if (done !== undefined && back) offerUndo(done, () => mutation.mutate({ id, edit: back }))
    },
    onSettled: reloadOutcomes,
  })
  const save = (id: number, edit: OutcomeEdit, done: string) => {
    const outcomes = queryClient.getQueryData(outcomesQuery.queryKey) ?? []
    mutation.mutate({ id, edit, done, back: backFrom(outcomes, id, edit) })
  }
  return { save, status: mutation.status, error: mutation.error, savedId: mutation.variables?.id }
}
