import { isIphone } from '../offline/install.ts'

/** Whose steps are shown. */
export type PhoneKind = 'iphone' | 'android' | 'other'

/** What this device is. Safari says it only in its old string. */
export function phoneKind(): PhoneKind {
  const { userAgent } = navigator
  const data: unknown = Reflect.get(navigator, 'userAgentData')
  const platform =
    typeof data === 'object' && data !== null && 'platform' in data ? data.platform : undefined
  if (platform === 'Android' || userAgent.includes('Android')) return 'android'
  return isIphone() ? 'iphone' : 'other'
}

export const nextKind: Readonly<Record<PhoneKind, PhoneKind>> = {
  iphone: 'android',
  android: 'iphone',
  other: 'iphone',
}
