import { useEffect, useState } from 'react'

const settleMs = 180

/** A value once it has stayed the same for a moment, such as that of a slider that is dragged. */
export function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), settleMs)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
