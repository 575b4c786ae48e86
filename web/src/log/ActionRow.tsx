import { ChevronRight, type LucideIcon } from 'lucide-react'

interface ActionRowProps {
  readonly Icon: LucideIcon
  readonly title: string
  readonly line: string
  readonly onClick: () => void
}

/** Something that helps, with what it does below it. */
export const ActionRow = ({ Icon, title, line, onClick }: ActionRowProps) => (
  <button type="button" className="phone-row lined" onClick={onClick}>
    <Icon aria-hidden="true" />
    <span className="what">
      <b>{title}</b>
      <span className="line">{line}</span>
    </span>
    <ChevronRight className="further" aria-hidden="true" />
  </button>
)
