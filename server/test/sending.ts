import type { TestApp } from './start.ts'

export interface Sent {
  readonly token?: string
  readonly headers?: Record<string, string>
}

/** A request with a body as clients write it, and all of its answer. Without a token: the admin's. */
export async function send(
  app: TestApp,
  method: string,
  path: string,
  data?: unknown,
  { token = app.tokens.admin, headers = {} }: Sent = {},
) {
  const response = await fetch(`${app.url}${path}`, {
    method,
    headers: {
      ...(token !== '' && { Authorization: `Bearer ${token}` }),
      ...(data !== undefined && { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(data !== undefined && { body: JSON.stringify({ data }) }),
  })
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: text ? JSON.parse(text) : undefined,
    /** `[field, code]` of each error. */
    problems: text ? problemsOf(JSON.parse(text)) : [],
  }
}

const problemsOf = (body: { errors?: { error: { field?: string; code: string } }[] }) =>
  (body.errors ?? []).map(({ error }) => [error.field, error.code])
