/** The time and randomness of a change, passed in so that tests control them. */
export interface Context {
  /** In ms since 1970. */
  readonly now: number
  readonly newEventId: () => string
}
