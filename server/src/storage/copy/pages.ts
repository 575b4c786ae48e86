import { type CopiedRow, type CopiedTable, type CopyEnd, keyOf } from './copy-end.ts'

/** Rows of a page. Two pages are in memory at once: one is read while the other is written. */
const pageRows = 500

/** Runs the work on every page after a key, and reads the next page meanwhile. */
export async function eachPage(
  end: CopyEnd,
  table: CopiedTable,
  after: CopiedRow | undefined,
  work: (rows: readonly CopiedRow[]) => Promise<void>,
): Promise<void> {
  let rows = await end.page(table, after, pageRows)
  while (rows.length > 0) {
    const last = rows.at(-1)
    const isFull = rows.length === pageRows
    const next = isFull && last ? end.page(table, keyOf(table, last), pageRows) : undefined
    // A failure is thrown where it is awaited.
    next?.catch(() => {})
    await work(rows)
    rows = (await next) ?? []
  }
}
