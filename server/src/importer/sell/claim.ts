import type { AccountKey } from '../../domain/accounts.ts'
import type { AuditActor } from '../../domain/audit.ts'
import { DomainError } from '../../domain/errors.ts'
import { newProgress } from '../../domain/import-progress.ts'
import { isRunning } from '../../domain/importer.ts'
import type { Import } from '../../domain/imports.ts'
import type { Store } from '../../domain/store.ts'
import { noteImport } from '../../rules/audited.ts'

/** Longer than the silence after which an import counts as stopped. */
const waitMaxMs = 20_000
const pollMs = 250

export interface Claimant {
  /** `<host> <process id> <random>`, and when the process started, where the system says so. */
  readonly runner: string
  /** Whether the process of this runner is alive; undefined: unknown. */
  readonly isAlive: (runner: string) => boolean | undefined
  readonly clock: () => number
  /** Who starts the import. */
  readonly by: AuditActor
}

/** Claims the import of this source, or creates it. Throws `conflict` while another has it. */
export async function claimImport(
  store: Store,
  account: AccountKey,
  source: string,
  baseUrl: string,
  claimant: Claimant,
): Promise<Import> {
  const { claimed, holder } = await tryClaim(store, account, source, baseUrl, claimant)
  if (claimed) return claimed
  throw isImporting(holder, baseUrl)
}

/**
 * The same for a command that is run again after its process was killed, which the system may still
 * list: waits until the holder has shown a heartbeat, and throws `conflict` then, or has shown none
 * for so long that it is dead.
 */
export async function claimOnceSilent(
  store: Store,
  account: AccountKey,
  source: string,
  baseUrl: string,
  claimant: Claimant,
  signal?: AbortSignal,
): Promise<Import> {
  let first: Import | undefined
  for (const deadline = performance.now() + waitMaxMs; ;) {
    const { claimed, holder } = await tryClaim(store, account, source, baseUrl, claimant)
    if (claimed) return claimed
    first ??= holder
    const isSame = holder.runner === first.runner && holder.heartbeatAt === first.heartbeatAt
    if (!isSame || performance.now() > deadline || signal?.aborted) {
      throw isImporting(holder, baseUrl)
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs))
  }
}

type Attempt =
  | { readonly claimed: Import; readonly holder?: undefined }
  /** The import as the process that has it last saved it. */
  | { readonly claimed?: undefined; readonly holder: Import }

function tryClaim(
  store: Store,
  account: AccountKey,
  source: string,
  baseUrl: string,
  { runner, isAlive, clock, by }: Claimant,
): Promise<Attempt> {
  return store.write(account, async (tx) => {
    const now = clock()
    const known = await tx.imports.findBySource(source, baseUrl)
    if (known?.runner && known.runner !== runner && isRunning(known, now)) {
      if (isAlive(known.runner) !== false) return { holder: known }
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
    await noteImport(tx, by, claimed, { resumed: known !== undefined })
    return { claimed }
  })
}

function isImporting({ runner }: Import, baseUrl: string): DomainError {
  const [host, pid] = runner?.split(' ') ?? []
  return new DomainError(
    'conflict',
    `Process ${pid} on ${host} is already importing from ${baseUrl}. Stop it first.`,
  )
}
