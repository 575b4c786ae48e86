import { useLayoutEffect, useRef, useState } from 'react'

/** How large an element is at present, so that a drawing in it keeps its type sizes. */
export function useSize(before: { readonly width: number; readonly height: number }) {
  const ref = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState(before)
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    const measure = () =>
      setSize({
        width: Math.max(120, Math.floor(element.clientWidth)),
        height: Math.max(100, Math.floor(element.clientHeight)),
      })
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return { ref, ...size }
}
