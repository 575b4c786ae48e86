import { DomainError } from '../../domain/errors.ts'

/** What a connection connects to, and as which user; never the password. */
export interface Target {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
  'EACCES',
])
/** The driver's messages, which have no code. */
const lostMessages =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|Query read timeout|timeout expired|timeout exceeded when trying to connect|Received unexpected|write after end|Cannot use a pool|The server does not support)/

/** The connection was lost, or never made: it cannot be used again. */
export function isConnectionLoss(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = codeOf(error)
  if (networkCodes.has(code) || code.startsWith('08') || shutdownCodes.has(code)) return true
  return lostMessages.test(error.message) || isConnectionLoss(error.cause)
}

/** The server did not answer, and did not close the connection either. */
export const isSilence = (error: unknown): boolean =>
  error instanceof Error &&
  (error.message === 'Query read timeout' || codeOf(error) === 'ETIMEDOUT')

/** Another process held a lock for too long. */
export const isLockTimeout = (error: unknown): boolean => codeOf(error) === '55P03'

/**
 * The statement was lost with its connection, and may be sent over another; false for a connection
 * that could not be made at all.
 */
export const isBroken = (error: unknown): boolean =>
  isConnectionLoss(error) &&
  error instanceof Error &&
  !/ECONNREFUSED|timeout|starting up/.test(error.message)

/** The object that a statement changes does not exist, or was dropped. */
export const isMissing = (error: unknown): boolean => codeOf(error) === '42704'

/** There is no such table: it was not made yet, or not replayed yet. */
export const isNoTable = (error: unknown): boolean => codeOf(error) === '42P01'

/** The server has no such function, or does not let this user call it. */
export const isNotOffered = (error: unknown): boolean =>
  ['0A000', '42501', '42883'].includes(codeOf(error))

const shutdownCodes = new Set(['57P01', '57P02', '57P03', '57P05', '25P03'])

/** The database cannot be used now and may be later: unreachable, full, or not promoted yet. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return (
    isConnectionLoss(error) || unreachableCodes.has(codeOf(error)) || isUnreachable(error.cause)
  )
}

const unreachableCodes = new Set(['53300', '25006', '55P03'])

const unavailableCodes: Readonly<Record<string, string>> = {
  '25006': 'The database is read-only at present. Try again later.',
  '40001': 'The change conflicted with another one. Try again.',
  '40P01': 'The change conflicted with another one. Try again.',
  '53100': 'The disk of the database is full. Make room, then try again.',
  '53200': 'The database has run out of memory. Try again later.',
  '53300': 'The database has no connection left. Try again later.',
  '55P03': 'Another process has been writing to the store for too long. Try again later.',
  '57014': 'The database took too long. Try again later.',
}

const lost = 'The database cannot be reached at present. Try again later.'
const crowded = 'All connections to the database are in use at present. Try again later.'
const lostAtCommit =
  'The connection to the database was lost during the commit, so it is unknown whether the change ' +
  'was saved. Send it again with the same Idempotency-Key, or read first.'

/** The driver's pool waited in vain for a free connection. */
export const isCrowded = (error: unknown): boolean =>
  error instanceof Error && error.message === 'timeout exceeded when trying to connect'

/** Errors of the server and the network as sentences with advice; all others as they are. */
export function explained(error: unknown, isCommitting = false): unknown {
  if (isCrowded(error)) return new DomainError('unavailable', crowded, { cause: error })
  if (isConnectionLoss(error)) {
    return new DomainError('unavailable', isCommitting ? lostAtCommit : lost, { cause: error })
  }
  const known = unavailableCodes[codeOf(error)]
  return known === undefined ? error : new DomainError('unavailable', known, { cause: error })
}

/** The reason why the store cannot be opened, with advice. */
export function explainOpening(error: unknown, target: Target): unknown {
  if (error instanceof DomainError || !(error instanceof Error)) return error
  const { host, port, database, user } = target
  const why = whyNotOpen(codeOf(error), error, target)
  if (why === undefined) return error
  return new DomainError(
    'unavailable',
    `The database ${database} at ${host}:${port} cannot be used as ${user}: ${why}`,
    { cause: error },
  )
}

function whyNotOpen(code: string, error: Error, target: Target): string | undefined {
  const { database, user } = target
  switch (code) {
    case '28P01':
    case '28000':
      return `${error.message}. Check user and password in DATABASE_URL, and the server’s pg_hba.conf.`
    case '3D000':
      return `there is no such database. Create it with: createdb --owner=${user} --encoding=UTF8 ${database}`
    case '42501':
      return (
        `it may not create tables (${error.message}). Let its owner run in ${database}: ` +
        `GRANT USAGE, CREATE ON SCHEMA public TO "${user}"`
      )
    case '25006':
      return 'it is read-only. Name the primary server in DATABASE_URL, not a standby.'
    case '53300':
      return 'the server has no connection left. Raise its max_connections, or run fewer processes.'
    case '57P03':
      return 'the server is starting or stopping. Try again in a moment.'
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'the host is unknown. Check DATABASE_URL.'
    default:
      return isConnectionLoss(error) || /password|SASL|SSL|authentication/i.test(error.message)
        ? `${error.message || code}. Check DATABASE_URL, and that the server runs.`
        : undefined
  }
}
