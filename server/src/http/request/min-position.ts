import { DomainError } from '../../domain/errors.ts'
import { parsePosition, type Position } from '../../domain/positions.ts'
import { ApiError, invalidParameter } from '../errors.ts'

/** Reads what has seen all up to the query's `min_position`, and names it where it is at fault. */
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
      `must be the position that a write or the stream has answered, given: ${text.slice(0, 100)}`,
    ),
  ])
