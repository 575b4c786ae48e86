/** What the app asks before it draws a screen; pictures and walks that hold up screens let it pass. */
export const whoIsThere = /\/v2\/(app|session|users\/self)$/
