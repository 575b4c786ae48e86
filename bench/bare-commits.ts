import { DatabaseSync, type SQLInputValue } from 'node:sqlite'

const perCommit = 32
const tables = ['visits', 'visit_events', 'idempotency_keys'] as const

type Row = Record<string, SQLInputValue>

/**
 * What SQLite itself can do: nothing but the rows of a check-in, as the server wrote its last one,
 * 32 check-ins to a commit, each commit synced to disk. `isIndexed`: into a copy of the store with
 * its indexes and all that it holds; otherwise into empty tables that have a key only.
 */
export class BareCommits implements Disposable {
  readonly #database: DatabaseSync
  readonly #inserts: ((number: number) => void)[]
  #number = 1_000_000_000

  constructor(file: string, store: string, isIndexed: boolean) {
    if (isIndexed) copy(store, file)
    this.#database = new DatabaseSync(file)
    this.#database.exec(
      `pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 16384;
       pragma cache_size = -24576; attach '${store}' as store`,
    )
    if (!isIndexed) this.#database.exec(emptyTables)
    this.#inserts = tables.map((table) => this.#insertInto(table))
    this.#database.exec('detach store')
  }

  /** Check-ins per second. */
  run(seconds: number): number {
    const startMs = performance.now()
    let count = 0
    let elapsedMs = 0
    while (elapsedMs < seconds * 1000) {
      this.#database.exec('begin immediate')
      for (let each = 0; each < perCommit; each++) {
        this.#number++
        for (const insert of this.#inserts) insert(this.#number)
      }
      this.#database.exec('commit')
      count += perCommit
      elapsedMs = performance.now() - startMs
    }
    return (count * 1000) / elapsedMs
  }

  #insertInto(table: (typeof tables)[number]): (number: number) => void {
    const newest = `select * from store.${table} order by rowid desc limit 1`
    const row: Row | undefined = this.#database.prepare(newest).get()
    if (!row) throw new Error(`the store has no row in ${table} yet`)
    const columns = Object.keys(row)
    const statement = this.#database.prepare(
      `insert into main.${table} (${columns.map((column) => `"${column}"`).join(', ')})
       values (${columns.map(() => '?').join(', ')})`,
    )
    return (number) => {
      const own: Row = { id: number, visit_id: number, offset: number, key: keyOf(number) }
      statement.run(...columns.map((column) => own[column] ?? row[column] ?? null))
    }
  }

  [Symbol.dispose](): void {
    this.#database.close()
  }
}

const keyOf = (number: number): string => String(number).padStart(36, '0')

const emptyTables = `
  create table main.visits as select * from store.visits limit 0;
  create unique index main.visits_key on visits (account_id, id);
  create table main.visit_events as select * from store.visit_events limit 0;
  create unique index main.visit_events_key on visit_events (account_id, "offset");
  create table main.idempotency_keys as select * from store.idempotency_keys limit 0;
  create unique index main.idempotency_keys_key on idempotency_keys (account_id, user_id, key);`

function copy(store: string, file: string): void {
  using database = new DatabaseSync(store, { readOnly: true })
  database.prepare('vacuum into ?').run(file)
}
