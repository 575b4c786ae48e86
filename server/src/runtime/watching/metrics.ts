import { Gauge, Histogram, collectDefaultMetrics, Registry } from 'prom-client'

import type { Answered } from '../../domain/answered.ts'
import type { Metrics, StreamReaders } from '../../domain/metrics.ts'
import type { StoreLoad } from '../../domain/store-load.ts'

/** Seconds. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/** What is asked when the metrics are printed. */
export interface Watched {
  readonly version: string
  /** May fail, as when the database is unreachable: then what it says is left out. */
  readonly readLoad: () => Promise<StoreLoad>
  /** When the newest backup by schedule was written, in ms; 0: never; undefined: none is to be. */
  readonly lastBackupAt: () => number | undefined
  /** undefined: no backups are written. */
  readonly backupEveryMs: number | undefined
  /** When the certificate ends, in ms; undefined: there is none. */
  readonly certificateEndsAt: () => number | undefined
}

interface GaugeOptions {
  readonly name: string
  readonly help: string
  readonly labelNames?: readonly string[]
  /** How the numbers of several processes become one; those of one store are the same in each. */
  readonly aggregator?: 'sum' | 'max' | 'first'
}

/** The metrics of one process. Names and labels are part of docs/operating.md. */
export class ServerMetrics implements Metrics {
  readonly registry = new Registry()
  readonly contentType = this.registry.contentType
  readonly #watched: Watched
  readonly #durations: Histogram<'operation' | 'status'>
  readonly #ofAnswers = new Map<string, ReturnType<Histogram<'operation' | 'status'>['labels']>>()
  #readReaders: () => StreamReaders = () => ({ waiting: 0, behind: 0 })
  #load: Promise<StoreLoad | undefined> | undefined

