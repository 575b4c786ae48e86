import { counted } from '../format.ts'

export const review = {
  keep: 'Keep finding',
  keepAll: 'Keep findings',
  dismiss: 'Dismiss',
  done: (state: 'kept' | 'dismissed', count: number) => {
    const findings = count === 1 ? 'Finding' : counted(count, 'finding', 'findings')
    return `${findings} ${state}`
  },
  failed: (why: string) => `The review was not saved. ${why}`,
  selected: (count: number) => `${count} selected`,
  notReviewable: 'Nothing selected waits for your review',
  clear: 'Clear',
  note: 'Note to the review',
  notePlaceholder: 'Add a note to the review',
} as const
