import { STATUS_CODES } from 'node:http'

import { type ErrorCode, type Errors, errorStatus } from '@doorstep/contract/errors'
import { problemsMax } from '@doorstep/contract/limits'

export interface Problem {
  readonly code: ErrorCode
  readonly message: string
  readonly details: string
  readonly resource?: string
  readonly field?: string
}

/** Keeps the first problems, and counts the others without describing them. */
export class Problems {
  readonly kept: Problem[] = []
  #count = 0

  /** `describe` is called only for a problem that is kept. */
  add(describe: () => Problem): void {
    this.#count++
    if (this.kept.length < problemsMax) this.kept.push(describe())
  }

  get count(): number {
    return this.#count
  }

  toError(): ApiError | undefined {
    const [first, ...others] = this.kept
    return first && new ApiError([first, ...others], {}, this.#count - this.kept.length)
  }
}

/**
 * An answer that is not a success: one or more problems of the same status. `more`: how many others
 * were found, which are only counted.
 */
export class ApiError extends Error {
  readonly problems: readonly [Problem, ...Problem[]]
  readonly headers: Readonly<Record<string, string>>
  readonly more: number

  constructor(
    problems: readonly [Problem, ...Problem[]],
    headers: Readonly<Record<string, string>> = {},
    more = 0,
  ) {
    super(problems[0].details)
    this.name = 'ApiError'
    const [first, ...others] = problems
    this.problems = [first, ...others.slice(0, problemsMax - 1)]
    this.more = more + problems.length - this.problems.length
    this.headers = headers
  }

  get status(): number {
    return errorStatus[this.problems[0].code]
  }
}

export function throwProblems(problems: readonly Problem[], more = 0): void {
  const [first, ...others] = problems
  if (first) throw new ApiError([first, ...others], {}, more)
}

const moreInfo = '/docs'

/** An error with one problem that concerns no attribute. */
export const apiError = (
  code: ErrorCode,
  message: string,
  details: string,
  headers?: Readonly<Record<string, string>>,
): ApiError => new ApiError([{ code, message, details }], headers)

/** The body of an error answer (PROTOCOL 8.1). */
export function printErrors(error: ApiError, requestId: string, origin: string): string {
  const links = { more_info: `${origin}${moreInfo}` }
  const last = error.problems.length - 1
  const more = error.more > 0 ? `, and ${error.more.toLocaleString('en')} more` : ''
  const body: Errors = {
    errors: error.problems.map(({ resource, field, code, message, details }, at) => ({
      error: {
        ...(resource !== undefined && { resource }),
        ...(field !== undefined && { field }),
        code,
        message,
        details: at === last ? details + more : details,
      },
      meta: { type: 'error', links },
    })),
    meta: {
      type: 'errors',
      http_status: `${error.status} ${STATUS_CODES[error.status]}`,
      logref: requestId,
      links,
    },
  }
  return JSON.stringify(body)
}

export const unknownPath: Problem = {
  code: 'not_found',
  message: 'Not Found',
  details: 'Requested path was not found. All paths are listed at /docs.',
}

export const serverError = (): ApiError =>
  apiError(
    'server_error',
    'server error',
    'An unexpected error occurred. Ask your administrator to look up the logref in the server log.',
  )

export const resourceNotFound = (resource: string, id: string): ApiError =>
  new ApiError([
    {
      resource,
      code: 'not_found',
      message: 'resource you are looking for was not found',
      details:
        `Resource of the type '${resource}' with the id '${id}' was not found. ` +
        'Check the id, and whether you may see it.',
    },
  ])

/** `why` ends with the given value, as in "must be between 1 and 100, given: 200". */
export const invalidParameter = (name: string, why: string): Problem => ({
  code: 'invalid_param',
  message: 'invalid request query parameter',
  details:
    `The request query parameter '${name}' is malformed, missing, or has an invalid value ` +
    `(${why})`,
})

export type FieldCode =
  | 'unknown'
  | 'missing'
  | 'blank'
  | 'invalid_type'
  | 'incorrect_value'
  | 'already_exists'

const messages: Readonly<Record<FieldCode, string>> = {
  unknown: 'unknown attribute',
  missing: 'attribute is missing',
  blank: 'attribute must not be blank',
  invalid_type: 'attribute has the wrong type',
  incorrect_value: 'attribute value is incorrect',
  already_exists: 'attribute value is taken',
}

/** One problem with one attribute; `field` is a JSON pointer into `data` (PROTOCOL 6.5). */
export const fieldProblem = (
  resource: string,
  field: string,
  code: FieldCode,
  why: string,
): Problem => ({
  resource,
  field,
  code,
  message: messages[code],
  details: `The attribute '${field}' of the '${resource}' resource ${why}`,
})
