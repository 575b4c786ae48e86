import type { TestApp } from './start.ts'

export interface WalkedPage {
  readonly ids: readonly number[]
  /** undefined: the walk has ended. */
  readonly next: string | undefined
}

interface Answer {
  readonly items: readonly { readonly data: { readonly id: number } }[]
  readonly meta: { readonly count: number; readonly next_cursor?: string }
}

/** Reads one page of a list by a cursor. */
export async function readByCursor(
  app: TestApp,
  path: string,
  query: Readonly<Record<string, string>>,
  cursor: string,
  token = app.tokens.admin,
): Promise<WalkedPage> {
  const parameters = new URLSearchParams({ ...query, cursor })
  const headers = { Authorization: `Bearer ${token}` }
  const response = await fetch(`${app.url}${path}?${parameters}`, { headers })
  const text = await response.text()
  if (response.status !== 200) throw new Error(text)
  const { items, meta } = JSON.parse(text) as Answer
  return { ids: items.map(({ data }) => data.id), next: meta.next_cursor }
}

/** All ids from this cursor on. */
export async function walkOn(
  app: TestApp,
  path: string,
  query: Readonly<Record<string, string>>,
  cursor = '',
  token = app.tokens.admin,
): Promise<number[]> {
  const found: number[] = []
  for (let next: string | undefined = cursor; next !== undefined;) {
    const page: WalkedPage = await readByCursor(app, path, query, next, token)
    found.push(...page.ids)
    next = page.next
  }
  return found
}
