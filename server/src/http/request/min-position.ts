import { DomainError } from '../../domain/errors.ts'
import { parsePosition, type Position } from '../../domain/positions.ts'
import { ApiError, invalidParameter } from '../errors.ts'

/** Runs a read that includes everything up to `min_position`; 400 for an unknown position. */
export async function readAtLeast<Result>(
  text: string | undefined,
  read: (minPosition: Position | undefined) => Promise<Result>,
): Promise<Result> {
  if (text === undefined) return read(undefined)
  const refusal = () => refuse('min_position', 'a position returned by a write or the stream', text)
  const position = parsePosition(text)
  if (!position) throw refusal()
  return orRefuse(refusal, () => read(position))
}

/** 400 for a position that this account's stream cannot have given. */
export const refuse = (name: string, expected: string, text: string): ApiError =>
  new ApiError([invalidParameter(name, `must be ${expected}, given: ${text.slice(0, 100)}`)])

/** Runs a read, and throws the refusal if the position is not of this stream. */
export async function orRefuse<Result>(
  refusal: () => ApiError,
  read: () => Promise<Result>,
): Promise<Result> {
  try {
    return await read()
  } catch (error) {
    const isUnknown = error instanceof DomainError && error.code === 'position_invalid'
    throw isUnknown ? refusal() : error
  }
}
