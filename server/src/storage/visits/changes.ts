import { DomainError } from '../../domain/errors.ts'
import type { LocatedVisit } from '../../domain/location-data.ts'
import {
  type SightedPosition,
  resumeOffset,
  type SightPosition,
  sightAt,
  type StreamState,
  unknownPosition,
} from '../../domain/positions.ts'
import type { ChangesPage, ChangesRequest, VisitChangeReads } from '../../domain/visit-changes.ts'
import type { Database, Reader } from '../database.ts'
import { readStream } from '../events.ts'
import { readSeenEvents } from './seen-events.ts'
import { walkSight } from './sight-walk.ts'
import { readSight, type Sight, sightOf } from './sight.ts'

/** Readings again because who sees what has changed meanwhile; SQLite has no snapshot of its own. */
const triesMax = 3

export const visitChangeReads = (database: Database): VisitChangeReads => ({
  async read(account, request) {
    for (let tries = 1; ; tries++) {
      const read = await database.read((reader) => readChanges(reader, account, request))
      if (read.isOfOneMoment) return read.page
      if (tries === triesMax) return { ...read.page, ...read.start, items: [], located: [] }
    }
  },
})

interface Read {
  readonly page: ChangesPage
  /** The answer that says nothing yet. */
  readonly start: Pick<ChangesPage, 'position' | 'isTop'>
  readonly isOfOneMoment: boolean
}

async function readChanges(
  reader: Reader,
  account: number,
  request: ChangesRequest,
): Promise<Read> {
  const stream = await readStream(reader, account)
  const from = await startOf(reader, account, request.from, stream)
  const sight = await readSight(reader, account, request.viewer)
  const page = await readPage(reader, account, request, { stream, from, sight })
  const after = await readStream(reader, account)
  return {
    page,
    start: { position: from, isTop: false },
    isOfOneMoment: sight.number === stream.sight && after.sight === stream.sight,
  }
}

interface Start {
  readonly stream: StreamState
  readonly from: SightedPosition
  readonly sight: Sight
}

/** First what changed who sees what, then events: those are judged by who sees them now. */
async function readPage(
  reader: Reader,
  account: number,
  { viewer, limit }: ChangesRequest,
  { stream, from, sight }: Start,
): Promise<ChangesPage> {
  const { generation } = stream
  const { offset } = from
  if (from.sight.done < stream.sight) {
    const walked = await walkSight(reader, account, { viewer, limit, from: from.sight, sight })
    const isDone = walked.sight.done === stream.sight
    if (walked.items.length > 0 || !isDone) {
      return toPage(walked, {
        position: { generation, offset, sight: isDone ? sightAt(stream.sight) : walked.sight },
        isTop: isDone && offset >= stream.head,
      })
    }
  }
  const events = await readSeenEvents(reader, account, { offset, limit, stream, sight })
  return toPage(events, {
    position: { generation, offset: events.offset, sight: sightAt(stream.sight) },
    isTop: events.offset >= stream.head,
  })
}

const toPage = (
  { items, located }: { readonly items: string[]; readonly located: LocatedVisit[] },
  rest: Pick<ChangesPage, 'position' | 'isTop'>,
): ChangesPage => ({ items, located, ...rest })

async function startOf(
  reader: Reader,
  account: number,
  from: ChangesRequest['from'],
  stream: StreamState,
): Promise<SightedPosition> {
  const { generation, head, lastDropped } = stream
  if (from === 'tail') return { generation, offset: lastDropped, sight: sightAt(stream.sight) }
  if (from === 'top') return { generation, offset: head, sight: sightAt(stream.sight) }
  const offset = resumeOffset(from, stream)
  if (from.generation < generation) throw reset()
  const sight = from.sight ?? (await sightOf(reader, account, offset, stream))
  requireKnown(sight, stream)
  return { generation, offset, sight }
}

function requireKnown({ base, done }: SightPosition, { sight }: StreamState): void {
  if (base <= done && done <= sight) return
  throw unknownPosition()
}

/** NOTE: what a restore has lost of who sees what leaves no trace in the position. */
const reset = () =>
  new DomainError(
    'stream_reset',
    'The server was restored from a backup after this position. Start again with an export.',
  )
