import { listed } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import type { UnsentCount } from './unsent.ts'

const { things } = texts.waiting

/** "2 visits, 1 edit, and 1 plan" */
export function printUnsent({ visits, edits, requests, plans, pins }: UnsentCount): string {
  const numbers = { visits, edits, requests, plans, pins }
  const printed = (['visits', 'edits', 'requests', 'plans', 'pins'] as const).flatMap((kind) =>
    numbers[kind] > 0 ? [things[kind](numbers[kind])] : [],
  )
  return listed(printed)
}
