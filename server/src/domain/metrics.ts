import type { OnAnswered } from './answered.ts'

/** The readers of the stream in this process. */
export interface StreamReaders {
  readonly waiting: number
  /** How many events the one that is furthest behind had not read when it last asked. */
  readonly behind: number
}

/** Counts what the server does, and prints it for Prometheus. */
export interface Metrics {
  readonly onAnswered: OnAnswered
  /** `read` is called whenever the metrics are printed. */
  watchReaders(read: () => StreamReaders): void
  readonly contentType: string
  print(): Promise<string>
}
