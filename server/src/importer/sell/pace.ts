interface Sample {
  readonly at: number
  readonly requests: number
  readonly visits: number
}

const windowMs = 60_000

/** How fast requests are sent and visits read: an average over the last minute. Times in ms. */
export class Pace {
  readonly #samples: Sample[]

  constructor(startedAt: number) {
    this.#samples = [{ at: startedAt, requests: 0, visits: 0 }]
  }

  /** Notes how many there have been since the start; answers how many a second. */
  note(sample: Sample): { readonly requests: number; readonly visits: number } {
    this.#samples.push(sample)
    // NOTE: one sample from before the minute stays, so that a pause counts as one.
    while ((this.#samples[1]?.at ?? Infinity) <= sample.at - windowMs) this.#samples.shift()
    const [oldest = sample] = this.#samples
    const seconds = Math.max(1, (sample.at - oldest.at) / 1000)
    return {
      requests: tenths((sample.requests - oldest.requests) / seconds),
      visits: tenths((sample.visits - oldest.visits) / seconds),
    }
  }
}

const tenths = (value: number): number => Math.round(10 * value) / 10
