/** What the moment and chance give. */
export interface Context {
  readonly now: number
  readonly newEventId: () => string
}
