import type { ImportPhase } from './imports.ts'

/** Connections to a database server. */
export interface PoolLoad {
  readonly name: 'readers' | 'writers'
  readonly open: number
  readonly idle: number
  /** How many wait for one. */
  readonly waiting: number
}

/** What the engine has to cope with; what it does not have is empty or null. */
export interface EngineLoad {
  readonly pools: readonly PoolLoad[]
  /** Bytes of the write-ahead log of SQLite, and how often this process copied pages back from it. */
  readonly logBytes: number | null
  readonly checkpoints: number | null
  /** How far each standby is behind in ms; null: it is not read from. */
  readonly replicaLagsMs: readonly (number | null)[]
}

/** What waits in the store, of all accounts, and what the engine has to cope with. */
export interface StoreLoad extends EngineLoad {
  /** Addresses that the geocoder has not been asked for, or has to be asked for again. */
  readonly geocodingWaiting: number
  readonly imports: Readonly<Record<ImportPhase, number>>
  /** Imports from Sell that are not done and whose last attempt has failed. */
  readonly importsFailed: number
  /** When the last sign of an import from Sell that is not done came, in ms; null: there is none. */
  readonly importHeartbeatAt: number | null
}
