/** An object as Sell's API answers it. */
export interface SellItem {
  data: Record<string, unknown>
  meta: Record<string, unknown>
}
