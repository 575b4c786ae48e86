/** The host of an address. */
export const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url)

/** Whether the server takes what was typed; empty: the server's own map. */
export const isAddress = (typed: string): boolean =>
  typed === '' || (URL.canParse(typed) && /^https?:$/.test(new URL(typed).protocol))
