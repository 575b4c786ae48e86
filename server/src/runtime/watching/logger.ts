import { hostname } from 'node:os'

import pino, { type DestinationStream, type Logger, type LoggerOptions } from 'pino'

import type { Answered, OnAnswered } from '../../domain/answered.ts'

const standardError = 2
/** As much as one write to a pipe never mixes with others'. */
const writeMaxBytes = 4096
const writeMinBytes = 3072
const requestsMs = 1_000

const options = (level: string): LoggerOptions => ({
  level,
  serializers: { err: printed },
  timestamp: isoTime,
  formatters: { level: (label) => ({ level: label }) },
})

let lastMs = 0
let lastTime = ''

/** NOTE: printing a time takes longer than all else of a line, and many share a millisecond. */
function isoTime(): string {
  const now = Date.now()
  if (now !== lastMs) {
    lastMs = now
    lastTime = `,"time":"${new Date(now).toISOString()}"`
  }
  return lastTime
}

/** A logger to standard error by default; of errors it prints nothing that rows hold. */
export const newLogger = (
  level: string,
  to: DestinationStream = pino.destination({ dest: standardError, sync: true }),
): Logger => pino(options(level), to)

/** What a server logs to. */
export interface Logs extends Disposable {
  readonly logger: Logger
  /** Absent: requests are not logged. */
  readonly logAnswer: OnAnswered | undefined
}

/**
 * Logs to standard error: lines for people on a terminal, JSON otherwise. Requests are logged at
 * `info`, and written together, at most a second late; disposing of it writes the last.
 */
export async function openLogs(level: string): Promise<Logs> {
  if (process.stderr.isTTY) return openForPeople(level)
  const logger = newLogger(level)
  if (!logger.isLevelEnabled('info')) {
    return { logger, logAnswer: undefined, [Symbol.dispose]() {} }
  }
  const together = pino.destination({
    dest: standardError,
    // NOTE: another thread would write while requests are answered, and cost more than it saves.
    sync: true,
    minLength: writeMinBytes,
    maxWrite: writeMaxBytes,
    periodicFlush: requestsMs,
  })
  return {
    logger,
    logAnswer: (answered) => void together.write(lineOf(answered)),
    [Symbol.dispose]: () => together.flushSync(),
  }
}

async function openForPeople(level: string): Promise<Logs> {
  const { default: pretty } = await import('pino-pretty')
  const logger = newLogger(level, pretty({ destination: standardError, sync: true }))
  return {
    logger,
    logAnswer: ({ method, operation, status, ms, bytes, userId, requestId }) =>
      logger.info(
        `${method} ${operation} ${status} in ${inTenths(ms)} ms, ${bytes} bytes, ` +
          `${userId === null ? 'nobody' : `user ${userId}`}, ${requestId}`,
      ),
    [Symbol.dispose]() {},
  }
}

const origin = `"pid":${process.pid},"hostname":${JSON.stringify(hostname())}`

/**
 * NOTE: as the logger prints it, in a third of the time. Nothing in it needs escaping: methods are
 * tokens, operations and routes are our own, and ids are checked.
 */
const lineOf = ({ method, operation, status, ms, bytes, userId, requestId }: Answered): string =>
  `{"level":"info"${isoTime()},${origin},"method":"${method}","operation":"${operation}",` +
  `"status":${status},"ms":${inTenths(ms)},"bytes":${bytes},"user_id":${userId},` +
  `"request_id":"${requestId}","msg":"answered"}\n`

const inTenths = (ms: number): number => Math.round(ms * 10) / 10

/** Other properties of database errors quote rows: what users wrote, and keys. */
function printed(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error)
  const { name: type, message, stack, cause } = error
  const code = 'code' in error ? error.code : undefined
  const constraint = 'constraint' in error ? error.constraint : undefined
  return {
    type,
    message,
    code,
    constraint,
    stack,
    ...(cause !== undefined && { cause: printed(cause) }),
  }
}
