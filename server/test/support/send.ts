import type { TestApp } from './start.ts'

export interface SendOptions {
  /** Empty: without one. */
  readonly token?: string
  /** An Idempotency-Key. */
  readonly key?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Makes a request with `{"data": ...}`, as this user unless a token is given; resolves with the whole answer. */
export const sendAs =
  (who: keyof TestApp['tokens']) =>
  async (
    app: TestApp,
    method: string,
    path: string,
    /** A text is sent as it is. */
    data?: unknown,
    { token = app.tokens[who], key, headers = {} }: SendOptions = {},
  ) => {
    const response = await fetch(`${app.url}${path}`, {
      method,
      headers: {
        ...(token !== '' && { Authorization: `Bearer ${token}` }),
        ...(data !== undefined && { 'Content-Type': 'application/json' }),
        ...(key !== undefined && { 'Idempotency-Key': key }),
        ...headers,
      },
      ...(data !== undefined && {
        body: typeof data === 'string' ? data : JSON.stringify({ data }),
      }),
    })
    const text = await response.text()
    const isFile = response.headers.has('Content-Disposition')
    const body = text && !isFile ? JSON.parse(text) : undefined
    const problems = problemsOf(body ?? {})
    return { status: response.status, headers: response.headers, text, body, problems }
  }

export const send = sendAs('admin')

/** Of each error: the attribute and the code. */
const problemsOf = (body: { errors?: { error: { field?: string; code: string } }[] }) =>
  (body.errors ?? []).map(({ error }) => [error.field, error.code])

interface Listed {
  readonly items: readonly { readonly data: { readonly id: number } }[]
}

/** The ids of a list, as the admin. */
export async function listedIds(app: TestApp, path: string): Promise<number[]> {
  const { body, text } = await send(app, 'GET', path)
  const { items }: Listed = body
  if (!items) throw new Error(text)
  return items.map(({ data }) => data.id)
}
