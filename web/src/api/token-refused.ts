/** Whether an import has stopped because Sell does not accept its token. */
export const isTokenRefused = (lastError: string | null): boolean =>
  lastError !== null && /\b401\b/.test(lastError)
