import {
  Ban,
  Calendar,
  CalendarCheck,
  Check,
  CircleHelp,
  ClipboardList,
  Clock,
  DoorClosed,
  DoorOpen,
  Euro,
  FileText,
  Flag,
  Handshake,
  Heart,
  House,
  MessageSquare,
  Package,
  Phone,
  ShoppingCart,
  Star,
  ThumbsDown,
  ThumbsUp,
  UserX,
  Wrench,
  X,
} from 'lucide'

/** The icons that an outcome may have, by the name that the API keeps. */
export const outcomeIcons: Readonly<Record<string, typeof Clock>> = {
  'thumbs-up': ThumbsUp,
  'thumbs-down': ThumbsDown,
  'door-closed': DoorClosed,
  'door-open': DoorOpen,
  clock: Clock,
  handshake: Handshake,
  ban: Ban,
  calendar: Calendar,
  'calendar-check': CalendarCheck,
  check: Check,
  'circle-help': CircleHelp,
  'clipboard-list': ClipboardList,
  euro: Euro,
  'file-text': FileText,
  flag: Flag,
  heart: Heart,
  house: House,
  'message-square': MessageSquare,
  package: Package,
  phone: Phone,
  'shopping-cart': ShoppingCart,
  star: Star,
  'user-x': UserX,
  wrench: Wrench,
  x: X,
}

/** The lines of an icon, in a square of 24. */
export function iconPath(name: string | null): Path2D | undefined {
  const node = name === null ? undefined : outcomeIcons[name]
  if (!node) return undefined
  const path = new Path2D()
  for (const [tag, attributes] of node) path.addPath(shape(tag, attributes))
  return path
}

function shape(tag: string, attributes: Readonly<Record<string, unknown>>): Path2D {
  const number = (name: string) => Number(attributes[name] ?? 0)
  const path = new Path2D(tag === 'path' ? String(attributes['d']) : undefined)
  if (tag === 'circle') path.arc(number('cx'), number('cy'), number('r'), 0, Math.PI * 2)
  if (tag === 'rect') {
    path.roundRect(number('x'), number('y'), number('width'), number('height'), number('rx'))
  }
  if (tag === 'line') {
    path.moveTo(number('x1'), number('y1'))
    path.lineTo(number('x2'), number('y2'))
  }
  if (tag === 'polyline' || tag === 'polygon') {
    return new Path2D(`M${String(attributes['points'])}${tag === 'polygon' ? 'Z' : ''}`)
  }
  return path
}
