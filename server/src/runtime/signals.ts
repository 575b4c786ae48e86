/** npm forwards the Ctrl-C that the terminal has already sent to the server. */
const repeatedMs = 2000

/**
 * Resolves with the first signal to stop. Signals soon after it are the same one; a later one ends the
 * process at once.
 */
export function untilSignal(): Promise<NodeJS.Signals> {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>()
  const signals = ['SIGTERM', 'SIGINT'] as const
  const onSignal = (signal: NodeJS.Signals): void => {
    resolve(signal)
    setTimeout(() => signals.forEach((each) => process.off(each, onSignal)), repeatedMs).unref()
  }
  for (const each of signals) process.on(each, onSignal)
  return promise
}
