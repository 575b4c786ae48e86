/** The code behind `#code=` in a one-time link, which never reaches a server's log. */
export const codeInLink = (): string | undefined =>
  new URLSearchParams(location.hash.slice(1)).get('code') ?? undefined
