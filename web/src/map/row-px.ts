import { isPhone, useIsPhone } from '../parts/is-phone.ts'

const heightOf = (isOnPhone: boolean): number => (isOnPhone ? 66 : 53)

/** The height of a row of the map's list, in pixels. */
export const rowPx = (): number => heightOf(isPhone())

export const useRowPx = (): number => heightOf(useIsPhone())
