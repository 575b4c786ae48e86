import { DomainError } from '../../domain/errors.ts'

const sqliteBusy = 5
const sqliteReadOnly = 8
const sqliteIoError = 10
const sqliteCorrupt = 11
const sqliteFull = 13

/** SQLite's primary result code; undefined for errors of anything else. */
const codeOf = (error: unknown): number | undefined =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode & 0xff
    : undefined

export const isBusy = (error: unknown): boolean => codeOf(error) === sqliteBusy

/** The disk has failed: nothing that was read or written can be trusted any more. */
export const isDiskError = (error: unknown): error is Error =>
  [sqliteIoError, sqliteCorrupt].some((code) => code === codeOf(error))

/** The error with what the reader can do about it, where there is something. */
export function explained(error: unknown): unknown {
  const sentence = sentences.get(codeOf(error) ?? 0)
  return sentence === undefined ? error : new DomainError('unavailable', sentence)
}

const sentences: ReadonlyMap<number, string> = new Map([
  [sqliteBusy, 'Another process is writing to the store. Try again later.'],
  [sqliteReadOnly, 'The store may only be read. Check the permissions of its files and folder.'],
  [sqliteIoError, 'The disk has failed. Check it, then restore the newest backup if need be.'],
  [sqliteCorrupt, 'The store is damaged. Restore the newest backup.'],
  [sqliteFull, 'The disk is full. Make room, then try again.'],
])

export function explainOpening(error: unknown, file: string): unknown {
  if (!(error instanceof Error) || codeOf(error) === undefined) return error
  const advice =
    codeOf(error) === sqliteCorrupt
      ? 'Restore the newest backup that is whole.'
      : 'Check that it is a store of Doorstep, the permissions of its folder, and the free space on ' +
        'the disk.'
  return new DomainError(
    'unavailable',
    `The store ${file} cannot be opened: ${error.message}. ${advice}`,
  )
}
