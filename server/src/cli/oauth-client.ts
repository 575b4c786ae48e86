import {
  oauthClientNameLengthMax,
  redirectUriLengthMax,
  redirectUrisMax,
} from '@doorstep/contract/limits'
import type { Command } from 'commander'

import { printSeconds } from '../domain/clock.ts'
import { DomainError } from '../domain/errors.ts'
import { redirectUriProblem } from '../domain/oauth.ts'
import { hashToken } from '../http/access/auth.ts'
import { addClient as registerClient, removeClient as endClient } from '../rules/oauth-clients.ts'
import { print } from '../runtime/print.ts'
import { newSecret } from '../runtime/secrets.ts'
import {
  type AccountOptions,
  addAccountOptions,
  jsonLinesOption,
  printJson,
  printLine,
  UsageError,
  withAccount,
} from './command.ts'

interface ClientOptions extends AccountOptions {
  readonly name: string
  readonly redirectUri: readonly string[]
  readonly public?: boolean
}

const listMax = 10_000

export function addOAuthClientCommand(program: Command): void {
  const client = program
    .command('oauth-client')
    .description('programs that ask for tokens by OAuth 2')
  const add = client
    .command('add')
    .description('register a program; prints its client_id and, once, its secret')
    .requiredOption('--name <name>', 'what people are asked to allow')
    .requiredOption('--redirect-uri <uris...>', 'where people may be sent back to, exactly')
    .option('--public', 'it can keep no secret, and must use PKCE')
    .option('--json', 'answer as JSON')
  addAccountOptions(add).action(addClient)
  const list = client
    .command('list')
    .description('list the programs, without their secret')
    .option(...jsonLinesOption)
  addAccountOptions(list).action(listClients)
  const remove = client
    .command('remove <id>')
    .description('remove a program and end its tokens at once; `oauth-client list` shows its id')
  addAccountOptions(remove).action(removeClient)
}

async function addClient(options: ClientOptions): Promise<void> {
  const { name, redirectUri: redirectUris, json } = options
  if (name.trim() === '' || name.length > oauthClientNameLengthMax) {
    throw new UsageError(`--name must have 1 to ${oauthClientNameLengthMax} characters`)
  }
  if (redirectUris.length > redirectUrisMax) {
    throw new UsageError(`--redirect-uri may be given ${redirectUrisMax} times`)
  }
  for (const uri of redirectUris) {
    const isLong = uri.length > redirectUriLengthMax
    const why = isLong
      ? `must have at most ${redirectUriLengthMax} characters`
      : redirectUriProblem(uri)
    if (why !== undefined) throw new UsageError(`--redirect-uri ${why}, given: ${uri}`)
  }
  const secret = options.public ? null : newSecret()
  const uid = newSecret()
  await withAccount(options, async (store, account) => {
    const id = await store.write(account, (tx) =>
      registerClient(tx, 'command_line', {
        uid,
        name,
        redirectUris,
        secretHash: secret === null ? null : hashToken(secret),
        createdAt: Date.now(),
      }),
    )
    if (json) return printJson({ id, client_id: uid, client_secret: secret })
    print(`client_id: ${uid}`)
    print(secret === null ? 'It has no secret, and must use PKCE.' : `client_secret: ${secret}`)
  })
}

async function listClients(options: ClientOptions): Promise<void> {
  await withAccount(options, async (store, account) => {
    const sort = { field: 'id', descending: false } as const
    const { rows } = await store.oauth.listClients(account, { offset: 0, limit: listMax, sort })
    for (const { id, uid, name, redirectUris, secretHash, createdAt } of rows) {
      const line = {
        id,
        client_id: uid,
        name,
        redirect_uris: redirectUris,
        public: secretHash === null,
        created_at: printSeconds(createdAt),
      }
      printLine(line, options)
    }
  })
}

async function removeClient(id: string, options: ClientOptions): Promise<void> {
  if (!/^\d{1,15}$/.test(id)) throw new UsageError(`the id of a client is a number, given: ${id}`)
  await withAccount(options, async (store, account) => {
    const isRemoved = await store.write(account, (tx) =>
      endClient(tx, 'command_line', Number(id), Date.now()),
    )
    if (!isRemoved)
      throw new DomainError(
        'not_found',
        `There is no client ${id}. \`oauth-client list\` shows the ids.`,
      )
    print(`Client ${id} is removed, and its tokens have ended.`)
  })
}
