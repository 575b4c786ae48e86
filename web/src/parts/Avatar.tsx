import './avatar.css'
import { classes } from './classes.ts'

interface AvatarProps {
  readonly id: number
  readonly name: string
  readonly size?: 'small' | 'medium' | 'large' | undefined
}

/** Of eight. Ids of colleagues can have a step in common, so their last digits alone would repeat. */
const tintOf = (id: number): number => Math.imul(id, 2_654_435_761) >>> 29

/** First letters of the first and the last name. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter(Boolean)
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words
  return ends.map((word) => [...(word ?? '')][0]?.toLocaleUpperCase() ?? '').join('')
}

/** Says nothing aloud: the name stands beside it, or names what it stands in. */
export const Avatar = ({ id, name, size = 'medium' }: AvatarProps) => (
  <span className={classes('avatar', size)} data-tint={tintOf(id)} aria-hidden="true">
    {initialsOf(name)}
  </span>
)
