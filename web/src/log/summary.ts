import { summaryLengthMax } from '@doorstep/contract/limits'

import type { Place } from './preview.ts'
import type { LogForm } from './use-draft.ts'

/** The note, and before it why the phone is far away; null: nothing was written. */
export function summaryOf({ reason, note }: LogForm, place: Place): string | null {
  const lines = [place === 'far' ? reason : null, note.trim() || null]
  return lines.filter((line) => line !== null).join('\n') || null
}

/** How many characters it is too long; 0: it fits. */
export const excessOf = (summary: string | null): number =>
  Math.max(0, [...(summary ?? '')].length - summaryLengthMax)
