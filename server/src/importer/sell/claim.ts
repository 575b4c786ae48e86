import type { AccountKey } from '../../domain/accounts.ts'
import { DomainError } from '../../domain/errors.ts'
import { newProgress } from '../../domain/import-progress.ts'
import { isRunning } from '../../domain/importer.ts'
import type { Import } from '../../domain/imports.ts'
import type { Store, Transaction } from '../../domain/store.ts'

export interface Claimant {
  /** `<host> <process id> <random>` */
  readonly runner: string
  /** Whether the process of this runner is alive; undefined: unknown, it runs on another host. */
  readonly isAlive: (runner: string) => boolean | undefined
  readonly clock: () => number
}

/** Claims the import of this source, or creates it. Throws `conflict` while another has it. */
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
          `Process ${pid} on ${host} is already importing from ${baseUrl}. Stop it first.`,
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

/** The stored import. Throws `conflict` when another process has claimed it. */
export async function findClaimed(tx: Transaction, id: number, runner: string): Promise<Import> {
  const stored = await tx.imports.find(id)
  if (stored?.runner === runner) return stored
  throw new DomainError(
    'conflict',
    'Another process has claimed this import because this one was unresponsive.',
  )
}
