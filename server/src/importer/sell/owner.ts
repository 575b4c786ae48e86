import { DomainError } from '../../domain/errors.ts'
import { type SellApi, SellRefusal } from './api/client.ts'
import { idOf } from './api/items.ts'
import type { Ledger } from './ledger.ts'

/**
 * Notes whose token it is. Throws `conflict` for one of another account of Sell: its lists would tell
 * that all that was taken in is gone.
 */
export async function noteOwner(
  ledger: Ledger,
  api: SellApi,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { tokenHash } = api
  const known = ledger.progress.owner
  if (known?.tokenHash === tokenHash) return
  const [accountId, userId] = await Promise.all([
    askId(api, '/v2/accounts/self', signal),
    askId(api, '/v2/users/self', signal),
  ])
  const begun = known?.accountId ?? null
  if (begun !== null && begun !== accountId) {
    const whose = accountId === null ? 'of an unknown account' : `of account ${accountId}`
    throw new DomainError(
      'conflict',
      `This token is ${whose} of Sell, and this import of account ${begun}. ` +
        'Use a token of that account, or make another account here with doorstep init.',
    )
  }
  const userIds = new Set([...(known?.userIds ?? []), userId])
  const owner = { accountId, userIds: [...userIds], tokenHash }
  await ledger.note({ progress: { owner } })
}

/** null: this token may not ask. */
async function askId(
  api: SellApi,
  path: string,
  signal: AbortSignal | undefined,
): Promise<number | null> {
  try {
    return idOf(await api.get(path, {}, signal)) || null
  } catch (error) {
    if (error instanceof SellRefusal && error.status !== 401) return null
    throw error
  }
}
