export interface Span {
  readonly from: number
  readonly to: number
}

const dayMs = 24 * 3_600_000
/** About the most partitions there are: each one slows reading and planning down. */
const partitionsMax = 60
/** Spans that get their partition early, so that a server that was off for days finds one. */
const ahead = 3

/**
 * How long a partition's span is: a day, so that events stay at most a day longer than they must and
 * a partition is scanned quickly; more where events are retained for months.
 */
export const spanOf = (retentionMs: number): number =>
  dayMs * Math.max(1, Math.ceil(retentionMs / (partitionsMax * dayMs)))

/**
 * The spans that need a partition: from now, or from the end of the last one, to some spans ahead.
 * `newest`: when the newest event outside all partitions was appended; no span may include it.
 */
export function missingSpans(
  now: number,
  spanMs: number,
  existing: readonly Span[],
  newest: number | undefined,
): Span[] {
  const floor = (ms: number) => Math.floor(ms / spanMs) * spanMs
  const end = floor(now) + (ahead + 1) * spanMs
  let from = existing.reduce((latest, { to }) => Math.max(latest, to), floor(now))
  if (newest !== undefined && newest >= from) from = floor(newest) + spanMs
  const spans: Span[] = []
  while (from < end) {
    const to = floor(from) + spanMs
    spans.push({ from, to })
    from = to
  }
  return spans
}

/** From the day of the oldest event to the first partition, or to the end of today's span. */
export function pastSpans(
  oldest: number,
  now: number,
  spanMs: number,
  first: Span | undefined,
): Span[] {
  const floor = (ms: number) => Math.floor(ms / spanMs) * spanMs
  const end = first?.from ?? floor(now) + spanMs
  const spans: Span[] = []
  for (let from = floor(oldest); from < end; from += spanMs) {
    spans.push({ from, to: Math.min(from + spanMs, end) })
  }
  return spans
}

/** The start of the first span after this time that no partition covers. */
export function firstAfter(ms: number, spanMs: number, existing: readonly Span[]): number {
  const end = existing.reduce((latest, { to }) => Math.max(latest, to), 0)
  return Math.max(end, (Math.floor(ms / spanMs) + 1) * spanMs)
}
