import type { KeyView } from '../../../core/model/key-view.ts';
import './tag.css';

/** A key's scope. ADMIN stands out, since it has full access. */
export function ScopeTag({ scope }: { scope: KeyView['scope'] }) {
  if (scope === null)
    return (
      <span className="tag tag-unknown">
        ?<span className="unseen">Unknown scope</span>
      </span>
    );
  return <span className={`tag ${scope === 'ADMIN' ? 'tag-admin' : ''}`}>{scope}</span>;
}
