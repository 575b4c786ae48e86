import type { AccountKey } from './accounts.ts'

/** The kinds of objects that the demo team consists of. */
export const demoKinds = ['visit', 'lead', 'contact', 'user', 'visit_outcome'] as const
export type DemoKind = (typeof demoKinds)[number]

/** How many objects of each kind are there. */
export type DemoCounts = Readonly<Record<DemoKind, number>>

/** Adds and removes the demo team, in the background of other work. */
export interface DemoTeam {
  /** Answers what is there then. Throws `conflict` in an account with data of its own, and `busy`. */
  add(account: AccountKey): Promise<DemoCounts>
  /** False: there is none. Throws `conflict` if no other admin would be left, and `busy`. */
  remove(account: AccountKey): Promise<boolean>
}

/** What is noted of the demo team, outside of any transaction. */
export interface DemoReads {
  /** Whether there is anything of it. */
  has(account: AccountKey): Promise<boolean>
  count(account: AccountKey): Promise<DemoCounts>
  /** The ids of these objects, the lowest first, at most `limit`. */
  list(account: AccountKey, kind: DemoKind, limit: number): Promise<number[]>
}

/** The same, in a transaction. */
export interface DemoWrites {
  /** Whether there is anything of it. */
  has(): Promise<boolean>
  /** The ids of these objects, the lowest first, at most `limit`. */
  list(kind: DemoKind, limit: number): Promise<number[]>
  /** Which of the ids are of the demo team. */
  findNoted(kind: DemoKind, ids: readonly number[]): Promise<Set<number>>
  note(kind: DemoKind, ids: readonly number[]): Promise<void>
  forget(kind: DemoKind, ids: readonly number[]): Promise<void>
  /**
   * Keeps other processes from adding and removing the demo team until then (ms); null: no longer.
   * False: another one does that at `now`.
   */
  reserve(until: number | null, now: number): Promise<boolean>
}
