import type { AccountKey } from '../../domain/accounts.ts'
import { DomainError } from '../../domain/errors.ts'
import { isRunning } from '../../domain/importer.ts'
import { type Import, newProgress } from '../../domain/imports.ts'
import type { Store, Transaction } from '../../domain/store.ts'

export interface Claimant {
  /** `<host> <process id> <random>` */
  readonly runner: string
  /** Whether the process of this runner lives; undefined: that cannot be told from here. */
  readonly isAlive: (runner: string) => boolean | undefined
  readonly clock: () => number
}

/**
 * Makes this process the one that works on the import of this source, which begins where it does not
 * exist yet. Throws `conflict` while another process works on it.
 */
export function claimImport(
  store: Store,
  account: AccountKey,
  source: string,
  baseUrl: string,
  { runner, isAlive, clock }: Claimant,
): Promise<Import> {
  return store.write(account, async (tx) => {
    const now = clock()
    const known = await tx.imports.findBySource(source, baseUrl)
    if (known?.runner && known.runner !== runner) {
      const alive = isAlive(known.runner)
      if (alive !== false && isRunning(known, now)) {
        const [host, pid] = known.runner.split(' ')
        throw new DomainError(
          'conflict',
          `Process ${pid} on ${host} is importing from ${baseUrl} already. Stop it first.`,
        )
      }
    }
    const claimed: Import = {
      ...(known ?? {
        id: await tx.imports.nextId(),
        source,
        baseUrl,
        phase: 'lists',
        progress: newProgress,
        startedAt: now,
        finishedAt: null,
      }),
      updatedAt: now,
      runner,
      heartbeatAt: now,
      isStopAsked: false,
      lastError: null,
    }
    await tx.imports.save(claimed)
    return claimed
  })
}

/** The import as it is kept; throws `conflict` when another process has taken it over. */
export async function findClaimed(tx: Transaction, id: number, runner: string): Promise<Import> {
  const kept = await tx.imports.find(id)
  if (kept?.runner === runner) return kept
  throw new DomainError(
    'conflict',
    'Another process has taken this import over, since this one gave no sign of life.',
  )
}
