import { isIphone } from '../offline/install.ts'
import type { Place } from './best-order.ts'

/** Opens the phone's own map there: Safari knows no `geo:`. */
export function navigateLink({ latitude, longitude }: Place, name: string): string {
  const at = `${latitude},${longitude}`
  if (isIphone()) {
    return `maps://?daddr=${at}&q=${encodeURIComponent(name)}`
  }
  return `geo:${at}?q=${at}(${encodeURIComponent(name)})`
}
