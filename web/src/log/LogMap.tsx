import { useLayoutEffect, useRef, useState } from 'react'

import type { Fix } from '../offline/fixes.ts'
import { MiniMap } from '../visits/MiniMap.tsx'
import { kindOf, type Preview } from './preview.ts'

interface LogMapProps {
  readonly preview: Preview
  readonly fix: Fix | null
  readonly radiusM: number
  readonly color: string
}

interface Size {
  readonly width: number
  readonly height: number
}

/** What the round corners of the sheet lie on. */
const behindPx = 20

/** Customer and phone at one scale, as large as there is room. It needs no tiles. */
export function LogMap({ preview, fix, radiusM, color }: LogMapProps) {
  const place = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState<Size>()
  useLayoutEffect(() => {
    const element = place.current
    if (!element) return undefined
    const observer = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = element
      if (width > 0 && height > behindPx) setSize({ width, height: height - behindPx })
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  const { point, distanceM, accuracyM, place: where } = preview
  return (
    <div className="log-map" ref={place}>
      {size && point && (
        <MiniMap
          {...size}
          point={point}
          phone={fix}
          radiusM={radiusM}
          distanceM={fix ? distanceM : null}
          accuracyM={fix ? accuracyM : null}
          color={color}
          status={kindOf[where]}
        />
      )}
    </div>
  )
}
