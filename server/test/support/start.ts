import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { createClient, type Client } from '@doorstep/client/client'
import pino from 'pino'

import type { AccountKey } from '../../src/domain/accounts.ts'
import type { Basemaps } from '../../src/domain/basemap.ts'
import type { Clock } from '../../src/domain/clock.ts'
import { DomainError } from '../../src/domain/errors.ts'
import { type Scope, scopes as allScopes } from '../../src/domain/scopes.ts'
import type { ServerSettings } from '../../src/domain/settings.ts'
import type { Store } from '../../src/domain/store.ts'
import { createApp } from '../../src/http/app.ts'
import { type ImportCounts, type Piece, runImport } from '../../src/importer/run-import.ts'
import { LookLog } from '../../src/rules/look-log.ts'
import { maintain } from '../../src/rules/maintenance.ts'
import { UsageLog } from '../../src/rules/usage-log.ts'
import { servedDemo } from '../../src/runtime/demo/served-demo.ts'
import { createAccount } from '../../src/runtime/first-account.ts'
import { RunningFileImports } from '../../src/runtime/imports/running-file-imports.ts'
import { makeToken } from '../../src/runtime/new-token.ts'
import { argonPasswords } from '../../src/runtime/passwords.ts'
import { newSecret, newEventId } from '../../src/runtime/secrets.ts'
import { engine, newStore, type NewStore } from './engine.ts'
import { newFolder } from './new-folder.ts'
import { emailOf, peopleItems } from './sell-items.ts'

export interface StartOptions {
  readonly clock?: Clock
  /** Default: an empty one in what the tests of this run keep things in. */
  readonly newStore?: (
    clock: Clock,
  ) => Promise<Pick<NewStore, 'store' | 'remove'> & Partial<Pick<NewStore, 'change'>>>
  /** Default 0: no limit. */
  readonly requestsPerHour?: number
  readonly connectionsMax?: number
  readonly trustedProxies?: readonly string[]
  readonly basePath?: string
  readonly corsOrigins?: readonly string[]
  /** Default: neither. */
  readonly offeredGrants?: { readonly password: boolean; readonly implicit: boolean }
  readonly settings?: Partial<ServerSettings>
  /** Where the web app is built; default: a page in its place. */
  readonly webFolder?: string
  /** Default: none. */
  readonly basemaps?: Basemaps
  /** Whether files can be imported. */
  readonly hasFileImports?: boolean
  /** Whether it can add the demo team. */
  readonly hasDemo?: boolean
  /** Whether there is no other account. */
  readonly isSingle?: boolean
  /** For `maintain`; default 72 h. */
  readonly retentionMs?: number
  /** For `maintain`; default 60 days. */
  readonly repLocationMs?: number
}

const pageFolder = fileURLToPath(new URL('../fixtures/web', import.meta.url))

const adminEmail = 'admin@acme.example'

/**
 * A real server on a free port, over a fresh store with two accounts: one with an admin and the
 * people of sell-items.ts, another with an admin only.
 */
