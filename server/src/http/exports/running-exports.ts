import { Readable } from 'node:stream'

import { exportIdleMaxMs, exportsMax, exportsPerAccountMax } from '@doorstep/contract/limits'

import type { AccountKey } from '../../domain/accounts.ts'
import { apiError } from '../errors.ts'

const retryAfterS = 10

/** The exports that this process answers. Each ends with its stream, however that ends. */
export class RunningExports {
  readonly #streams = new Map<Readable, AccountKey>()
  #isClosed = false

  /** Throws 429 where too many run already. */
  requireRoom(account: AccountKey): void {
    const ofAccount = [...this.#streams.values()].filter((key) => key === account).length
    if (!this.#isClosed && ofAccount < exportsPerAccountMax && this.#streams.size < exportsMax) {
      return
    }
    const details =
      `At most ${exportsPerAccountMax} exports of an account run at the same time. ` +
      `Try again in ${retryAfterS} s.`
    throw apiError('rate_limit_exceeded', 'rate limit exceeded', details, {
      'Retry-After': String(retryAfterS),
    })
  }

  /** The bytes as a stream, which ends when its client has taken nothing for too long. */
  begin(account: AccountKey, bytes: AsyncGenerator<Uint8Array>): Readable {
    const stream = Readable.from(refreshing(bytes, () => idle.refresh()))
    const idle = setTimeout(
      () => stream.destroy(new Error('the client of an export reads nothing')),
      exportIdleMaxMs,
    )
    this.#streams.set(stream, account)
    stream.once('close', () => {
      clearTimeout(idle)
      this.#streams.delete(stream)
    })
    return stream
  }

  /** Ends all of them, so that their files are seen to be cut off, and allows no new ones. */
  close(): void {
    this.#isClosed = true
    for (const stream of this.#streams.keys()) stream.destroy(new Error('the server stops'))
  }
}

async function* refreshing(
  bytes: AsyncGenerator<Uint8Array>,
  refresh: () => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    refresh()
    yield chunk
  }
}
