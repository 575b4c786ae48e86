import type { CallOptions, Connection } from './connection.ts'
import { answerFailure, networkFailure } from './failures.ts'
import { isRecord, parseJson } from './json.ts'
import type { QueryValues } from './query.ts'
import { openAnswer } from './request.ts'

/** A file that the server is still writing. */
export interface ExportedFile {
  /** The stream's position at which it was taken: what the stream reports from there on is not in it. */
  readonly position: string
  /** As `visits-2026-03-02.csv`. */
  readonly fileName: string
  /** The media type. */
  readonly type: string
  /** The bytes. Fails if the connection ends before the file does: then it is not whole. */
  readonly body: ReadableStream<Uint8Array>
}

/** What an export ends with. */
export interface ExportEnd {
  readonly position: string
  readonly count: number
}

/** Exports of one kind of object. */
export interface Exports<Query, Data> {
  /**
   * Everything that the filters leave as one file: `csv`, `ndjson`, `geojson` or `parquet`. No
   * `timeoutMs` applies once it has begun, and it is not retried after that. Throws
   * InvalidRequestError, or RateLimitedError where too many exports run.
   */
  export(query?: Query, options?: CallOptions): Promise<ExportedFile>

  /**
   * The `data` of every object, read from an NDJSON export of any length. Returns, at its end, the
   * stream's position and the count; throws NetworkError if the export was cut off.
   */
  exportEach(
    query?: Omit<Query, 'format' | 'bom' | 'columns'>,
    options?: CallOptions,
  ): AsyncGenerator<Data, ExportEnd, void>
}

/** The name by which a file is answered; empty: none. */
export const fileNameIn = (headers: Headers): string =>
  /filename="([^"]*)"/.exec(headers.get('Content-Disposition') ?? '')?.[1] ?? ''

export function exports<Query extends object, Data>(
  connection: Connection,
  path: string,
): Exports<Query, Data> {
  async function open(query: QueryValues, options: CallOptions = {}): Promise<ExportedFile> {
    const response = await openAnswer(connection, path, query, options)
    const { headers, body } = response
    const position = headers.get('Doorstep-Position')
    if (body === null || position === null) {
      await body?.cancel()
      throw answerFailure(`GET ${path}`, response, '', connection.timing.now())
    }
    return {
      position,
      fileName: fileNameIn(headers),
      type: headers.get('Content-Type') ?? '',
      body,
    }
  }

  async function* each(query: QueryValues, options: CallOptions | undefined) {
    const { body } = await open({ ...query, format: 'ndjson' }, options)
    try {
      for await (const line of linesOf(body)) {
        const item = parseJson(line)
        if (!isRecord(item)) break
        if (hasData<Data>(item)) yield item.data
        else if (isEnd(item.meta)) return item.meta
      }
    } catch (cause) {
      options?.signal?.throwIfAborted()
      throw networkFailure(`GET ${path}`, cause, undefined)
    }
    throw networkFailure(`GET ${path}`, new Error('the export was cut off'), undefined)
  }

  return {
    export: (query, options) => open({ ...query }, options),
    exportEach: (query, options) => each({ ...query }, options),
  }
}

/** NOTE: what the server promises, as with every other answer. */
const hasData = <Data>(item: object): item is { readonly data: Data } => 'data' in item

const isEnd = (meta: unknown): meta is ExportEnd =>
  isRecord(meta) && typeof meta.position === 'string' && typeof meta.count === 'number'

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  const reader = body.getReader()
  let rest = ''
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      const lines = (rest + decoder.decode(read.value, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      yield* lines
    }
  } finally {
    await reader.cancel()
  }
}
