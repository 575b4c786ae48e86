import { mapPalette, type MapTheme } from '@doorstep/contract/map-palette'

import { drawPicture, fillDisc, type Picture, withShadow } from './drawing.ts'

/** Shares are drawn in sixteenths, so that many clusters have one picture. */
export const shareParts = 16

const ringWidth = 6.5
/** Between two shares, on either side. */
const gap = 0.05

/** Of an outline, in pixels, and as an angle at its ends. */
const lineWidth = 1.7
const edge = 0.07
/** A shorter share has no room for an outline, and is a thin arc. */
const outlineFrom = 0.6

/** In pixels; a cluster of so many visits. */
export const donutRadius = (visits: number): number => Math.round(17 + 6.5 * Math.log10(visits))

export interface Share {
  readonly colour: string
  readonly parts: number
  /** Drawn as an outline: what has none of the looks. */
  readonly isHollow?: boolean
}

/** A disc within a ring of shares. Their sum may differ from sixteen by what was rounded. */
export const drawDonut = (radius: number, shares: readonly Share[], theme: MapTheme): Picture =>
  drawPicture(2 * radius + 12, (context) => {
    const colours = mapPalette[theme]
    withShadow(context, colours.shade, () => fillDisc(context, radius + 1.5, colours.surface))
    const present = shares.filter(({ parts }) => parts > 0)
    const sum = present.reduce((total, { parts }) => total + parts, 0)
    let turn = -Math.PI / 2
    for (const { colour, parts, isHollow } of present) {
      const angle = (parts / sum) * Math.PI * 2
      const space = present.length > 1 ? gap : 0
      const [from, to] = [turn + space, turn + angle - space]
      const isThin = isHollow && angle < outlineFrom
      drawArc(context, radius, from, to, colour, isThin ? lineWidth : ringWidth)
      if (isHollow && !isThin) {
        const end = present.length > 1 ? edge : 0
        const inner = ringWidth - 2 * lineWidth
        drawArc(context, radius, from + end, to - end, colours.surface, inner)
      }
      turn += angle
    }
  })

/** Along the middle of the ring. */
function drawArc(
  context: OffscreenCanvasRenderingContext2D,
  radius: number,
  from: number,
  to: number,
  colour: string,
  width: number,
): void {
  context.strokeStyle = colour
  context.lineWidth = width
  context.beginPath()
  context.arc(0, 0, radius - ringWidth / 2, from, to)
  context.stroke()
}
