import type { createDemo } from '@doorstep/contract/demo'

import type { AnswerOf } from './answers.ts'
import type { CallOptions, Connection } from './connection.ts'
import { remove } from './request.ts'
import { createOnce } from './writes.ts'

export type DemoItem = AnswerOf<typeof createDemo>

/** The demo team; for admins, scopes `profile` and `write`. */
export interface Demo {
  /** Adds it, which takes seconds. Throws UnprocessableError in an account with data of its own. */
  create(options?: CallOptions): Promise<DemoItem>

  /** Takes it out again, with whatever was logged at its customers. Throws NotFoundError. */
  remove(options?: CallOptions): Promise<void>
}

const path: typeof createDemo.path = '/v2/demo'

export const demo = (connection: Connection): Demo => ({
  create: (options) => createOnce(connection, path, {}, {}, options),
  remove: (options) => remove(connection, path, options),
})
