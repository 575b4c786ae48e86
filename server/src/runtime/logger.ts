import pino, { type DestinationStream, type Logger } from 'pino'

/** A logger to standard error by default; of errors it prints nothing that rows hold. */
export const newLogger = (
  level: string,
  to: DestinationStream = pino.destination({ dest: 2, sync: true }),
): Logger => pino({ level, serializers: { err: printed } }, to)

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
