import { DomainError } from './errors.ts'

/** A place in an account's stream: just after the event at `offset`; 0: before the first event. */
export interface Position {
  readonly generation: number
  readonly offset: number
  /** How far what changed who sees a visit was read; absent: only events count. */
  readonly sight?: SightPosition | undefined
}

/** A place in what changed who sees a visit, which is numbered from 1 (PROTOCOL 10.7). */
export interface SightPosition {
  /** Everything up to this number was read, and with it all that it concerned. */
  readonly base: number
  /** Since then everything up to this number was. */
  readonly done: number
  /** Of what the next number concerns, the visits up to this id were. */
  readonly visitId: number
}

/** A position that says of everything how far it was read. */
export interface SightedPosition extends Position {
  readonly sight: SightPosition
}

/** The extent of an account's stream, and its history of restores. */
export interface StreamState {
  readonly generation: number
  /** Offset of the newest event. */
  readonly head: number
  /** Offset of the newest event that retention has removed; 0: none. */
  readonly lastDropped: number
  /** The number of the newest change of who sees a visit. */
  readonly sight: number
  /** For each generation after the first, the head of the restored store at its start. */
  readonly forks: readonly Position[]
}

const streamName = 'firehose.visit.by_account'
const count = String.raw`(0|[1-9]\d{0,15})`
const pattern = new RegExp(
  String.raw`^firehose\.visit\.by_account,${count},${count}(?:;${count}(?:,${count},${count})?)?$`,
)

/**
 * Padded base64 of `firehose.visit.by_account,<generation>,<offset>` (PROTOCOL 5.4), with the place in
 * what changed who sees a visit behind it if there is one.
 */
export function printPosition({ generation, offset, sight }: Position): string {
  const seen = sight ? `;${printSight(sight).join(',')}` : ''
  return btoa(`${streamName},${generation},${offset}${seen}`)
}

const printSight = ({ base, done, visitId }: SightPosition): number[] =>
  base === done && visitId === 0 ? [base] : [base, done, visitId]

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
  const [generation = 0, offset = 0, base, done = base, visitId = 0] = match
    .slice(1)
    .filter((number) => number !== undefined)
    .map(Number)
  if (
    ![generation, offset, base, done, visitId].every((number) => Number.isSafeInteger(number ?? 0))
  ) {
    return undefined
  }
  return {
    generation,
    offset,
    ...(base !== undefined && { sight: { base, done: done ?? base, visitId } }),
  }
}

/** A place at which everything was read. */
export const sightAt = (number: number): SightPosition => ({
  base: number,
  done: number,
  visitId: 0,
})

/**
 * The generation of a stream after a restore or a failover at `now` (ms): a greater one than any that
 * a store of before has given out, even if that store is lost with all that it had recorded. A clock
 * that is behind the last generation gives one more than that, which a lost store may have given too.
 */
export const generationAfter = (generation: number, now: number): number =>
  Math.max(generation + 1, now)

/**
 * Throws `stream_reset` for a position behind events that a restore has lost, or of a generation that
 * was lost itself, and `position_invalid` for one that this server did not issue or that lies ahead of
 * the stream (PROTOCOL 5.4).
 */
export function requireReached(position: Position, stream: StreamState): void {
  if (position.generation > stream.generation) throw unknownPosition()
  const isKnown =
    position.generation === 0 ||
    stream.forks.some(({ generation }) => generation === position.generation)
  const isBeyond = stream.forks.some(
    (fork) => fork.generation > position.generation && position.offset > fork.offset,
  )
  if (!isKnown || isBeyond) {
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

/** The position is not one of this server. */
export function unknownPosition(): DomainError {
  return new DomainError(
    'position_invalid',
    'This is not a position that this server issued. Send one from an answer of this server as it ' +
      'is, or start again with position=tail.',
  )
}
