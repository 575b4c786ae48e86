export interface Series {
  readonly name: string
  /** A class of charts.css, which gives the colour. */
  readonly kind: string
}

export interface Bar {
  readonly key: string
  readonly title: string
  /** Read aloud. */
  readonly name: string
  readonly tick: string
  readonly href: string
  /** From below, one for each of the series. */
  readonly values: readonly number[]
}
