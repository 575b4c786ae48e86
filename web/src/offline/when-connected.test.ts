import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { whenConnected } from './when-connected.ts'

beforeEach(() => {
  vi.useFakeTimers()
  const page = new EventTarget()
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  vi.stubGlobal('dispatchEvent', page.dispatchEvent.bind(page))
  vi.stubGlobal('document', Object.assign(new EventTarget(), { hidden: false }))
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('sends at once, when there is a network, and each minute until it is ended', () => {
  const send = vi.fn<() => void>()
  const end = whenConnected(send)
  expect(send).toHaveBeenCalledTimes(1)
  dispatchEvent(new Event('online'))
  expect(send).toHaveBeenCalledTimes(2)
  vi.advanceTimersByTime(60_000)
  expect(send).toHaveBeenCalledTimes(3)

  end()
  dispatchEvent(new Event('online'))
  vi.advanceTimersByTime(120_000)
  expect(send).toHaveBeenCalledTimes(3)
})
