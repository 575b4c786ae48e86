import { expect, it } from 'vitest'

import { editOf, undoOf } from './edit-of.ts'

const opened = { outcome_id: 1, summary: 'before' }

it('sends only what was edited, and puts back only that', () => {
  const edit = editOf(opened, { outcome_id: 1, summary: 'typed' })

  expect(edit).toEqual({ summary: 'typed' })
  expect(undoOf(edit, { outcome_id: 2, summary: 'before' })).toEqual({ summary: 'before' })
  expect(editOf(opened, opened)).toEqual({})
})
