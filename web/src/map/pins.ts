import { mapPalette, type MapTheme } from '@doorstep/contract/map-palette'

import { drawPicture, fillDisc, type Picture, withShadow } from './drawing.ts'
import { iconPath } from './outcome-icons.ts'

/** What a pin is coloured by, such as an outcome; null: a visit without one, which gets a dash. */
export interface PinLook {
  readonly colour: string
  readonly icon: string | null
  /** A dashed ring: nobody was there yet. */
  readonly isHollow?: boolean | undefined
}

/** What was found about a visit's place; `waiting`: it is still on this phone. */
export type Badge = 'verified' | 'unknown' | 'far' | 'off' | 'waiting'

const radius = 11.5
const ring = 2
/** With room for the badge and the shadow. */
const size = 44
const iconSize = 13
const badgeRadius = 6
const badgeAt = { x: 9, y: -9 }

type Context = OffscreenCanvasRenderingContext2D

/** A visit or a customer: a disc in its colour, and a badge with what was found about its place. */
export const drawPin = (look: PinLook | null, badge: Badge | null, theme: MapTheme): Picture =>
  drawPicture(size, (context) => {
    const colours = mapPalette[theme]
    withShadow(context, colours.shade, () => fillDisc(context, radius + ring, colours.surface))
    if (!look) {
      fillDisc(context, radius, colours.current)
      drawDash(context, colours.faintInk)
    } else if (look.isHollow) drawDashedRing(context, look.colour)
    else {
      fillDisc(context, radius, look.colour)
      drawIcon(context, look.icon, iconSize, colours.onData)
    }
    if (badge) drawBadge(context, badge, theme)
  })

function drawDash(context: Context, colour: string): void {
  strokeRound(context, new Path2D('M-3.8 0 H3.8'), colour, 2)
}

function drawDashedRing(context: Context, colour: string): void {
  context.strokeStyle = colour
  context.lineWidth = 2
  context.setLineDash([3.6, 2.9])
  context.beginPath()
  context.arc(0, 0, radius - 1.5, 0, Math.PI * 2)
  context.stroke()
  context.setLineDash([])
}

/** In the middle; an outcome without an icon gets a dot. */
function drawIcon(context: Context, name: string | null, width: number, colour: string): void {
  const path = iconPath(name)
  if (!path) return fillDisc(context, width / 5, colour)
  context.save()
  context.scale(width / 24, width / 24)
  context.translate(-12, -12)
  strokeRound(context, path, colour, 2)
  context.restore()
}

function drawBadge(context: Context, badge: Badge, theme: MapTheme): void {
  const colours = mapPalette[theme]
  context.save()
  context.translate(badgeAt.x, badgeAt.y)
  fillDisc(context, badgeRadius + 1.25, colours.surface)
  if (badge === 'waiting') drawDashes(context, colours.accent)
  else {
    fillDisc(context, badgeRadius, colours[badge])
    if (badge === 'unknown') fillDisc(context, badgeRadius - 1.4, colours.surface)
    const mark = badge === 'unknown' ? colours.unknown : colours.surface
    strokeRound(context, new Path2D(badgeMarks[badge]), mark, 1.4)
  }
  context.restore()
}

function drawDashes(context: Context, colour: string): void {
  context.strokeStyle = colour
  context.lineWidth = 1.8
  context.setLineDash([2.1, 1.9])
  context.beginPath()
  context.arc(0, 0, badgeRadius - 1.2, 0, Math.PI * 2)
  context.stroke()
}

/** Tick, question mark, arrows apart, and a crossed line, around 0, 0. */
export const badgeMarks: Readonly<Record<Exclude<Badge, 'waiting'>, string>> = {
  verified: 'M-2.6 0.2 L-0.8 2 L2.6 -1.8',
  unknown: 'M-1.3 -1.1 A1.3 1.3 0 1 1 0 0.5 L0 0.9 M0 2.4 L0 2.5',
  far: 'M-3.2 0 L3.2 0 M-1.7 -1.6 L-3.3 0 L-1.7 1.6 M1.7 -1.6 L3.3 0 L1.7 1.6',
  off: 'M-2.3 -2.3 L2.3 2.3',
}

function strokeRound(context: Context, path: Path2D, colour: string, width: number): void {
  context.strokeStyle = colour
  context.lineWidth = width
  context.lineCap = 'round'
  context.lineJoin = 'round'
  context.stroke(path)
}
