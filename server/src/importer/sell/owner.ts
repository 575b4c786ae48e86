import { DomainError } from '../../domain/errors.ts'
import type { SellApi } from './api/client.ts'
import { idOf } from './api/items.ts'
import { isRefusal } from './api/refusals.ts'
import type { Ledger } from './ledger.ts'

/**
 * Notes which user owns the token. Throws `conflict` for a token of another Sell account: in its
 * lists, everything that was imported would seem deleted.
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
    findId(api, '/v2/accounts/self', signal),
    findId(api, '/v2/users/self', signal),
  ])
  const begun = known?.accountId ?? null
  if (begun !== null && begun !== accountId) {
    const account = accountId === null ? 'an unknown Sell account' : `Sell account ${accountId}`
    throw new DomainError(
      'conflict',
      `This token belongs to ${account}, but this import to Sell account ${begun}. ` +
        'Use a token of that account, or create another account here with ./doorstep init.',
    )
  }
  const userIds = new Set([...(known?.userIds ?? []), userId])
  const owner = { accountId, userIds: [...userIds], tokenHash }
  await ledger.note({ progress: { owner } })
}

/** null: the token has no right to read it. */
async function findId(
  api: SellApi,
  path: string,
  signal: AbortSignal | undefined,
): Promise<number | null> {
  try {
    return idOf(await api.get(path, {}, signal)) || null
  } catch (error) {
    if (isRefusal(error)) return null
    throw error
  }
}
