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
 * The spans that need a partition: from now, or from the end of the one that holds now, to some spans
 * ahead. Between partitions too, since a clock that was ahead leaves gaps; but where there are later
 * ones, today is left as it is.
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
  const isLate = existing.some(({ to }) => to > floor(now))
  const covered = afterThose(
    now,
    existing.filter((span) => span.from <= now),
  )
  let from = covered > now ? covered : floor(now) + (isLate ? spanMs : 0)
  if (newest !== undefined && newest >= from) from = floor(newest) + spanMs
  const spans: Span[] = []
  while (from < end) {
    from = afterThose(from, existing)
    if (from >= end) break
    const later = existing.filter((span) => span.from > from).map((span) => span.from)
    const to = Math.min(floor(from) + spanMs, ...later)
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
export const firstAfter = (ms: number, spanMs: number, existing: readonly Span[]): number =>
  afterThose((Math.floor(ms / spanMs) + 1) * spanMs, existing)

/** The first moment from this one on that is in none of the spans. */
function afterThose(ms: number, spans: readonly Span[]): number {
  const covering = spans.find(({ from, to }) => from <= ms && ms < to)
  return covering ? afterThose(covering.to, spans) : ms
}