export async function startApp(options: StartOptions = {}) {
  const { clock = Date.now, requestsPerHour = 0, trustedProxies = [] } = options
  const { retentionMs = 72 * 3_600_000, repLocationMs = 60 * 24 * 3_600_000 } = options
  const { store, change, remove } = await (options.newStore ?? newStore)(clock)
  const { key: account } = await createAccount(store, 'Acme', adminEmail)
  const { key: otherAccount } = options.isSingle
    ? { key: account }
    : await createAccount(store, 'Other', adminEmail)
  await importItems(store, account, peopleItems())
  const token = (email: string, scopes: readonly Scope[] = allScopes, expiresAt?: number) =>
    makeToken(store, account, { email, scopes, expiresAt: expiresAt ?? null, description: '' })
  // NOTE: together, so that they share a commit.
  const [admin, reading, profile, manager, rep, stranger, otherAdmin] = await Promise.all([
    token(adminEmail),
    token(adminEmail, ['read']),
    token(adminEmail, ['profile']),
    token(emailOf('manager')),
    token(emailOf('rep')),
    token(emailOf('stranger')),
    makeToken(store, otherAccount, {
      email: adminEmail,
      scopes: allScopes,
      expiresAt: null,
      description: '',
    }),
  ])
  const tokens = { admin, reading, profile, manager, rep, stranger, otherAdmin }
  const log: string[] = []
  const logger = pino({}, { write: (line) => void log.push(line) })
  const usageLog = new UsageLog()
  const lookLog = new LookLog()
  const passwords = argonPasswords(newSecret)
  const settings: ServerSettings = {
    retentionMs,
    repLocationMs,
    map: { styleUrl: null, attribution: null },
    geocoder: { name: 'none', hasKey: false },
    fixed: ['geocoder'],
    ...options.settings,
  }
  const imports = options.hasFileImports ? fileImports(store, clock) : undefined
  const app = await createApp({
    store,
    clock,
    newEventId,
    newSecret,
    passwords,
    usageLog,
    lookLog,
    wake: () => {},
    logger,
    version: '0.0.0',
    settings,
    ...(options.basemaps && { basemaps: options.basemaps }),
    ...(imports && { importer: imports.importer }),
    ...(options.hasDemo && { demo: servedDemo(store) }),
    requestsPerHour,
    isOneOfMany: engine === 'postgres',
    webFolder: options.webFolder ?? pageFolder,
    ...(options.connectionsMax !== undefined && { connectionsMax: options.connectionsMax }),
    trustedProxies,
    basePath: options.basePath ?? '',
    corsOrigins: options.corsOrigins ?? [],
    offeredGrants: options.offeredGrants ?? { password: false, implicit: false },
  })
  const url = `${await app.listen({ host: '127.0.0.1', port: 0 })}${options.basePath ?? ''}`
  const clientOf = (bearer: string): Client =>
    createClient({ url, token: bearer, retry: { attemptsMax: 1 } })

  async function close(): Promise<void> {
    await app.close()
    await imports?.importer.files[Symbol.asyncDispose]()
    imports?.remove()
    await store[Symbol.asyncDispose]()
    await remove()
  }

  return {
    url,
    store,
    account,
    otherAccount,
    tokens,
    passwords,
    /** Runs a statement on the store, past Doorstep. */
    change: async (text: string): Promise<void> => change?.(text),
    /** Makes a further token. */
    token,
    /** The SDK as the admin. */
    client: clientOf(tokens.admin),
    clientOf,
    /** A plain request as the admin; headers of the caller's own win. */
    fetch: (path: string, init: RequestInit = {}): Promise<Response> =>
      fetch(`${url}${path}`, {
        ...init,
        headers: { Authorization: `Bearer ${tokens.admin}`, ...init.headers },
      }),
    /** Lines that the server has logged. */
    log,
    /** Takes Sell's items in as `doorstep import json` does; one that is rejected is an error. */
    import: (items: readonly unknown[], to: AccountKey = account, into: Store = store) =>
      importItems(into, to, items),
    /** The background work of a server, once. */
    maintain: async () => {
      await usageLog.flush(store)
      await lookLog.flush(store)
      await maintain(store, { ...settings, clock, newEventId, onError })
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** An importer that takes files, and nothing from Sell. */
function fileImports(store: Store, clock: Clock) {
  const dataDir = newFolder()
  const refuse = (): never => {
    throw new DomainError('unavailable', 'This server imports nothing from Sell.')
  }
  const files = new RunningFileImports(store, { dataDir, clock }, onError)
  const importer = {
    baseUrl: 'https://sell.example',
    start: async () => refuse(),
    verify: async () => refuse(),
    stop: (account: AccountKey, id: number) => files.stop(account, id),
    pause: (account: AccountKey, id: number) => files.stop(account, id),
    heldOf: () => undefined,
    files,
  }
  return { importer, remove: () => rmSync(dataDir, { recursive: true, force: true }) }
}

export type TestApp = Awaited<ReturnType<typeof startApp>>

const onError = (error: unknown): never => {
  throw error
}

function importItems(
  store: Store,
  account: AccountKey,
  items: readonly unknown[],
): Promise<ImportCounts> {
  async function* pieces(): AsyncGenerator<Piece> {
    for (const [index, value] of items.entries()) yield { file: 'test', line: 1, index, value }
  }
  return runImport(pieces(), {
    store,
    account,
    clock: Date.now,
    newEventId,
    isDryRun: false,
    onProgress: () => {},
    onRejected: ({ field, reason }) => {
      throw new Error(`rejected: ${field} ${reason}`)
    },
  })
}
