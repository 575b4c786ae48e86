/** What is known of where a visit was logged, or of its way to the server. */
export type FindingKind =
  | 'verified'
  | 'location_unknown'
  | 'resource_location_too_far'
  | 'location_services_disabled'
  | 'waiting'
  | 'sending'
  | 'refused'

const dashed = <circle cx="12" cy="12" r="8.2" strokeWidth="2.2" strokeDasharray="3.2 3.25" />

/** A shape for each, that is distinct in grey and at 12 px. */
const shapes = {
  verified: (
    <>
      <circle cx="12" cy="12" r="9" fill="currentColor" stroke="none" />
      <path d="m7.8 12.3 2.9 2.9 5.5-6" stroke="var(--on-mark)" strokeWidth="2.3" />
    </>
  ),
  location_unknown: (
    <>
      <circle cx="12" cy="12" r="8.2" strokeWidth="1.9" />
      <path d="M9.7 9.8a2.4 2.4 0 1 1 3.4 2.2c-.7.4-1.1.9-1.1 1.6M12 16.6h.01" strokeWidth="2" />
    </>
  ),
  resource_location_too_far: <path d="M3 12h18M7 8l-4 4 4 4M17 8l4 4-4 4" strokeWidth="2.3" />,
  location_services_disabled: (
    <path
      d="M8 6a6 6 0 0 1 10 4.5c0 1.5-.5 2.9-1.2 4.2M14.6 18 12 21s-6-5.5-6-10.5c0-.7.1-1.3.3-1.9M4 4l16 16"
      strokeWidth="1.9"
    />
  ),
  waiting: dashed,
  sending: dashed,
  refused: (
    <>
      <path d="M12 4.2 3.2 19.5h17.6L12 4.2Z" strokeWidth="1.9" />
      <path d="M12 10.3v4M12 16.7h.01" strokeWidth="2" />
    </>
  ),
} satisfies Record<FindingKind, unknown>

interface FindingIconProps {
  readonly kind: FindingKind
  readonly size?: number | undefined
}

export const FindingIcon = ({ kind, size = 14 }: FindingIconProps) => (
  <svg
    width={size}
    height={size}
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
  >
    {shapes[kind]}
  </svg>
)
