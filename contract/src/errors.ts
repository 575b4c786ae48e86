import Type from 'typebox'

/** Every error code with its HTTP status (PROTOCOL 8.2). */
export const errorStatus = {
  invalid_param: 400,
  invalid_header: 400,
  invalid_payload: 400,
  unauthorized: 401,
  insufficient_scope: 403,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  not_acceptable: 406,
  request_timeout: 408,
  request_in_progress: 409,
  position_expired: 410,
  stream_reset: 410,
  precondition_failed: 412,
  payload_too_large: 413,
  unsupported_media_type: 415,
  unknown: 422,
  missing: 422,
  blank: 422,
  invalid_type: 422,
  incorrect_value: 422,
  already_exists: 422,
  conflict: 422,
  idempotency_key_reused: 422,
  rate_limit_exceeded: 429,
  headers_too_large: 431,
  server_error: 500,
  temporarily_unavailable: 503,
} as const

export type ErrorCode = keyof typeof errorStatus

const Links = Type.Object({ more_info: Type.String() })

export const ErrorItem = Type.Object({
  error: Type.Object({
    resource: Type.Optional(Type.String()),
    field: Type.Optional(Type.String({ description: 'JSON pointer to the attribute' })),
    code: Type.String(),
    message: Type.String({ description: 'For the person' }),
    details: Type.String({ description: 'For the developer: what was wrong and what to do' }),
  }),
  meta: Type.Object({ type: Type.Literal('error'), links: Links }),
})

/** The body of every error answer (PROTOCOL 8.1). */
export const Errors = Type.Object({
  errors: Type.Array(ErrorItem),
  meta: Type.Object({
    type: Type.Literal('errors'),
    http_status: Type.String(),
    logref: Type.String({ description: 'The X-Request-Id of the answer' }),
    links: Links,
  }),
})

export type ErrorItem = Type.Static<typeof ErrorItem>
export type Errors = Type.Static<typeof Errors>
