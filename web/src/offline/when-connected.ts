const everyMs = 60_000

/** Calls `send` now and whenever the server may be reached again. The result ends it. */
export function whenConnected(send: () => void): () => void {
  const ending = new AbortController()
  const { signal } = ending
  const sendIfSeen = (): void => {
    if (!document.hidden) send()
  }
  addEventListener('online', send, { signal })
  document.addEventListener('visibilitychange', sendIfSeen, { signal })
  const timer = setInterval(sendIfSeen, everyMs)
  send()
  return () => {
    clearInterval(timer)
    ending.abort()
  }
}
