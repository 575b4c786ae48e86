import { codeLifetimeMs, type CodePurpose, type OneTimeCode } from '../domain/one-time-codes.ts'
import type { Transaction } from '../domain/store.ts'

/**
 * Stores the hash of a new code, which takes the place of the user's former one of this purpose.
 * Answers when it expires. `now`: in ms.
 */
export async function addCode(
  tx: Pick<Transaction, 'oneTimeCodes'>,
  { hash, purpose, userId }: Pick<OneTimeCode, 'hash' | 'purpose' | 'userId'>,
  now: number,
): Promise<number> {
  const expiresAt = now + codeLifetimeMs[purpose]
  await tx.oneTimeCodes.removeOf(userId, [purpose])
  await tx.oneTimeCodes.add({ hash, purpose, userId, createdAt: now, expiresAt })
  return expiresAt
}

/** Whether the code can be used for this purpose. */
export const isUsable = (
  code: OneTimeCode | undefined,
  purpose: CodePurpose,
  now: number,
): boolean =>
  code !== undefined && code.purpose === purpose && code.usedAt === null && code.expiresAt > now

/** Uses the code up; answers whose it is. undefined: it cannot be used, or somebody was faster. */
export async function useCode(
  tx: Pick<Transaction, 'oneTimeCodes'>,
  purpose: CodePurpose,
  hash: string,
  now: number,
): Promise<number | undefined> {
  const code = await tx.oneTimeCodes.find(hash)
  if (!code || !isUsable(code, purpose, now)) return undefined
  return (await tx.oneTimeCodes.use(hash, now)) ? code.userId : undefined
}
