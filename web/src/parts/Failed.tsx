import { useEffect, useState } from 'react'

import { traceOf, problemOf } from '../texts/problem.ts'
import { texts } from '../texts/texts.ts'
import { Button } from './Button.tsx'
import { Empty } from './Empty.tsx'

interface FailedProps {
  readonly title: string
  readonly error: Error
  /** Reads it again; also done by itself after a while. */
  readonly onRetry: () => void
}

const waitS = 8

/** In place of what could not be read: why, what happens next, and what to do. */
export function Failed({ title, error, onRetry }: FailedProps) {
  const [left, setLeft] = useState(waitS)
  useEffect(() => {
    const timer = setTimeout(() => {
      if (left <= 1) onRetry()
      setLeft(left <= 1 ? waitS : left - 1)
    }, 1_000)
    return () => clearTimeout(timer)
  }, [left, onRetry])
  const details = traceOf(error)
  const why = problemOf(error, texts.parts.notAnswered)
  return (
    <Empty title={title} help={`${why} ${texts.parts.retrying(left)}`} details={details}>
      <Button onClick={onRetry}>{texts.parts.again}</Button>
    </Empty>
  )
}
