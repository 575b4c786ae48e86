import { DomainError } from '../domain/errors.ts'

/**
 * Notes that somebody takes data with them. A store that cannot be written, as on a full disk, does
 * not hold them up, since they may need the data most then: `onUnnoted` says it instead.
 */
export async function noteTaken(
  note: () => Promise<void>,
  onUnnoted: (error: DomainError) => void,
): Promise<void> {
  try {
    await note()
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'unavailable') throw error
    onUnnoted(error)
  }
}
