import { scopes } from '../../domain/scopes.ts'
import type { SessionReads, SessionWrites } from '../../domain/sessions.ts'
import type { Store } from '../../domain/store.ts'
import type { Database, SqlTransaction } from '../database.ts'

export function sessionReads(database: Database): SessionReads {
  return {
    async findActor(hash, usedAfter) {
      const [row] = await database.query(
        `select s.account_id, s.user_id, s.last_used_at, u.role
         from sessions s join users u on u.account_id = s.account_id and u.id = s.user_id
         where s.hash = :hash and s.last_used_at > :usedAfter and u.status = 'active'`,
        { hash, usedAfter },
      )
      return (
        row && {
          accountKey: Number(row['account_id']),
          userId: Number(row['user_id']),
          isAdmin: row['role'] === 'admin',
          expiresAt: null,
          grantHash: null,
          tokenId: null,
          scopes,
          lastUsedAt: Number(row['last_used_at']),
        }
      )
    },
    drop: (account, usedBefore) =>
      database.write(account, async ({ db }) => {
        await db
          .deleteFrom('sessions')
          .where('account_id', '=', account)
          .where('last_used_at', '<=', usedBefore)
          .execute()
      }),
  }
}

export function sessionWrites({ db }: SqlTransaction, account: number): SessionWrites {
  return {
    async add({ hash, userId, createdAt, lastUsedAt }) {
      await db
        .insertInto('sessions')
        .values({
          hash,
          account_id: account,
          user_id: userId,
          created_at: createdAt,
          last_used_at: lastUsedAt,
        })
        .execute()
    },
    async remove(hash) {
      await db
        .deleteFrom('sessions')
        .where('account_id', '=', account)
        .where('hash', '=', hash)
        .execute()
    },
    async removeOf(userId, but) {
      await db
        .deleteFrom('sessions')
        .where('account_id', '=', account)
        .where('user_id', '=', userId)
        .where('hash', '!=', but ?? '')
        .execute()
    },
  }
}

/** The secret of this name. Stores `fresh` when there is none. */
export function findOrAddSecret(database: Database): Store['secret'] {
  return (name, fresh) =>
    database.write(undefined, async ({ db }) => {
      await db
        .insertInto('secrets')
        .values({ name, value: fresh })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      const { value } = await db
        .selectFrom('secrets')
        .select('value')
        .where('name', '=', name)
        .executeTakeFirstOrThrow()
      return value
    })
}
