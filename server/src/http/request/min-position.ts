import { DomainError } from '../../domain/errors.ts'
import { parsePosition, type Position } from '../../domain/positions.ts'
import { ApiError, invalidParameter } from '../errors.ts'

/** Runs a read that includes everything up to `min_position`; 400 for an unknown position. */
export async function readAtLeast<Result>(
  text: string | undefined,
  read: (minPosition: Position | undefined) => Promise<Result>,
): Promise<Result> {
  if (text === undefined) return read(undefined)
  const position = parsePosition(text)
  if (!position) throw malformed(text)
  try {
    return await read(position)
  } catch (error) {
    const isUnknown = error instanceof DomainError && error.code === 'position_invalid'
    throw isUnknown ? malformed(text) : error
  }
}

const malformed = (text: string): ApiError =>
  new ApiError([
    invalidParameter(
      'min_position',
      `must be a position returned by a write or the stream, given: ${text.slice(0, 100)}`,
    ),
  ])
