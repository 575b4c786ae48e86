import type { AccountKey } from './accounts.ts'
import type { AuditActor } from './audit.ts'
import type { FileImporter } from './file-imports.ts'
import type { ImportVerification } from './import-verifications.ts'
import type { Import } from './imports.ts'

/** Options to start or resume an import. */
export interface ImportStart {
  readonly token: string
  /** Whether to import changes until it is stopped. */
  readonly follow: boolean
}

/** Runs imports inside this process. */
export interface Importer {
  /** Starts or resumes the import. Throws `conflict` while it is running in any process. */
  start(account: AccountKey, given: ImportStart, by: AuditActor): Promise<Import>
  /**
   * Stops an import after the request to stop has been stored: at once if it runs in a server,
   * within seconds elsewhere. Waits for that a few seconds at most.
   */
  stop(account: AccountKey, id: number): Promise<void>
  /** The same, and the token stays in the memory of this process if the import ran here. */
  pause(account: AccountKey, id: number): Promise<void>
  /** What an import was started with in this process; undefined: it is not known any more. */
  heldOf(account: AccountKey, id: number): ImportStart | undefined
  /** The address that imports read from. */
  readonly baseUrl: string
  readonly files: FileImporter
  /**
   * Starts to compare everything that this import has read with the source, in the background. Throws
   * `conflict` while a comparison runs, or the import is reading.
   */
  verify(
    account: AccountKey,
    id: number,
    given: { readonly token: string; readonly sampleSize: number },
  ): Promise<ImportVerification>
}

const silenceMaxMs = 15_000

/** Whether a process is running the import. */
export const isRunning = ({ runner, heartbeatAt }: Import, now: number): boolean =>
  runner !== null && now - (heartbeatAt ?? 0) <= silenceMaxMs

/** Whether the import is proven to have read everything. */
export const isComplete = ({ phase, progress }: Import): boolean =>
  (phase === 'done' || phase === 'following') && progress.gaps.length === 0

/**
 * How far behind the source the import is, in s; null: unknown, since it cannot read the stream.
 */
export const behindSeconds = ({ progress }: Import, now: number): number | null =>
  progress.topAt === null ? null : Math.max(0, Math.round((now - progress.topAt) / 1000))
