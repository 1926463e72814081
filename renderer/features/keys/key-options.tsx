import { useMemo } from 'react';
import type { KeyView } from '../../../core/model/key-view.ts';
import { keyName, shortId } from '../../format/words.ts';
import { useKeyRows } from '../../stores/keys/keys.ts';

/** The keys a profile can use, grouped by account: those in the vault that don't end by themselves. */
export function KeyOptions({ none }: { none: string }) {
  const keys = useKeyRows();
  const groups = useMemo(() => {
    const byAccount = new Map<string, KeyView[]>();
    for (const key of keys) {
      if (!key.stored || key.expiresAt !== null) continue;
      const account = key.account?.nickname ?? 'Unknown account';
      byAccount.set(account, [...(byAccount.get(account) ?? []), key]);
    }
    return [...byAccount];
  }, [keys]);
  return (
    <>
      <option value="">{none}</option>
      {groups.map(([account, rows]) => (
        <optgroup key={account} label={account}>
          {rows.map((key) => (
            <option key={key.id} value={key.id}>
              {keyName(key)} · {key.scope ?? 'unknown scope'}
              {key.alias === null ? '' : ` · ${shortId(key.id)}`}
            </option>
          ))}
        </optgroup>
      ))}
    </>
  );
}
