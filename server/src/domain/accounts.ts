/** One company's team. Times are ms since 1970. */
export interface Account {
  readonly id: number
  readonly name: string
  /** ISO 4217 */
  readonly currency: string
  readonly timeFormat: '12H' | '24H'
  /** `UTC(+|-)hh:mm` */
  readonly timezone: string
  readonly phone: string | null
  readonly subdomain: string | null
  readonly createdAt: number
  readonly updatedAt: number
}

/** The key that every stored row of an account begins with. */
export type AccountKey = number
