import type { KeyView } from '../../../core/model/key-view.ts';
import './tag.css';

/** The scope of a key; ADMIN stands out, since it may do everything. */
export function ScopeTag({ scope }: { scope: KeyView['scope'] }) {
  if (scope === null)
    return (
      <span className="tag tag-unknown">
        ?<span className="unseen">Scope not known</span>
      </span>
    );
  return <span className={`tag ${scope === 'ADMIN' ? 'tag-admin' : ''}`}>{scope}</span>;
}
