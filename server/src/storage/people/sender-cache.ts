import type { Actor } from '../../domain/actor.ts'
import type { Store, Transaction } from '../../domain/store.ts'

/**
 * How long a sender is believed after the lookup was sent: what another process revokes has to stop
 * within a second (PROTOCOL 2.1), also while no announcement comes through.
 */
const believedMs = 500
const sendersMax = 10_000
/** What is announced when what is remembered may be wrong from now on. */
const announced = 'senders'

/**
 * The store, which remembers for a moment who sends requests, so that not every one of them asks for
 * it. A write that changes who may do what makes all processes forget: this one before the write is
 * answered, others when they hear of it, and at the latest after `believedMs`. Who is not known is
 * asked for every time.
 */
export function cacheSenders(store: Store): Store {
  const tokens = new Senders<Actor & { readonly tokenId: number }>()
  const sessions = new Senders<Actor & { readonly lastUsedAt: number }>()
  let isListening = false
  const listen = () => {
    if (isListening) return
    isListening = true
    store.onWoken(announced, () => {
      tokens.forget()
      sessions.forget()
    })
  }
  return {
    ...store,
    tokens: {
      ...store.tokens,
      findActor(hash, now) {
        listen()
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
        return sessions.find(
          hash,
          ({ lastUsedAt }) => lastUsedAt > usedAfter,
          () => store.sessions.findActor(hash, usedAfter),
        )
      },
    },
    async write(account, work, writeOptions) {
      let isChanged = false
      const noting = watched(() => (isChanged = true))
      try {
        return await store.write(account, (tx) => work(noting(tx)), writeOptions)
      } finally {
        // Also when it failed: a connection that was lost at the commit does not say what became of it.
        if (isChanged) store.wake(announced)
      }
    },
  }
}

/** The writes, of which those that may take a right from somebody are told. */
const watched =
  (onChange: () => void) =>
  (tx: Transaction): Transaction => {
    const telling =
      <Given extends unknown[], Result>(write: (...given: Given) => Result) =>
      (...given: Given): Result => {
        onChange()
        return write(...given)
      }
    const { users, tokens, sessions, oauth } = tx
    return {
      ...tx,
      users: { ...users, save: telling(users.save), changeId: telling(users.changeId) },
      tokens: { ...tokens, revoke: telling(tokens.revoke) },
      sessions: {
        ...sessions,
        remove: telling(sessions.remove),
        removeOf: telling(sessions.removeOf),
      },
      oauth: {
        ...oauth,
        removeClient: telling(oauth.removeClient),
        revokeGrant: telling(oauth.revokeGrant),
        revokeGrantsOf: telling(oauth.revokeGrantsOf),
        revokeAccessToken: telling(oauth.revokeAccessToken),
      },
    }
  }

interface Lookup<Sender> {
  /** Before it was sent, by the clock that never jumps: what is found is at least as new. */
  readonly askedMs: number
  readonly found: Promise<Sender | undefined>
}

/** Lookups by the hash of what a sender has shown, the oldest first. */
class Senders<Sender> {
  readonly #lookups = new Map<string, Lookup<Sender>>()

  async find(
    hash: string,
    isLive: (sender: Sender) => boolean,
    look: () => Promise<Sender | undefined>,
  ): Promise<Sender | undefined> {
    const known = this.#lookups.get(hash)
    if (known && performance.now() - known.askedMs < believedMs) {
      const sender = await known.found
      if (sender && isLive(sender)) return sender
    }
    const lookup = { askedMs: performance.now(), found: look() }
    this.#lookups.delete(hash)
    this.#lookups.set(hash, lookup)
    this.#dropOld(lookup.askedMs)
    try {
      const sender = await lookup.found
      if (!sender) this.#drop(hash, lookup)
      return sender
    } catch (error) {
      this.#drop(hash, lookup)
      throw error
    }
  }

  /** What is under way is answered to those who wait for it, and to nobody who comes later. */
  forget(): void {
    this.#lookups.clear()
  }

  #drop(hash: string, lookup: Lookup<Sender>): void {
    if (this.#lookups.get(hash) === lookup) this.#lookups.delete(hash)
  }

  #dropOld(nowMs: number): void {
    for (const [hash, { askedMs }] of this.#lookups) {
      if (this.#lookups.size <= sendersMax && nowMs - askedMs < believedMs) return
      this.#lookups.delete(hash)
    }
  }
}
