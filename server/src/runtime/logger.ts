import pino, { type DestinationStream, type Logger } from 'pino'

/** A logger to standard error, or where it is told; of errors it prints nothing that rows hold. */
export const newLogger = (
  level: string,
  to: DestinationStream = pino.destination({ dest: 2, sync: true }),
): Logger => pino({ level, serializers: { err: printed } }, to)

/** Errors of a database quote rows in their other properties: what people wrote, and keys. */
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
