interface MarkProps {
  readonly size: number
}

/** A pin with an open doorway on its step. */
export const Mark = ({ size }: MarkProps) => (
  <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
    <path
      d="M16 30.5C11.6 25.3 4 20.8 4 13.3a12 12 0 0 1 24 0c0 7.5-7.6 12-12 17.2Z"
      fill="var(--primary)"
    />
    <path d="M12.2 17.4V9.9a3.8 3.8 0 0 1 7.6 0v7.5Z" fill="var(--surface)" />
    <circle cx="18.1" cy="12.9" r=".95" fill="var(--primary)" />
    <path d="M11 20h10" stroke="var(--surface)" strokeWidth="1.9" strokeLinecap="round" />
  </svg>
)
