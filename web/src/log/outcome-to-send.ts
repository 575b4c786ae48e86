import type { KnownOutcome } from '../api/visit-outcomes.ts'

/**
 * The outcome with which a mended visit is sent: one of those that are offered, or the visit's own while
 * none is known. Undefined: one has to be chosen.
 */
export function outcomeToSend(
  offered: readonly KnownOutcome[],
  chosenId: number | null,
): number | null | undefined {
  if (offered.length === 0) return chosenId
  return offered.find(({ id }) => id === chosenId)?.id
}
