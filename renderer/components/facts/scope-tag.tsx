import type { KeyView } from '../../../core/model/key-view.ts';
import { Tag } from './tag.tsx';

/** A key's scope. ADMIN stands out, since it has full access. */
export function ScopeTag({ scope }: { scope: KeyView['scope'] }) {
  if (scope === null)
    return (
      <Tag look="unknown">
        ?<span className="unseen">Unknown scope</span>
      </Tag>
    );
  return <Tag look={scope === 'ADMIN' ? 'admin' : 'plain'}>{scope}</Tag>;
}
