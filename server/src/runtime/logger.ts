import pino, { type DestinationStream, type Logger, type LoggerOptions } from 'pino'

import type { Answered } from '../domain/answered.ts'

const standardError = 2
/** As much as one write to a pipe never mixes with others'. */
const writeMaxBytes = 4096
/** NOTE: every write takes another thread's time. */
const writeMinBytes = 3072
const requestsMs = 1_000

const options = (level: string): LoggerOptions => ({
  level,
  serializers: { err: printed },
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
})

/** A logger to standard error by default; of errors it prints nothing that rows hold. */
export const newLogger = (
  level: string,
  to: DestinationStream = pino.destination({ dest: standardError, sync: true }),
): Logger => pino(options(level), to)

/** What a server logs to. */
export interface Logs extends Disposable {
  readonly logger: Logger
  logAnswer(answered: Answered): void
}

/**
 * Logs to standard error: lines for people on a terminal, JSON otherwise. Requests are written
 * together, at most a second late; disposing of it writes the last.
 */
export async function openLogs(level: string): Promise<Logs> {
  if (process.stderr.isTTY) {
    const { default: pretty } = await import('pino-pretty')
    const logger = newLogger(
      level,
      pretty({
        destination: standardError,
        sync: true,
        ignore: 'pid,hostname,operation,method,status,ms,bytes,user_id,request_id',
        messageFormat: prettyMessage,
      }),
    )
    return { logger, logAnswer: answerLog(logger), [Symbol.dispose]() {} }
  }
  const together = pino.destination({
    dest: standardError,
    sync: false,
    minLength: writeMinBytes,
    maxWrite: writeMaxBytes,
    periodicFlush: requestsMs,
  })
  return {
    logger: newLogger(level),
    logAnswer: answerLog(newLogger(level, together)),
    [Symbol.dispose]: () => together.flushSync(),
  }
}

const answered = 'answered'

const prettyMessage =
  `{if method}{method} {operation} {status} in {ms} ms, {bytes} bytes, ` +
  `user {user_id}, {request_id}{end}{if !method}{msg}{end}`

/** Logs each request at `info`. */
export function answerLog(logger: Logger): (given: Answered) => void {
  if (!logger.isLevelEnabled('info')) return () => {}
  return ({ method, operation, status, ms, bytes, userId, requestId }) =>
    logger.info(
      {
        method,
        operation,
        status,
        ms: Math.round(ms * 10) / 10,
        bytes,
        user_id: userId,
        request_id: requestId,
      },
      answered,
    )
}

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
