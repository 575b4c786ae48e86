import type { AccountKey } from '../../domain/accounts.ts'
import type { Clock } from '../../domain/clock.ts'
import { nameOf } from '../../domain/search.ts'
import type { Store, Transaction } from '../../domain/store.ts'
import { isEmail } from '../../domain/users.ts'
import { fold } from '../../domain/words.ts'
import { addUser } from '../../rules/users.ts'
import { addOutcome } from '../../rules/visit-outcomes.ts'
import { isObject, Rejection } from '../attributes.ts'
import { quote } from './cells.ts'
import { plainName, UsersByName } from './users-by-name.ts'

/** What is done for names that are not known here. */
export interface NameRules {
  readonly unknownUser: 'reject' | 'inactive'
  readonly unknownOutcome: 'reject' | 'create' | 'none'
  /** By their keys, in place of the rule for all: who is meant by an id here, or what is done. */
  readonly users?: ReadonlyMap<string, number | NameRules['unknownUser']>
  readonly outcomes?: ReadonlyMap<string, number | NameRules['unknownOutcome']>
}

/** By which names of users and outcomes are compared. */
export const nameKey = (name: string): string => fold(plainName(name))

interface Target {
  readonly store: Store
  readonly account: AccountKey
  readonly clock: Clock
  readonly isDryRun: boolean
}

const outcomesMax = 10_000
const recordsPerRead = 1_000

/** Users, outcomes, leads and contacts by what files call them. */
export class Names {
  readonly users: UsersByName
  readonly #target: Target
  readonly #rules: NameRules
  readonly #outcomes: Map<string, number>
  readonly #outcomeIds: ReadonlySet<number>
  readonly #records = new Map<'lead' | 'contact', Map<string, Set<number>>>()
  /** Names of users and outcomes that were made. */
  readonly made: { users: string[]; outcomes: string[] } = { users: [], outcomes: [] }

  private constructor(
    target: Target,
    rules: NameRules,
    users: UsersByName,
    outcomes: Map<string, number>,
    outcomeIds: ReadonlySet<number>,
  ) {
    this.#target = target
    this.#rules = rules
    this.users = users
    this.#outcomes = outcomes
    this.#outcomeIds = outcomeIds
  }

  static async read(target: Target, rules: NameRules): Promise<Names> {
    const { store, account } = target
    const sort = { field: 'id', descending: false } as const
    const page = { offset: 0, limit: outcomesMax, sort }
    const { rows } = await store.visitOutcomes.list(account, undefined, page)
    const outcomes = new Map(rows.map(({ id, name }) => [nameKey(name), id]))
    const ids = new Set(rows.map(({ id }) => id))
    return new Names(target, rules, await UsersByName.read(store, account), outcomes, ids)
  }

  /** Who logged a visit. Throws Rejection. */
  async creator(attribute: string, name: string): Promise<number> {
    const { id, problem, ids = [] } = this.users.find(name)
    if (id !== null) return id
    const chosen = await this.#choose(attribute, name, problem)
    if (chosen !== undefined) return chosen
    if (problem === 'ambiguous') {
      const why = `is the name of the users ${ids.join(', ')}: use an e-mail or an id`
      throw new Rejection(attribute, `${quote(name)} ${why}`)
    }
    const why = 'is the name of no user: correct it, or let the import add an inactive user'
    throw new Rejection(attribute, `${quote(name)} ${why}`, 'unknown_user')
  }

  /**
   * The owner or creator of a record; null: nobody has the name, which is listed at the end. Throws
   * Rejection where the options say that it is somebody who is not here.
   */
  async owner(attribute: string, name: string): Promise<number | null> {
    const { problem } = this.users.find(name)
    const chosen = problem && (await this.#choose(attribute, name, problem))
    return chosen ?? this.users.findOwner(name)
  }

  /** Who is meant by a name of no one user, by the options; undefined: they do not say. */
  async #choose(
    attribute: string,
    name: string,
    problem: 'ambiguous' | 'unknown' | undefined,
  ): Promise<number | undefined> {
    const choice = this.#rules.users?.get(nameKey(name)) ?? this.#rules.unknownUser
    if (typeof choice === 'number') {
      if (this.users.has(choice)) return choice
      throw new Rejection(attribute, `${quote(name)} is to be user ${choice}, who is not here`)
    }
    return problem === 'unknown' && choice === 'inactive' ? this.#addUser(name) : undefined
  }

