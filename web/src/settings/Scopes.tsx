import type { Scope } from '@doorstep/contract/operations'

import { Tag } from '../parts/Tag.tsx'
import { texts } from '../texts/texts.ts'

/** What a token or a program may do. */
export const Scopes = ({ scopes }: { readonly scopes: readonly Scope[] }) => (
  <span className="scopes">
    {scopes.map((scope) => (
      <Tag key={scope}>
        <span title={texts.settings.scopes[scope]}>{scope}</span>
      </Tag>
    ))}
  </span>
)
