/** A phone within the radius of a customer. */
export const WhyArt = () => (
  <svg className="why-art" viewBox="0 0 358 172" aria-hidden="true">
    <path className="grid" d="M24 0v172M86 0v172M148 0v172M210 0v172M272 0v172M334 0v172" />
    <path className="grid" d="M0 27h358M0 89h358M0 151h358" />
    <circle className="radius" cx="179" cy="99" r="64" />
    <path className="line" d="M179 99L212 115" />
    <circle className="sure" cx="212" cy="115" r="19" />
    <circle className="fix" cx="212" cy="115" r="7.5" />
    <ellipse className="foot" cx="179" cy="99" rx="8" ry="3" />
    <path
      className="drop"
      d="M179 99C174 91 159 81 159 67a20 20 0 0 1 40 0C199 81 184 91 179 99Z"
    />
    <path
      className="door"
      d="M173.500 76V60.500a1.300 1.300 0 0 1 1.300-1.300h8.400a1.300 1.300 0 0 1 1.300 1.300V76M170.500 76h17"
    />
  </svg>
)