  /** Whether an outcome has the name. */
  hasOutcome(name: string): boolean {
    return this.#outcomes.has(nameKey(name))
  }

  /** Throws Rejection. */
  async outcome(attribute: string, name: string): Promise<number | null> {
    const key = nameKey(name)
    const id = this.#outcomes.get(key)
    if (id !== undefined) return id
    const choice = this.#rules.outcomes?.get(key) ?? this.#rules.unknownOutcome
    if (typeof choice === 'number') {
      if (this.#outcomeIds.has(choice)) return choice
      throw new Rejection(attribute, `${quote(name)} is to be outcome ${choice}, which is not here`)
    }
    if (choice === 'none') return null
    if (choice === 'reject') {
      const why = 'is the name of no outcome: correct it, let the import add it, or leave it out'
      throw new Rejection(attribute, `${quote(name)} ${why}`, 'unknown_outcome')
    }
    const draft = { name: name.slice(0, nameMax) }
    const added = await this.#write((tx) => addOutcome(tx, draft, this.#target.clock()))
    this.#outcomes.set(key, added.id)
    this.made.outcomes.push(added.name)
    return added.id
  }

  /** The lead or contact that has the name or e-mail. Throws Rejection where none has, or several. */
  async record(kind: 'lead' | 'contact', text: string): Promise<number> {
    const known = this.#records.get(kind) ?? (await this.#readRecords(kind))
    const [id, ...others] = known.get(nameKey(text)) ?? []
    if (id !== undefined && others.length === 0) return id
    const why =
      id === undefined
        ? `is the name or e-mail of no ${kind}`
        : `is the name of the ${kind}s ${[id, ...others].slice(0, 5).join(', ')}: use an id`
    throw new Rejection(kind, `${quote(text)} ${why}`)
  }

  async #readRecords(kind: 'lead' | 'contact'): Promise<Map<string, Set<number>>> {
    const { store, account } = this.#target
    const known = new Map<string, Set<number>>()
    const add = (text: unknown, id: number): void => {
      if (typeof text !== 'string' || text.trim() === '') return
      const key = nameKey(text)
      known.set(key, (known.get(key) ?? new Set()).add(id))
    }
    for (let afterId = 0; ;) {
      const { rows, hasMore } = await store[`${kind}s`].walk(account, {}, afterId, recordsPerRead)
      for (const { id, attributes } of rows) {
        const read: unknown = JSON.parse(attributes)
        if (!isObject(read)) continue
        add(nameOf(kind, read), id)
        add(read['organization_name'], id)
        add(read['email'], id)
        afterId = id
      }
      if (!hasMore) break
    }
    this.#records.set(kind, known)
    return known
  }

  async #addUser(text: string): Promise<number> {
    const [, plain = '', email] =
      /^(.*?)\s*[(<]([^\s()<>]+@[^\s()<>]+)[)>]$/.exec(text.trim()) ?? []
    const written = email ?? text.trim()
    const name = (plain === '' ? text.trim() : plain).slice(0, nameMax)
    const added = await this.#write((tx) => {
      const address = isEmail(written) ? written : inventedEmail(name)
      return addUser(tx, { name, email: address, status: 'inactive' }, this.#target.clock())
    })
    this.users.add(text, added.id)
    this.users.add(name, added.id)
    this.users.add(added.email, added.id)
    this.made.users.push(name)
    return added.id
  }

  async #write<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    const { store, account, isDryRun } = this.#target
    return isDryRun ? store.preview(account, work) : store.write(account, work)
  }
}

const nameMax = 255

/** A user needs an e-mail. Nothing is ever delivered to this domain (RFC 2606). */
function inventedEmail(name: string): string {
  const words = fold(name)
    .replaceAll(/[^a-z0-9]+/g, '.')
    .replaceAll(/^\.|\.$/g, '')
  const hash = [...name].reduce((sum, char) => (sum * 31 + (char.codePointAt(0) ?? 0)) % 1e6, 7)
  return `${words.slice(0, 50) || 'user'}.${hash}@unknown.invalid`
}
