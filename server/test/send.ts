import type { TestApp } from './start.ts'

export interface SendOptions {
  /** Default: the rep's. */
  readonly token?: string
  /** An Idempotency-Key. */
  readonly key?: string
}

/** A request with `{"data": ...}` as the rep, and its answer. */
export async function send(
  app: TestApp,
  method: string,
  path: string,
  data?: unknown,
  { token = app.tokens.rep, key }: SendOptions = {},
) {
  const response = await app.fetch(path, {
    method,
    headers: {
      Authorization: `Bearer ${token}`,
      ...(data !== undefined && { 'Content-Type': 'application/json' }),
      ...(key !== undefined && { 'Idempotency-Key': key }),
    },
    ...(data !== undefined && { body: JSON.stringify({ data }) }),
  })
  const text = await response.text()
  return { status: response.status, text, body: text ? JSON.parse(text) : undefined }
}

/** Of each error: the attribute and the code. */
export const problems = (body: { errors: { error: { field?: string; code: string } }[] }) =>
  body.errors.map(({ error }) => [error.field, error.code])

interface Listed {
  readonly items: readonly { readonly data: { readonly id: number } }[]
}

/** The ids of a list, as the admin. */
export async function listedIds(app: TestApp, path: string): Promise<number[]> {
  const { body, text } = await send(app, 'GET', path, undefined, { token: app.tokens.admin })
  const { items }: Listed = body
  if (!items) throw new Error(text)
  return items.map(({ data }) => data.id)
}
