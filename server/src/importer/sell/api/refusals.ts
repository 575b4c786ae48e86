import { isObject } from '../../attributes.ts'

/** A final answer of Sell's: retrying is useless. */
export class SellRefusal extends Error {
  override readonly name = 'SellRefusal'
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** Whether Sell refuses a request, for another reason than an invalid token. */
export const isRefusal = (error: unknown): error is SellRefusal =>
  error instanceof SellRefusal && error.status !== 401

/** Sell has not answered while a request was retried for as long as allowed. */
export class SellUnreachable extends Error {
  override readonly name = 'SellUnreachable'
}

/** By the status of an answer, and what its body says. */
export function refusal(status: number, text: string): SellRefusal {
  let described = ''
  try {
    const body: unknown = JSON.parse(text)
    const errors = isObject(body) ? body['errors'] : undefined
    const first: unknown = Array.isArray(errors) ? errors[0] : undefined
    const error = isObject(first) ? first['error'] : undefined
    if (isObject(error)) described = `${String(error['code'])}: ${String(error['details'] ?? '')}`
  } catch {
    // NOTE: some errors of Sell's come as HTML. Their status is enough.
  }
  const hints: Record<number, string> = {
    401: 'the token is not valid',
    403: 'the token may not read this',
    410: 'this position is too old',
  }
  return new SellRefusal(
    status,
    `Sell answered ${status} (${described || (hints[status] ?? 'no reason')})`,
  )
}

/** Why a request got no answer. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : error.message
}
