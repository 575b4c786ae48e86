import { DomainError } from './errors.ts'

/** A place in an account's stream: just after the event at `offset`; 0: before the first event. */
export interface Position {
  readonly generation: number
  readonly offset: number
}

/** The extent of an account's stream, and its history of restores. */
export interface StreamState {
  readonly generation: number
  /** Offset of the newest event. */
  readonly head: number
  /** Offset of the newest event that retention has removed; 0: none. */
  readonly lastDropped: number
  /** For each generation after the first, the head of the restored store at its start. */
  readonly forks: readonly Position[]
}

const streamName = 'firehose.visit.by_account'
const pattern = /^firehose\.visit\.by_account,(0|[1-9]\d{0,8}),(0|[1-9]\d{0,15})$/

/** Padded base64 of `firehose.visit.by_account,<generation>,<offset>` (PROTOCOL 5.4). */
export function printPosition({ generation, offset }: Position): string {
  return btoa(`${streamName},${generation},${offset}`)
}

/** Parses a position as clients send it: padded, unpadded or escaped twice; undefined: invalid. */
export function parsePosition(text: string): Position | undefined {
  let plain: string
  try {
    plain = atob(text.replaceAll('%3D', '=').replaceAll('%3d', '='))
  } catch {
    return undefined
  }
  const match = pattern.exec(plain)
  if (!match) return undefined
  const position = { generation: Number(match[1]), offset: Number(match[2]) }
  return Number.isSafeInteger(position.offset) ? position : undefined
}

/**
 * Throws `stream_reset` for a position behind events that a restore has lost, and
 * `position_invalid` for one that this server did not issue or that lies ahead of the stream
 * (PROTOCOL 5.4).
 */
export function requireReached(position: Position, stream: StreamState): void {
  if (position.generation > stream.generation) throw unknownPosition()
  const reset = stream.forks.some(
    (fork) => fork.generation > position.generation && position.offset > fork.offset,
  )
  if (reset) {
    throw new DomainError(
      'stream_reset',
      'This position is behind events that were lost when the server was restored from a backup. ' +
        'Start again with position=tail and compare with GET /v2/visits.',
    )
  }
  if (position.offset > stream.head) throw unknownPosition()
}

/**
 * The offset to resume reading from. Throws as `requireReached` does, and `position_expired` if the
 * next event has been removed (PROTOCOL 5.6).
 */
export function resumeOffset(position: Position, stream: StreamState): number {
  requireReached(position, stream)
  if (position.offset < stream.lastDropped) {
    throw new DomainError(
      'position_expired',
      'The event after this position is older than the retention time and has been removed. ' +
        'Start again with position=tail and compare with GET /v2/visits.',
    )
  }
  return position.offset
}

function unknownPosition(): DomainError {
  return new DomainError('position_invalid', 'not a position that this server issued')
}
