import {
  BadgeCheck,
  Ban,
  Banknote,
  Bell,
  Calendar,
  CalendarCheck,
  CalendarClock,
  Check,
  CircleHelp,
  ClipboardCheck,
  ClipboardList,
  Clock,
  Coffee,
  DoorClosed,
  DoorOpen,
  Euro,
  Eye,
  FileText,
  Flag,
  Gift,
  Handshake,
  Heart,
  Hourglass,
  House,
  Key,
  Mail,
  MapPin,
  MessageSquare,
  Package,
  Phone,
  ShoppingCart,
  Star,
  Store,
  ThumbsDown,
  ThumbsUp,
  Truck,
  UserX,
  Wrench,
  X,
} from 'lucide'

/** The icons that an outcome may have, by the name that the API keeps; parts/outcome-icons.ts shows the same. */
export const outcomeIcons: Readonly<Record<string, typeof Clock>> = {
  'thumbs-up': ThumbsUp,
  'thumbs-down': ThumbsDown,
  'door-closed': DoorClosed,
  'door-open': DoorOpen,
  clock: Clock,
  handshake: Handshake,
  gift: Gift,
  package: Package,
  'shopping-cart': ShoppingCart,
  euro: Euro,
  banknote: Banknote,
  phone: Phone,
  mail: Mail,
  'message-square': MessageSquare,
  coffee: Coffee,
  'file-text': FileText,
  'clipboard-check': ClipboardCheck,
  'clipboard-list': ClipboardList,
  calendar: Calendar,
  'calendar-check': CalendarCheck,
  'calendar-clock': CalendarClock,
  bell: Bell,
  flag: Flag,
  star: Star,
  heart: Heart,
  check: Check,
  'badge-check': BadgeCheck,
  x: X,
  ban: Ban,
  'circle-help': CircleHelp,
  'user-x': UserX,
  wrench: Wrench,
  truck: Truck,
  house: House,
  key: Key,
  eye: Eye,
  hourglass: Hourglass,
  store: Store,
  'map-pin': MapPin,
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
