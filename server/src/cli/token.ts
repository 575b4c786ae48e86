import type { Command } from 'commander'

import { parseTime, printSeconds } from '../domain/clock.ts'
import { DomainError } from '../domain/errors.ts'
import { parseScopes, scopes } from '../domain/scopes.ts'
import type { TokenLine } from '../domain/tokens.ts'
import { noteToken } from '../rules/audited.ts'
import { makeToken } from '../runtime/new-token.ts'
import { print } from '../runtime/print.ts'
import {
  type AccountOptions,
  addAccountOptions,
  jsonLinesOption,
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
    .description('create a token and print it, once; only its hash is stored')
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
    if (expiresAt !== null && expiresAt <= Date.now()) {
      throw new UsageError(`--expires takes a time in the future, given: ${options.expires}`)
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
    .description('end a token at once; `token list` shows its id')
  addAccountOptions(revoke).action(async (id: string, options: TokenOptions) => {
    if (!/^\d{1,15}$/.test(id)) throw new UsageError(`the id of a token is a number, given: ${id}`)
    await withAccount(options, async (store, account) => {
      const isRevoked = await store.write(account, async (tx) => {
        const token = await tx.tokens.find(Number(id))
        if (!token || !(await tx.tokens.revoke(token.id, Date.now()))) return false
        await noteToken(tx, 'command_line', 'token_revoked', token)
        return true
      })
      if (!isRevoked)
        throw new DomainError(
          'not_found',
          `There is no live token ${id}. \`token list\` shows the ids.`,
        )
      print(`Token ${id} is revoked.`)
    })
  })
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
