import { type Actor, sendersChanged } from '../../domain/actor.ts'
import type { Store, Transaction } from '../../domain/store.ts'

/**
 * How long a token or session lookup is cached, counted from when the query was sent. A credential
 * that another process revokes has to stop working within a second (PROTOCOL 2.1), even when its
 * announcement is lost.
 */
const cachedMs = 500
const sendersMax = 10_000

/**
 * The store with a short cache of token and session lookups, so that not every request repeats them.
 * A write that changes rights clears the cache of all processes: of this one before the write is
 * answered, of others when they receive the announcement, and after `cachedMs` at most. A lookup that
 * finds nobody is not cached. `versionElsewhere` changes with every commit of another connection, where
 * the engine can tell: then nothing is cached across one.
 */
export function cacheSenders(store: Store, versionElsewhere = (): number => 0): Store {
  const tokens = new Senders<Actor & { readonly tokenId: number }>()
  const sessions = new Senders<Actor & { readonly lastUsedAt: number }>()
  const clear = () => {
    tokens.clear()
    sessions.clear()
  }
  let version = versionElsewhere()
  const forgetOutdated = () => {
    const now = versionElsewhere()
    if (now !== version) clear()
    version = now
  }
  let isListening = false
  const listen = () => {
    if (isListening) return
    isListening = true
    store.onWoken(sendersChanged, clear)
  }
  return {
    ...store,
    tokens: {
      ...store.tokens,
      findActor(hash, now) {
        listen()
        forgetOutdated()
        return tokens.find(
          hash,
          ({ expiresAt }) => expiresAt === null || expiresAt > now,
          () => store.tokens.findActor(hash, now),
        )
      },
    },
    sessions: {
      ...store.sessions,
      findActor(hash, usedAfter) {
        listen()
        forgetOutdated()
        return sessions.find(
          hash,
          ({ lastUsedAt }) => lastUsedAt > usedAfter,
          () => store.sessions.findActor(hash, usedAfter),
        )
      },
    },
    async write(account, work, writeOptions) {
      let isChanged = false
      const watch = watched(() => (isChanged = true))
      try {
        return await store.write(account, (tx) => work(watch(tx)), writeOptions)
      } finally {
        // Also after a failure: when the connection is lost at the commit, its outcome is unknown.
        if (isChanged) store.wake(sendersChanged)
      }
    },
  }
}

/** The transaction, which calls `onChange` for each write that may take a right away. */
const watched =
  (onChange: () => void) =>
  (tx: Transaction): Transaction => {
    const reporting =
      <Given extends unknown[], Result>(write: (...given: Given) => Result) =>
      (...given: Given): Result => {
        onChange()
        return write(...given)
      }
    const { users, tokens, sessions, oauth } = tx
    return {
      ...tx,
      users: {
        ...users,
        save: reporting(users.save),
        remove: reporting(users.remove),
        changeId: reporting(users.changeId),
        changeReferences: reporting(users.changeReferences),
      },
      tokens: {
        ...tokens,
        revoke: reporting(tokens.revoke),
        revokeOf: reporting(tokens.revokeOf),
      },
      sessions: {
        ...sessions,
        remove: reporting(sessions.remove),
        removeOf: reporting(sessions.removeOf),
      },
      oauth: {
        ...oauth,
        removeClient: reporting(oauth.removeClient),
        revokeGrant: reporting(oauth.revokeGrant),
        revokeGrantsOf: reporting(oauth.revokeGrantsOf),
        revokeAccessToken: reporting(oauth.revokeAccessToken),
      },
    }
  }

interface Lookup<Sender> {
  /** When the query was sent, by the monotonic clock: its result is at least as new. */
  readonly sentMs: number
  readonly found: Promise<Sender | undefined>
}

/** Lookups by the hash of the credential, oldest first. */
class Senders<Sender> {
  readonly #lookups = new Map<string, Lookup<Sender>>()

  async find(
    hash: string,
    isLive: (sender: Sender) => boolean,
    look: () => Promise<Sender | undefined>,
  ): Promise<Sender | undefined> {
    const cached = this.#lookups.get(hash)
    if (cached && performance.now() - cached.sentMs < cachedMs) {
      const sender = await cached.found
      if (sender && isLive(sender)) return sender
    }
    const lookup = { sentMs: performance.now(), found: look() }
    this.#lookups.delete(hash)
    this.#lookups.set(hash, lookup)
    this.#dropOld(lookup.sentMs)
    try {
      const sender = await lookup.found
      if (!sender) this.#drop(hash, lookup)
      return sender
    } catch (error) {
      this.#drop(hash, lookup)
      throw error
    }
  }

  /** A lookup under way still answers requests that wait for it, and none that come later. */
  clear(): void {
    this.#lookups.clear()
  }

  #drop(hash: string, lookup: Lookup<Sender>): void {
    if (this.#lookups.get(hash) === lookup) this.#lookups.delete(hash)
  }

  #dropOld(nowMs: number): void {
    for (const [hash, { sentMs }] of this.#lookups) {
      if (this.#lookups.size <= sendersMax && nowMs - sentMs < cachedMs) return
      this.#lookups.delete(hash)
    }
  }
}
