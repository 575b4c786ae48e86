import type { AccountKey } from './accounts.ts'
import type { Import } from './imports.ts'

/** Runs imports inside this process. */
export interface Importer {
  /** Throws `conflict` while the import is running, here or in another process. */
  start(
    account: AccountKey,
    given: { readonly token: string; readonly follow: boolean },
  ): Promise<Import>
  /**
   * Ends one that is asked to stop, which stands in the store: at once where it runs in a server,
   * within seconds elsewhere. Waits for that, for some seconds at the most.
   */
  stop(account: AccountKey, id: number): Promise<void>
}

const silenceMaxMs = 15_000

/** Whether somebody is at work on it. */
export const isRunning = ({ runner, heartbeatAt }: Import, now: number): boolean =>
  runner !== null && now - (heartbeatAt ?? 0) <= silenceMaxMs

/** Whether all was read, as far as that can be proven. */
export const isComplete = ({ phase, progress }: Import): boolean =>
  (phase === 'done' || phase === 'following') && progress.gaps.length === 0

/** Since when it is not known whether the source has changed; null: that cannot be followed. */
export const behindSeconds = ({ progress }: Import, now: number): number | null =>
  progress.topAt === null ? null : Math.max(0, Math.round((now - progress.topAt) / 1000))
