import { useState } from 'react'
import { encode } from 'uqr'

import { basePath } from '../base-path.ts'
import { Message } from '../parts/Message.tsx'
import { texts } from '../texts/texts.ts'

const { checklist } = texts

/** The dark squares, row by row. */
const pathOf = (rows: readonly (readonly boolean[])[]): string =>
  rows.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : ''))).join('')

const isHere = /^(localhost|127\.|\[::1\])/.test(location.hostname)

/** This server's address for a phone's camera, and what would keep a phone from using it. */
export function PhoneCode() {
  const address = `${location.origin}${basePath}/`
  const [{ data, size }] = useState(() => encode(address, { border: 3, ecc: 'M' }))
  return (
    <div className="phone-code">
      <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={checklist.code(address)}>
        <path d={pathOf(data)} />
      </svg>
      <code className="mono small">{address}</code>
      {isHere && <Message kind="warning">{checklist.here}</Message>}
      {!isHere && location.protocol !== 'https:' && (
        <Message kind="warning">{checklist.notHttps}</Message>
      )}
    </div>
  )
}