  constructor(watched: Watched) {
    this.#watched = watched
    this.#durations = new Histogram({
      name: 'doorstep_request_duration_seconds',
      help: 'Time from the head of a request to the last byte of its answer',
      labelNames: ['operation', 'status'],
      buckets,
      registers: [this.registry],
    })
    collectDefaultMetrics({ register: this.registry })
    this.#addServerGauges()
    this.#addStoreGauges()
    this.#addEngineGauges()
  }

  readonly onAnswered = ({ operation, status, ms }: Answered): void => {
    const key = `${operation} ${status}`
    let durations = this.#ofAnswers.get(key)
    if (!durations) {
      durations = this.#durations.labels(operation, String(status))
      this.#ofAnswers.set(key, durations)
    }
    durations.observe(ms / 1000)
  }

  watchReaders(read: () => StreamReaders): void {
    this.#readReaders = read
  }

  print(): Promise<string> {
    return this.registry.metrics()
  }

  #addServerGauges(): void {
    const { version, lastBackupAt, backupEveryMs, certificateEndsAt } = this.#watched
    this.#gauge(
      {
        name: 'doorstep_build_info',
        help: 'The version',
        labelNames: ['version'],
        aggregator: 'max',
      },
      (gauge) => gauge.set({ version }, 1),
    )
    this.#gauge(
      { name: 'doorstep_stream_waiting_readers', help: 'Readers that wait for events' },
      (gauge) => gauge.set(this.#readReaders().waiting),
    )
    this.#gauge(
      {
        name: 'doorstep_stream_lag_events',
        help: 'Events that the reader furthest behind had not read when it last asked',
        aggregator: 'max',
      },
      (gauge) => gauge.set(this.#readReaders().behind),
    )
    this.#gauge(
      {
        name: 'doorstep_last_backup_timestamp_seconds',
        help: 'When the newest backup by schedule was written; 0: none is there',
        aggregator: 'max',
      },
      (gauge) => setOrLeave(gauge, lastBackupAt()),
    )
    this.#gauge(
      {
        name: 'doorstep_backup_interval_seconds',
        help: 'How often BACKUP_EVERY asks for a backup',
        aggregator: 'max',
      },
      (gauge) => setOrLeave(gauge, backupEveryMs),
    )
    this.#gauge(
      {
        name: 'doorstep_certificate_end_timestamp_seconds',
        help: 'When the certificate of TLS_CERT ends',
        aggregator: 'max',
      },
      (gauge) => setOrLeave(gauge, certificateEndsAt()),
    )
  }

  #addStoreGauges(): void {
    const aggregator = 'max'
    this.#loadGauge(
      {
        name: 'doorstep_geocoding_waiting',
        help: 'Addresses that wait for the geocoder',
        aggregator,
      },
      (gauge, { geocodingWaiting }) => gauge.set(geocodingWaiting),
    )
    this.#loadGauge(
      { name: 'doorstep_imports', help: 'Imports by phase', labelNames: ['phase'], aggregator },
      (gauge, { imports }) => {
        for (const [phase, count] of Object.entries(imports)) gauge.set({ phase }, count)
      },
    )
    this.#loadGauge(
      {
        name: 'doorstep_imports_failed',
        help: 'Imports from Sell that are not done and whose last attempt failed',
        aggregator,
      },
      (gauge, { importsFailed }) => gauge.set(importsFailed),
    )
    this.#loadGauge(
      {
        name: 'doorstep_import_heartbeat_timestamp_seconds',
        help: 'The last sign of an import from Sell that is not done',
        aggregator,
      },
      (gauge, { importHeartbeatAt }) => setOrLeave(gauge, importHeartbeatAt ?? undefined),
    )
  }

  #addEngineGauges(): void {
    this.#loadGauge(
      { name: 'doorstep_sqlite_log_bytes', help: 'Length of the write-ahead log of SQLite' },
      (gauge, { logBytes }) => logBytes !== null && gauge.set(logBytes),
    )
    this.#loadGauge(
      {
        name: 'doorstep_sqlite_checkpoints',
        help: 'How often pages of the log were copied into the file, since the start',
      },
      (gauge, { checkpoints }) => checkpoints !== null && gauge.set(checkpoints),
    )
    this.#loadGauge(
      {
        name: 'doorstep_pool_connections',
        help: 'Connections to PostgreSQL by pool, and the work that waits for one',
        labelNames: ['pool', 'state'],
      },
      (gauge, { pools }) => {
        for (const { name: pool, open, idle, waiting } of pools) {
          gauge.set({ pool, state: 'busy' }, open - idle)
          gauge.set({ pool, state: 'idle' }, idle)
          gauge.set({ pool, state: 'waiting' }, waiting)
        }
      },
    )
    this.#loadGauge(
      {
        name: 'doorstep_replica_lag_seconds',
        help: 'How far each standby that is read from is behind',
        labelNames: ['replica'],
        aggregator: 'max',
      },
      (gauge, { replicaLagsMs }) => {
        for (const [at, lagMs] of replicaLagsMs.entries()) {
          if (lagMs !== null) gauge.set({ replica: String(at + 1) }, lagMs / 1000)
        }
      },
    )
    this.#loadGauge(
      {
        name: 'doorstep_replicas_out',
        help: 'Standbys that are not read from, since they lag or do not answer',
        aggregator: 'max',
      },
      (gauge, { replicaLagsMs }) => gauge.set(replicaLagsMs.filter((lag) => lag === null).length),
    )
  }

  #gauge(options: GaugeOptions, set: (gauge: Gauge) => unknown): void {
    this.#asyncGauge(options, async (gauge) => void set(gauge))
  }

  #loadGauge(options: GaugeOptions, set: (gauge: Gauge, load: StoreLoad) => unknown): void {
    this.#asyncGauge(options, async (gauge) => {
      const load = await this.#readLoad()
      if (load) set(gauge, load)
    })
  }

  #asyncGauge(options: GaugeOptions, collect: (gauge: Gauge) => Promise<void>): void {
    const { labelNames = [], ...named } = options
    const gauge: Gauge = new Gauge({
      ...named,
      labelNames: [...labelNames],
      registers: [this.registry],
      async collect() {
        gauge.reset()
        // NOTE: a number that is not known is not printed as 0.
        if (labelNames.length === 0) gauge.remove()
        await collect(gauge)
      },
    })
  }

  /** Once for all gauges that are printed together. */
  #readLoad(): Promise<StoreLoad | undefined> {
    this.#load ??= this.#watched
      .readLoad()
      .catch(() => undefined)
      .finally(() => setImmediate(() => (this.#load = undefined)))
    return this.#load
  }
}

function setOrLeave(gauge: Gauge, ms: number | undefined): void {
  if (ms !== undefined) gauge.set(ms / 1000)
}
