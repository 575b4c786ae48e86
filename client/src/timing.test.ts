import { getEventListeners } from 'node:events'

import { expect, test } from 'vitest'

import { realTiming } from './timing.ts'

test('a finished sleep leaves no listener on its signal', async () => {
  const { signal } = new AbortController()

  for (let count = 0; count < 20; count += 1) await realTiming.sleep(0, signal)

  expect(getEventListeners(signal, 'abort')).toEqual([])
})

test('a sleep with an aborted signal does not start', async () => {
  await expect(realTiming.sleep(60_000, AbortSignal.abort('before'))).rejects.toBe('before')
})

test('a sleep longer than timers support does not return immediately', async () => {
  const controller = new AbortController()
  const wait = realTiming.sleep(2 ** 40, controller.signal)
  setTimeout(() => controller.abort('still waiting'), 50)

  await expect(wait).rejects.toBe('still waiting')
})
