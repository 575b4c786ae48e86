import type { Readable } from 'node:stream'

import type { BodyOf, Operation, QueryOf } from '@doorstep/contract/operations'
import type { FastifyReply, FastifyRequest } from 'fastify'

import type { Actor } from '../../domain/actor.ts'
import type { Basemaps } from '../../domain/basemap.ts'
import type { Clock } from '../../domain/clock.ts'
import type { OnPoint } from '../../domain/crash-points.ts'
import type { DemoTeam } from '../../domain/demo.ts'
import type { Importer } from '../../domain/importer.ts'
import type { Passwords } from '../../domain/passwords.ts'
import type { ServerSettings } from '../../domain/settings.ts'
import type { Store } from '../../domain/store.ts'
import type { LogCheckIn } from '../../rules/check-ins.ts'
import type { LookLog } from '../../rules/look-log.ts'
import type { SignInLimit } from '../access/sign-in-limit.ts'
import type { Problem } from '../errors.ts'
import type { RunningExports } from '../exports/running-exports.ts'
import type { StreamWaits } from '../stream/long-poll.ts'
import type { ReaderLags } from '../stream/reader-lags.ts'
import type { Cursors } from './cursors.ts'

/** What every handler works with. */
export interface Tools {
  readonly store: Store
  readonly clock: Clock
  readonly newEventId: () => string
  readonly logCheckIn: LogCheckIn
  /** Of whoever answers the precise place of another user (PROTOCOL 10.11). */
  readonly lookLog: LookLog
  readonly onPoint?: OnPoint
  /** 64 random hex characters. */
  readonly newSecret: () => string
  readonly passwords: Passwords
  readonly signIns: SignInLimit
  readonly cursors: Cursors
  readonly streamWaits: StreamWaits
  readonly readerLags: ReaderLags
  readonly exports: RunningExports
  /** Looks up the sender of a request again; undefined: the token or session is no longer valid. */
  readonly findActor: (request: FastifyRequest) => Promise<Actor | undefined>
  /** Absent: this server runs no imports. */
  readonly importer?: Importer | undefined
  /** Absent: this server has none. */
  readonly demo?: DemoTeam | undefined
  readonly settings: ServerSettings
  /** What lies beneath the pins where no style elsewhere is set. */
  readonly basemaps: Basemaps
  readonly version: string
  /** Starts the background work that is due. */
  readonly wake: () => void
  /** Part of every list's tag: differs by store and by version of the server. */
  readonly tagKey: string
}

/** An admitted request: the sender has the operation's scopes, the query and body are parsed. */
export interface Call<Op extends Operation> extends Tools {
  readonly operation: Op
  readonly actor: Actor
  readonly query: QueryOf<Op>
  readonly body: BodyOf<Op>
  readonly params: Readonly<Record<string, string>>
  /** Scheme and host as the client sees them. */
  readonly origin: string
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/**
 * Returns the JSON to send, as text or UTF-8, or the bytes of a file whose headers are set; undefined:
 * an answer without a body.
 */
export type Handler<Op extends Operation> = (
  call: Call<Op>,
) => Promise<string | Buffer | Readable | undefined>

/** The handler of an operation that needs no token. */
export type OpenHandler<Op extends Operation> = (call: Omit<Call<Op>, 'actor'>) => Promise<string>

/** Finds problems that the schema cannot express. `body` holds the attributes that are valid. */
export interface Checks<Op extends Operation> {
  /** Runs for every body. */
  readonly always?: (call: Omit<Call<Op>, 'body'>, body: Partial<BodyOf<Op>>) => readonly Problem[]
  /**
   * Runs only for a body that has other problems, so that one answer reports all of them. In a body
   * without other problems, the handler finds these itself.
   */
  readonly checkMoreOnRefusal?: (
    call: Omit<Call<Op>, 'body'>,
    body: Partial<BodyOf<Op>>,
  ) => Promise<readonly Problem[]>
}
