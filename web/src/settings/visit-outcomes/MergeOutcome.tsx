import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'

import { client } from '../../api/client.ts'
import { reloadOutcomes } from '../../api/visit-outcome-changes.ts'
import type { KnownOutcome } from '../../api/visit-outcomes.ts'
import { Question } from '../../parts/Question.tsx'
import { Select } from '../../parts/Select.tsx'
import { say } from '../../parts/toasts.ts'
import { problemOf } from '../../texts/problem.ts'
import { texts } from '../../texts/texts.ts'

const { visitOutcomes: words } = texts

interface MergeOutcomeProps {
  readonly outcome: KnownOutcome
  readonly visits: number
  /** Into which it may be merged. */
  readonly targets: readonly KnownOutcome[]
  readonly onClose: () => void
}

/** Asks into which outcome, and whether: merging cannot be undone. */
export function MergeOutcome({ outcome, visits, targets, onClose }: MergeOutcomeProps) {
  const [into, setInto] = useState<string>(String(targets[0]?.id ?? ''))
  const target = targets.find(({ id }) => String(id) === into)
  const merge = useMutation({
    mutationFn: (intoId: number) => client.outcomes.merge(outcome.id, { into_id: intoId }),
    onSuccess: async () => {
      await reloadOutcomes()
      say(words.merged(outcome.name, target?.name ?? ''))
      onClose()
    },
  })
  return (
    <Question
      title={words.mergeTitle(outcome.name)}
      help={words.mergeHelp(outcome.name, target?.name ?? '', visits)}
      confirm={words.mergeDo}
      isPending={merge.isPending}
      problem={merge.error ? problemOf(merge.error, words.failed) : undefined}
      onConfirm={() => target && merge.mutate(target.id)}
      onClose={onClose}
    >
      <Select
        name={words.mergeInto}
        value={into}
        onValue={setInto}
        choices={targets.map(({ id, name }) => ({ value: String(id), name }))}
      />
    </Question>
  )
}
