import { DomainError } from '../domain/errors.ts'
import type { Import } from '../domain/imports.ts'
import type { Transaction } from '../domain/store.ts'

/** The stored import. Throws `conflict` when another process has claimed it. */
export async function findClaimed(tx: Transaction, id: number, runner: string): Promise<Import> {
  const stored = await tx.imports.find(id)
  if (stored?.runner === runner) return stored
  throw new DomainError(
    'conflict',
    'Another process has claimed this import because this one was unresponsive. Follow that one.',
  )
}
