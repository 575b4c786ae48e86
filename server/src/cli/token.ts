import { randomBytes } from 'node:crypto'

import type { Command } from 'commander'

import type { AccountKey } from '../domain/accounts.ts'
import { parseTime, printSeconds } from '../domain/clock.ts'
import { DomainError } from '../domain/errors.ts'
import type { Store, TokenLine } from '../domain/store.ts'
import { parseScopes, type Scope, scopes } from '../domain/tokens.ts'
import { hashToken } from '../http/auth.ts'
import {
  type AccountOptions,
  addAccountOptions,
  jsonLinesOption,
  print,
  printLine,
  UsageError,
  withAccount,
} from './command.ts'

interface TokenOptions extends AccountOptions {
  readonly user: string
  readonly scopes: string
  readonly description: string
  readonly expires?: string
}

export function addTokenCommand(program: Command): void {
  const token = program.command('token').description('access tokens of the API')
  const create = token
    .command('create')
    .description('make a token and print it, once; only its hash is kept')
    .requiredOption('--user <email>', 'whose token it is')
    .option('--scopes <scopes>', 'what it may do', scopes.join(','))
    .option('--description <text>', 'what it is for', '')
    .option('--expires <time>', 'when it ends, as 2027-08-31T00:00:00Z; without it: never')
  addAccountOptions(create).action(async (options: TokenOptions) => {
    const wanted = parseScopes(options.scopes)
    if (!wanted) {
      throw new UsageError(`--scopes takes ${scopes.join(', ')}; given: ${options.scopes}`)
    }
    const expiresAt = options.expires === undefined ? null : parseTime(options.expires)
    if (expiresAt === undefined) {
      throw new UsageError(`--expires takes a time as 2027-08-31T00:00:00Z: ${options.expires}`)
    }
    await withAccount(options, async (store, account) => {
      const { user, description } = options
      print(
        await makeToken(store, account, { email: user, description, scopes: wanted, expiresAt }),
      )
    })
  })
  const list = token
    .command('list')
    .description('list the tokens, without their secret')
    .option(...jsonLinesOption)
  addAccountOptions(list).action(async (options: TokenOptions) => {
    await withAccount(options, async (store, account) => {
      for (const each of await store.tokens.list(account)) printLine(toLine(each), options)
    })
  })
  const revoke = token
    .command('revoke <id>')
    .description('end a token at once; `token list` tells its id')
  addAccountOptions(revoke).action(async (id: string, options: TokenOptions) => {
    if (!/^\d{1,15}$/.test(id)) throw new UsageError(`the id of a token is a number, given: ${id}`)
    await withAccount(options, async (store, account) => {
      const isRevoked = await store.write(account, (tx) => tx.tokens.revoke(Number(id), Date.now()))
      if (!isRevoked) throw new DomainError('not_found', `There is no live token ${id}.`)
      print(`Token ${id} is revoked.`)
    })
  })
}

export interface TokenRequest {
  readonly email: string
  readonly description: string
  readonly scopes: readonly Scope[]
  readonly expiresAt: number | null
}

/** Makes a token for the user with this e-mail; answers its 64 hex characters. */
export async function makeToken(
  store: Store,
  account: AccountKey,
  { email, ...request }: TokenRequest,
): Promise<string> {
  const secret = randomBytes(32).toString('hex')
  await store.write(account, async (tx) => {
    const user = (await tx.users.findByEmail([email])).get(email.toLowerCase())
    if (!user) throw new DomainError('not_found', `${email} is no user of this account.`)
    await tx.tokens.add({
      ...request,
      hash: hashToken(secret),
      userId: user.id,
      createdAt: Date.now(),
      revokedAt: null,
    })
  })
  return secret
}

const toLine = (token: TokenLine) => ({
  id: token.id,
  user: token.email,
  scopes: token.scopes.join(','),
  created_at: printSeconds(token.createdAt),
  expires_at: token.expiresAt && printSeconds(token.expiresAt),
  revoked_at: token.revokedAt && printSeconds(token.revokedAt),
  last_used_at: token.lastUsedAt && printSeconds(token.lastUsedAt),
  description: token.description,
})
