import { expect, it } from 'vitest'

import { newLogger } from './logger.ts'

it('prints of an error of the database what went wrong, and nothing that a row holds', () => {
  const lines: string[] = []
  const logger = newLogger('info', { write: (line) => void lines.push(line) })
  const cause = Object.assign(new Error('new row violates check constraint'), {
    code: '23514',
    constraint: 'visit_events_default_before',
    detail: 'Failing row contains (1, Jane Doe wants a refund).',
    where: 'COPY visits, line 1: "Jane Doe"',
  })
  logger.error({ err: new Error('the request failed', { cause }) }, 'unexpected')
  const { err } = JSON.parse(lines[0] ?? '')
  expect(err).toMatchObject({ type: 'Error', message: 'the request failed' })
  expect(err.cause).toMatchObject({ code: '23514', constraint: 'visit_events_default_before' })
  expect(lines.join()).not.toContain('Jane')
})
